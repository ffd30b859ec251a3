using System.Diagnostics;
using System.Text;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>Files with bytes changed, cut out, doubled and put in: nothing crashes, hangs or grows, and every record is accounted for.</summary>
public sealed class DocumentMutantTests
{
    private const int Mutants = 2_000;

    private static readonly string[] Pieces =
    [
        "<", ">", "</", "<![CDATA[", "]]>", "<!--", "<!DOCTYPE a [", "&", "&#x0;", "'", "\"", "\\", "`", "(", ")", ",", ";", "$$", "E'", "/*", "*/", "--", "\\.", "\\N", "\t",
        "0x", "VALUES", "COPY ", "DELIMITER ;;\n", "--b", "--b--", "\n\n", "\r\n", "From - 10:00\n", "=?utf-8?B?", "?=", "=", ":", "Content-Type: multipart/mixed; boundary=b\n\n", "\0", "\uFEFF", "é",
    ];

    public static TheoryData<string, string, string> Seeds => new()
    {
        {
            "{type: xml, records: e/r}", "id",
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<e>" + string.Concat(Enumerable.Range(0, 6).Select(id => $"<r n=\"{id}\"><id>{id}</id><s a='é'>x &amp; y</s><t><![CDATA[<z>]]></t><!-- c --></r>\n")) + "</e>"
        },
        {
            "{type: sqldump, table: t}", "id",
            "-- MySQL dump\nCREATE TABLE `t` (`id` int, `s` text COMMENT 'a,b', PRIMARY KEY (`id`));\nINSERT INTO `u` VALUES (1);\nINSERT INTO `t` VALUES "
            + string.Join(',', Enumerable.Range(0, 6).Select(id => $"({id},'é\\'x')")) + ";\n/* x */ INSERT INTO `t` (s,id) VALUES ('y',7),(0x41,8);\n-- Dump completed\n"
        },
        {
            "{type: sqldump, table: t}", "id",
            "-- PostgreSQL database dump\nCREATE FUNCTION f() AS $_$ ; $_$;\nCREATE TABLE public.t (id integer, s text);\nCOPY public.t (id, s) FROM stdin;\n"
            + string.Concat(Enumerable.Range(0, 6).Select(id => $"{id}\té\\n\\\\x\n")) + "\\.\nINSERT INTO public.t VALUES (7, E'a\\'b'), (8, 'c''d');\n-- PostgreSQL database dump complete\n"
        },
        {
            "{type: mail}", "message_id",
            string.Concat(Enumerable.Range(0, 4).Select(id => $"From - Sun 10:00:00\nFrom: \"K\" <k@x>\nTo: a@x, b@x\nDate: Sun, 1 Mar 2026 10:00:00 +0000\nMessage-ID: <{id}>\nSubject: =?utf-8?B?w6k=?= x\n"
                + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<p>=C3=A9</p>\n--b\n"
                + "Content-Type: a/b; name*=utf-8''%C3%A9\nContent-Transfer-Encoding: base64\n\nQUJD\n--b--\n\n"))
        },
    };

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task ReadAsync_Mutants_NeverCrashHangOrLose(string format, string key, string seed)
    {
        var mapping = Reading.Mapping(Reading.Csv($"subject: {(key == "id" ? "s" : "subject")}", format: format, more: "unmapped: keep").Replace("key: id", $"key: {key}", StringComparison.Ordinal));
        var sound = Encoding.UTF8.GetBytes(seed);
        var random = new Random(11);
        var allocated = GC.GetTotalAllocatedBytes();
        var (faults, rejected, mapped) = (0, 0, 0);
        for (var mutant = 0; mutant < Mutants; mutant++)
        {
            var content = Mutate(sound, random);
            var clock = Stopwatch.StartNew();
            await using var reader = mapping.OpenReader(new MemoryStream(content), "mutant");
            long row = 0;
            try
            {
                while (await reader.ReadAsync(CancellationToken.None) is { } outcome)
                {
                    Assert.Equal(++row, outcome.Position.Row);
                    Assert.InRange(outcome.Position.ByteOffset, 0, content.Length);
                    rejected += outcome is RowOutcome.Rejected ? 1 : 0;
                    mapped += outcome is RowOutcome.Mapped ? 1 : 0;
                }

                Assert.Null(await reader.ReadAsync(CancellationToken.None));
            }
            catch (SourceFormatException failure)
            {
                faults++;
                Assert.All(failure.Faults, fault => Assert.NotEmpty(fault.Cure));
            }

            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"Mutant {mutant} took {clock.Elapsed}.");
        }

        Assert.True(mapped > Mutants && rejected > Mutants / 50 && (faults > Mutants / 50 || format == "{type: mail}"), $"{mapped} mapped, {rejected} rejected, {faults} faults");
        Assert.InRange((GC.GetTotalAllocatedBytes() - allocated) / Mutants, 0, 2_000_000);
    }

    private static byte[] Mutate(byte[] sound, Random random)
    {
        var content = sound.ToList();
        for (var left = random.Next(1, 4); left > 0; left--)
        {
            var at = random.Next(content.Count);
            var length = Math.Min(random.Next(1, 40), content.Count - at);
            switch (random.Next(5))
            {
                case 0:
                    content[at] = (byte)random.Next(256);
                    break;
                case 1:
                    content.RemoveRange(at, length);
                    break;
                case 2:
                    content.InsertRange(at, content.GetRange(at, length));
                    break;
                case 3:
                    content.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
                default:
                    content.RemoveRange(at, random.Next(8) == 0 ? content.Count - at : 1);
                    break;
            }

            if (content.Count == 0)
            {
                content.Add(0);
            }
        }

        return [.. content];
    }
}
