using System.Text.Json;
using CallTracking.Contracts;

namespace CallTracking.SampleData.Tests;

public sealed class SampleWriterTests
{
    public static TheoryData<string> Regions => SampleKit.RegionCodes;

    [Theory]
    [MemberData(nameof(Regions))]
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
    [MemberData(nameof(Regions))]
    public async Task WriteAsync_AnyRegion_TotalsClose(string code)
    {
        var (_, totals) = await SampleKit.WriteAsync(SampleRegion.Parse(code), SampleKit.Options());

        Assert.Equal(2000, totals.Cases);
        Assert.Equal(totals.Rows, totals.Cases + totals.Blank + totals.Folded + totals.Filtered + totals.Quarantined.Values.Sum());
        Assert.True(totals.Folded > 0 && totals.Filtered > 0 && totals.Quarantined.Count >= 2, totals.ToJson());
    }

    [Theory]
    [InlineData("JP")]
    [InlineData("DE")]
    public async Task WriteAsync_WithoutQuirks_RoundTripsThroughTheStrictEncoding(string code)
    {
        var region = SampleRegion.Parse(code);

        var (content, _) = await SampleKit.WriteAsync(region, SampleKit.Options() with { Quirks = QuirkRates.None });

        // The encoding throws on what it does not have, in both directions.
        var text = region.Encoding.GetString(content);
        Assert.Equal(content, region.Encoding.GetBytes(text));
        Assert.Contains(code == "JP" ? "受付番号" : "Geändert am", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Regions))]
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
    [MemberData(nameof(Regions))]
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
    [MemberData(nameof(Regions))]
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

    private static async Task<List<string>> RowsAsync(SampleRegion region, SampleOptions options)
    {
        var (content, _) = await SampleKit.WriteAsync(region, options);
        var text = region.Encoding.GetString(content);

        // Rows end in CRLF in the CSV files, whose cells hold bare line feeds; JSON lines have no other line feeds.
        return region.Extension == "csv"
            ? [.. text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)]
            : [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
