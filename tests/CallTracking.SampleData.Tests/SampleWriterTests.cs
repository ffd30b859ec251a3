using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using CallTracking.Contracts;
using Microsoft.Data.Sqlite;

namespace CallTracking.SampleData.Tests;

public sealed class SampleWriterTests
{
    public static TheoryData<string> Regions => SampleKit.RegionCodes;

    public static TheoryData<string> FileRegions => SampleKit.FileRegionCodes;

    [Theory]
    [MemberData(nameof(FileRegions))]
    public async Task WriteAsync_SameSeedTwice_WritesTheSameBytes(string code)
    {
        var region = SampleRegion.Parse(code);

        var (first, _) = await SampleKit.WriteAsync(region, SampleKit.Options());
        var (second, _) = await SampleKit.WriteAsync(region, SampleKit.Options());
        var (other, _) = await SampleKit.WriteAsync(region, SampleKit.Options(seed: 8));

        Assert.Equal(SampleKit.Digest(first), SampleKit.Digest(second));
        Assert.NotEqual(SampleKit.Digest(first), SampleKit.Digest(other));
    }

    [Theory]
    [MemberData(nameof(FileRegions))]
    public async Task WriteAsync_AnyRegion_TotalsClose(string code)
    {
        var (_, totals) = await SampleKit.WriteAsync(SampleRegion.Parse(code), SampleKit.Options());

        Assert.Equal(2000, totals.Cases);
        Assert.Equal(totals.Rows, totals.Cases + totals.Blank + totals.Folded + totals.Filtered + totals.Quarantined.Values.Sum());
        Assert.True(totals.Folded > 0 && totals.Filtered > 0 && totals.Quarantined.Count >= 2, totals.ToJson());
    }

    [Theory]
    [InlineData("JP", "受付番号")]
    [InlineData("DE", "Geändert am")]
    [InlineData("CN", "<工单号>")]
    [InlineData("KR", "보조배터리")]
    [InlineData("UA", "№ звернення")]
    [InlineData("TH", "เลขที่เรื่อง")]
    public async Task WriteAsync_WithoutQuirks_RoundTripsThroughTheStrictEncoding(string code, string part)
    {
        var region = SampleRegion.Parse(code);

        var (content, _) = await SampleKit.WriteAsync(region, SampleKit.Options() with { Quirks = QuirkRates.None });

        // The encoding throws on what it does not have, in both directions.
        var text = region.Encoding.GetString(content);
        Assert.Equal(content, region.Encoding.GetBytes(text));
        Assert.Contains(part, text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(FileRegions))]
    public async Task WriteAsync_Night2_ChangesJustTheRowsThatTheTruthNames(string code)
    {
        var region = SampleRegion.Parse(code);
        var plain = SampleKit.Options() with { Quirks = QuirkRates.None, JsonLines = true };

        var before = await RowsAsync(region, plain);
        var after = await RowsAsync(region, plain with { Night = 2 });
        var truth = SampleWriter.Truth(region, plain with { Night = 2 }).ToList();

        var differing = Enumerable.Range(0, truth.Count).Where(i => i >= before.Count || before[i] != after[i]).ToHashSet();
        var expected = Enumerable.Range(0, truth.Count).Where(i => truth[i].ChangedInNight == 2).ToHashSet();
        Assert.Equal(expected.Order(), differing.Order());
        Assert.InRange(expected.Count(i => i < 2000), 5, 45);
        Assert.Equal(2004, truth.Count);
    }

    [Fact]
    public async Task WriteAsync_Night3_KeepsTheChangesOfNight2()
    {
        var region = SampleRegion.De;
        var options = SampleKit.Options() with { ChangeRate = 0.2, Night = 3 };

        var second = SampleWriter.Truth(region, options with { Night = 2 }).ToDictionary(truth => truth.LocalId);
        var third = SampleWriter.Truth(region, options).ToList();
        var (_, totals) = await SampleKit.WriteAsync(region, options);

        Assert.All(third.Where(truth => truth.ChangedInNight == 2), truth => Assert.Equal(second[truth.LocalId].Updated, truth.Updated));
        Assert.Equal(third.Count(truth => truth.ChangedInNight == 3), totals.Changed + totals.New);
    }

    [Theory]
    [MemberData(nameof(Regions))]
    public void Truth_AnyNight_IsPossible(string code)
    {
        var options = SampleKit.Options() with { Night = 4, ChangeRate = 0.3 };
        var truths = SampleWriter.Truth(SampleRegion.Parse(code), options).ToList();

        Assert.Equal(truths.Count, truths.Select(truth => truth.LocalId).Distinct().Count());
        Assert.All(truths, truth =>
        {
            Assert.True(truth.Opened <= truth.Updated);
            Assert.True(truth.Updated <= options.ExportedAt(4));
            Assert.True(truth.Closed is null || (truth.Closed >= truth.Opened && truth.Closed <= truth.Updated));
            Assert.Equal(truth.Closed is not null, truth.Status is CaseStatus.Resolved or CaseStatus.Closed or CaseStatus.Cancelled);
        });
        Assert.InRange(truths.Count(truth => truth.Closed is null), 40, 400);
        Assert.Contains(truths, truth => truth.Closed < SampleKit.AsOf.AddYears(-3));
    }

    [Theory]
    [MemberData(nameof(FileRegions))]
    public async Task WriteAsync_WithTruth_WritesOneObjectPerCaseAndTheSameContent(string code)
    {
        var region = SampleRegion.Parse(code);
        using var content = new MemoryStream();
        using var truth = new MemoryStream();

        await SampleWriter.WriteAsync(region, SampleKit.Options(300), content, truth, CancellationToken.None);
        var (plain, _) = await SampleKit.WriteAsync(region, SampleKit.Options(300));

        var lines = System.Text.Encoding.UTF8.GetString(truth.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var expected = SampleWriter.Truth(region, SampleKit.Options(300)).ToList();
        Assert.Equal(SampleKit.Digest(plain), SampleKit.Digest(content.ToArray()));
        Assert.Equal(expected.Select(one => one.LocalId), lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("local_id").GetString()));
        Assert.Equal(
            expected.Select(one => one.Planted.Count),
            lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("planted").GetArrayLength()));
    }

    [Fact]
    public async Task WriteAsync_Json_IsOneDocumentWithTextsOfTheExpectedLength()
    {
        var (content, totals) = await SampleKit.WriteAsync(SampleRegion.Us, SampleKit.Options() with { Quirks = QuirkRates.None });

        using var document = JsonDocument.Parse(content);
        var tickets = document.RootElement.GetProperty("tickets").EnumerateArray().ToList();
        Assert.Equal(totals.Rows, tickets.Count);
        Assert.All(tickets, ticket => Assert.InRange(ticket.GetProperty("description").GetString()!.Length, 80, 1200));
    }

    [Theory]
    [MemberData(nameof(FileRegions))]
    public async Task Truth_PlantedInText_StandsInItsRowAsGiven(string code)
    {
        var region = SampleRegion.Parse(code);
        var options = SampleKit.Options() with { Quirks = QuirkRates.None, JsonLines = true };
        var rows = await RowsAsync(region, options);

        Assert.All(SampleWriter.Truth(region, options).Zip(rows), pair => Assert.All(
            pair.First.Planted.Where(planted => planted.Place == Planted.Text),
            planted => Assert.Contains(planted.Value, pair.Second, StringComparison.Ordinal)));
    }

    [Fact]
    public void Validate_NegativeRate_IsRefused() =>
        Assert.Throws<ArgumentException>(() => SampleWriter.Truth(SampleRegion.Jp, SampleKit.Options() with { ChangeRate = -1 }));

    [Fact]
    public async Task FillAsync_Sqlite_ANightTakesThePlaceOfTheOneBeforeAndSaysTheSameEachTime()
    {
        var folder = Directory.CreateTempSubdirectory("sampledata-");
        try
        {
            var place = SampleRegion.Gb.PlaceIn(folder.FullName);
            var other = Path.Combine(folder.FullName, "other.sqlite");
            await SampleWriter.FillAsync(SampleRegion.Gb, SampleKit.Options(50), place, null, null, CancellationToken.None);
            var totals = await SampleWriter.FillAsync(SampleRegion.Gb, SampleKit.Options(300, night: 2), place, null, null, CancellationToken.None);
            await SampleWriter.FillAsync(SampleRegion.Gb, SampleKit.Options(300, night: 2), other, null, null, CancellationToken.None);

            var tickets = await TicketsAsync(place);
            Assert.Equal(totals.Rows, tickets.Count);
            Assert.Equal(0, totals.Blank);
            Assert.Equal(tickets, await TicketsAsync(other));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task WriteAsync_RegionWithADesk_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => SampleWriter.WriteAsync(SampleRegion.Gb, SampleKit.Options(1), Stream.Null, null, CancellationToken.None));

    private static async Task<List<string>> TicketsAsync(string place)
    {
        await using var connection = new SqliteConnection($"Data Source={place};Mode=ReadOnly;Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select t.id || t.ref || t.touched || t.details || c.name || (select count(*) from notes where ticket_id = t.id) from tickets t join customers c on c.id = t.customer_id where t.ref is not null union all select id from tickets where ref is null order by 1";
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    private static async Task<List<string>> RowsAsync(SampleRegion region, SampleOptions options)
    {
        var (content, _) = await SampleKit.WriteAsync(region, options);
        return region.Extension == "xlsx" ? SheetRows(content) : TextRows(region, region.Encoding.GetString(content));
    }

    private static List<string> TextRows(SampleRegion region, string text) => region.Extension switch
    {
        // Rows end in CRLF in the delimited files, whose cells hold bare line feeds.
        "csv" or "tsv" or "txt" => [.. text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)],
        "xml" => [.. text.Split("<工单>", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => WebUtility.HtmlDecode(row.Split("</工单>")[0]))],
        "jsonl" when region == SampleRegion.Pl =>
            [.. Lines(text).GroupBy(line => JsonDocument.Parse(line).RootElement.GetProperty("nr").GetString(), StringComparer.Ordinal)
                .OrderBy(lines => lines.Key, StringComparer.Ordinal).Select(lines => string.Join('\n', lines.Order(StringComparer.Ordinal)))],
        _ => [.. Lines(text)],
    };

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The rows of the cases, shared texts and all.</summary>
    private static List<string> SheetRows(byte[] content)
    {
        using var archive = new ZipArchive(new MemoryStream(content));
        var texts = Part("xl/sharedStrings.xml").Elements().Select(item => item.Value).ToList();
        return [.. Part("xl/worksheets/sheet1.xml").Descendants().Where(row => row.Name.LocalName == "row").Skip(2).Select(row =>
            string.Join('|', row.Elements().Select(cell => (string?)cell.Attribute("t") == "s" ? texts[int.Parse(cell.Value, CultureInfo.InvariantCulture)] : cell.Value)))];

        XElement Part(string name)
        {
            using var stream = archive.GetEntry(name)!.Open();
            return XElement.Load(stream, LoadOptions.PreserveWhitespace);
        }
    }
}
