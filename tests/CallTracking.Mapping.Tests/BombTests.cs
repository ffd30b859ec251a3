using System.Diagnostics;
using System.Text;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>Tests that measure the process's memory: other tests would be measured with them.</summary>
[CollectionDefinition(nameof(MemoryAlone), DisableParallelization = true)]
public sealed class MemoryAlone;

/// <summary>Files made to fill the memory or to take for ever. Each is refused with its place, in bounded memory.</summary>
[Collection(nameof(MemoryAlone))]
public sealed class BombTests
{
    private const string Xml = "{type: xml, records: e/r}";
    private const string Dump = "{type: sqldump, table: t}";

    [Theory]
    [InlineData("<e><r><id>1</id><s>", "</s></r><r><id>2</id></r></e>", 2, RejectReason.TooLarge)]
    [InlineData("<e><x>", "</x><r><id>2</id></r></e>", 1, null)]
    public async Task ReadAsync_TextOfTwoGigabytes_CostsItsRecordOnly(string head, string tail, int records, string? reason)
    {
        var (outcomes, failure) = await ReadAsync(Xml, new GeneratedStream(head, 2_000_000_000, tail));

        Assert.Null(failure);
        Assert.Equal(records, outcomes.Count);
        Assert.IsType<RowOutcome.Mapped>(outcomes[^1]);
        Assert.Equal(reason, (outcomes[0] as RowOutcome.Rejected)?.Reason);
    }

    [Theory]
    [InlineData("<e><r a='", "'/></e>")]
    [InlineData("<e><r ", "='1'/></e>")]
    [InlineData("<e><", "/></e>")]
    [InlineData("<e><!--", "--></e>")]
    [InlineData("<e><r><![CDATA[", "]]></r></e>")]
    [InlineData("<e><?x ", "?></e>")]
    [InlineData("<e><r>&", ";</r></e>")]
    public async Task ReadAsync_TagWithoutEnd_FailsTheFile(string head, string tail)
    {
        var (_, failure) = await ReadAsync(Xml, new GeneratedStream(head, 300_000_000, tail));

        Assert.NotNull(failure);
    }

    [Fact]
    public async Task ReadAsync_CdataOverTheLimit_CostsItsRecordOnly()
    {
        var (outcomes, _) = await ReadAsync(Xml, new GeneratedStream("<e><r><id>1</id><s><![CDATA[", 10_000_000, "]]></s></r><r><id>2</id></r></e>"));

        Assert.Equal(RejectReason.TooLarge, Assert.IsType<RowOutcome.Rejected>(outcomes[0]).Reason);
        Assert.IsType<RowOutcome.Mapped>(outcomes[1]);
    }

    [Fact]
    public async Task ReadAsync_AMillionElementsDeep_FailsTheFileWithItsPlace()
    {
        var content = "<e><r><id>1</id></r>\n<r>" + string.Concat(Enumerable.Repeat("<a>", 1_000_000));

        var (outcomes, failure) = await ReadAsync(Xml, new MemoryStream(Encoding.UTF8.GetBytes(content)));

        Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes));
        Assert.Contains("deep", failure!.Fault.Message, StringComparison.Ordinal);
        Assert.True(failure.Fault is { Line: 2, Column: > 30_000 }, failure.Fault.ToString());
    }

    [Theory]
    [InlineData(1_000_000, RejectReason.BrokenRecord, "deeper than 64 levels")]
    [InlineData(4_000_000, RejectReason.TooLarge, "max_record_bytes")]
    public async Task ReadAsync_AMillionLevelsOfJson_CostTheirRecordOnly(int levels, string reason, string message)
    {
        var deep = "{\"id\":2,\"s\":" + new string('[', levels) + new string(']', levels) + "}";
        foreach (var (format, content) in new[] { ("{type: json}", $"[{{\"id\":1}},{deep},{{\"id\":3}}]"), ("{type: jsonl}", $"{{\"id\":1}}\n{deep}\n{{\"id\":3}}\n") })
        {
            var (outcomes, failure) = await ReadAsync(format, new MemoryStream(Encoding.UTF8.GetBytes(content)));

            Assert.Null(failure);
            Assert.Equal(["Mapped", "Rejected", "Mapped"], outcomes.Select(outcome => outcome.GetType().Name));
            var rejected = (RowOutcome.Rejected)outcomes[1];
            Assert.Equal((reason, 2), (rejected.Reason, rejected.Position.Row));
            Assert.Contains(message, rejected.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("[{\"id\":1},{\"id\":2,\"s\":")]
    [InlineData("[{\"id\":1},")]
    public async Task ReadAsync_AMillionLevelsOfJsonWithoutEnd_FailTheFileWithItsPlace(string head)
    {
        var (outcomes, failure) = await ReadAsync("{type: json}", new MemoryStream(Encoding.UTF8.GetBytes(head + new string('[', 1_000_000))));

        Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes));
        Assert.Equal($"Broken JSON at byte {head.Length + 1_000_000}: the file ends inside a value.", failure!.Fault.Message);
    }

    [Fact]
    public async Task ReadAsync_ManyElementsInOneRecord_CostItOnly()
    {
        var content = "<e><r><id>1</id>" + string.Concat(Enumerable.Repeat("<a/>", 2_000_000)) + "</r><r><id>2</id></r></e>";

        var (outcomes, _) = await ReadAsync(Xml, new MemoryStream(Encoding.UTF8.GetBytes(content)));

        Assert.Equal(RejectReason.TooLarge, Assert.IsType<RowOutcome.Rejected>(outcomes[0]).Reason);
        Assert.IsType<RowOutcome.Mapped>(outcomes[1]);
    }

    [Fact]
    public async Task ReadAsync_EntitiesOfEntities_AreNeverRead()
    {
        var entities = string.Concat(Enumerable.Range(1, 20).Select(index => $"<!ENTITY a{index} \"{string.Concat(Enumerable.Repeat($"&a{index - 1};", 10))}\">"));
        var quadratic = $"<!DOCTYPE e [<!ENTITY a \"{new string('x', 100_000)}\">]><e><r><id>{string.Concat(Enumerable.Repeat("&a;", 100_000))}</id></r></e>";

        foreach (var content in new[] { $"<!DOCTYPE e [<!ENTITY a0 \"lol\">{entities}]><e><r><id>&a20;</id></r></e>", quadratic })
        {
            var (outcomes, failure) = await ReadAsync(Xml, new MemoryStream(Encoding.UTF8.GetBytes(content)));

            Assert.Empty(outcomes);
            Assert.Contains("DTD", failure!.Fault.Message, StringComparison.Ordinal);
            Assert.Equal(1, failure.Fault.Line);
        }
    }

    [Theory]
    [InlineData("-- MySQL dump\nINSERT INTO `t` (`id`,`s`) VALUES (1,'", "'),(2,'b');\n-- Dump completed\n", 2)]
    [InlineData("-- MySQL dump\nINSERT INTO `u` VALUES ('", "');INSERT INTO `t` (`id`,`s`) VALUES (2,'b');\n-- Dump completed\n", 1)]
    [InlineData("-- MySQL dump\n/* ", " */INSERT INTO `t` (`id`,`s`) VALUES (2,'b');\n-- Dump completed\n", 1)]
    [InlineData("-- PostgreSQL database dump\nCOPY t (id, s) FROM stdin;\n1\t", "\n2\tb\n\\.\n-- PostgreSQL database dump complete\n", 2)]
    [InlineData("-- PostgreSQL database dump\nCOPY u (id) FROM stdin;\n", "\n\\.\nCOPY t (id, s) FROM stdin;\n2\tb\n\\.\n-- PostgreSQL database dump complete\n", 1)]
    public async Task ReadAsync_ValueOfAGigabyteInADump_CostsItsRowOnly(string head, string tail, int records)
    {
        var (outcomes, failure) = await ReadAsync(Dump, new GeneratedStream(head, 1_000_000_000, tail));

        Assert.Null(failure);
        Assert.Equal(records, outcomes.Count);
        Assert.IsType<RowOutcome.Mapped>(outcomes[^1]);
    }

    [Theory]
    [InlineData("-- MySQL dump\nCREATE TABLE `t` (`", "` int);")]
    [InlineData("-- MySQL dump\nINSERT INTO `", "` VALUES (1);")]
    [InlineData("-- MySQL dump\nINSERT INTO `t` (`", "`) VALUES (1);")]
    public async Task ReadAsync_NameWithoutEndInADump_FailsTheFile(string head, string tail) =>
        Assert.NotNull((await ReadAsync(Dump, new GeneratedStream(head, 300_000_000, tail))).Failure);

    [Theory]
    [InlineData("Subject: ", "=?a?q?", 100_000)]
    [InlineData("Subject: ", "=?utf-8?q?x?= ", 60_000)]
    [InlineData("To: ", "<", 900_000)]
    [InlineData("To: ", "(", 900_000)]
    [InlineData("To: ", "=?a?", 200_000)]
    [InlineData("Subject: x", "\n y", 300_000)]
    [InlineData("", "a:\n", 300_000)]
    [InlineData("Content-Type: text/html\n\n", "<!--", 500_000)]
    [InlineData("Content-Type: text/html\n\n", "<a \"=", 500_000)]
    [InlineData("Content-Type: text/html\n\n", "<script>", 300_000)]
    [InlineData("Content-Type: text/html\n\n", "&#", 500_000)]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n", "--b\n\n", 300_000)]
    [InlineData("Content-Transfer-Encoding: quoted-printable\n\n", "=\n", 500_000)]
    public async Task ReadAsync_HostileMail_TakesLittleTime(string head, string repeated, int times)
    {
        var content = Encoding.UTF8.GetBytes("From: a@x\nMessage-ID: <1>\n" + head + string.Concat(Enumerable.Repeat(repeated, times)));
        var clock = Stopwatch.StartNew();

        var (outcomes, failure) = await ReadAsync("{type: mail}", new MemoryStream(content));

        Assert.Null(failure);
        Assert.Single(outcomes);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"It took {clock.Elapsed}.");
    }

    private static async Task<(List<RowOutcome> Outcomes, SourceFormatException? Failure)> ReadAsync(string format, Stream content)
    {
        var outcomes = new List<RowOutcome>();
        var yaml = Reading.Csv("subject: s", format: format).Replace("key: id", format == "{type: mail}" ? "key: message_id" : "key: id", StringComparison.Ordinal);
        await using var reader = Reading.Mapping(yaml).OpenReader(content, "bomb");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var peak = before;
        try
        {
            while (await reader.ReadAsync(CancellationToken.None) is { } outcome)
            {
                outcomes.Add(outcome);
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false));
            }
        }
        catch (SourceFormatException failure)
        {
            Assert.InRange(GC.GetTotalMemory(forceFullCollection: false) - before, long.MinValue, 300_000_000);
            return (outcomes, failure);
        }

        Assert.InRange(peak - before, long.MinValue, 300_000_000);
        return (outcomes, null);
    }
}
