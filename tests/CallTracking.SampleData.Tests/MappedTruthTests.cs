using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Mapping.Shapes;

namespace CallTracking.SampleData.Tests;

/// <summary>Read through its mapping, a file becomes exactly its truth.</summary>
public sealed class MappedTruthTests
{
    public static TheoryData<string, int, bool> Exports
    {
        get
        {
            var exports = new TheoryData<string, int, bool> { { "US", 1, true } };
            foreach (var region in SampleKit.FileRegions)
            {
                exports.Add(region.Code, 1, false);
                exports.Add(region.Code, 3, false);
            }

            return exports;
        }
    }

    [Theory]
    [MemberData(nameof(Exports))]
    public async Task OpenReader_AnyExport_CountsAsTheTotalsSay(string code, int night, bool jsonLines)
    {
        var region = SampleRegion.Parse(code);
        var (content, totals) = await SampleKit.WriteAsync(region, Options(night, jsonLines));

        var outcomes = await ReadAsync(region, content, jsonLines);

        var mapped = outcomes.OfType<RowOutcome.Mapped>().ToList();
        var keys = mapped.Select(one => one.LocalId).Distinct().Count();
        Assert.Equal(totals.Rows, outcomes.Count);
        Assert.Equal(totals.Cases, keys);
        Assert.Equal(totals.Folded, mapped.Count - keys + outcomes.OfType<RowOutcome.Folded>().Count());
        Assert.Equal(totals.Blank, outcomes.OfType<RowOutcome.Blank>().Count());
        Assert.Equal(totals.Filtered, outcomes.OfType<RowOutcome.Filtered>().Count());
        Assert.Equal(
            totals.Quarantined.OrderBy(pair => pair.Key),
            outcomes.OfType<RowOutcome.Rejected>().CountBy(one => one.Reason).ToDictionary(pair => pair.Key, pair => (long)pair.Value).OrderBy(pair => pair.Key));
    }

    [Theory]
    [MemberData(nameof(SampleKit.FileRegionCodes), MemberType = typeof(SampleKit))]
    public async Task EncodingDoubt_AnyExport_HasNone(string code)
    {
        var region = SampleRegion.Parse(code);
        var (content, _) = await SampleKit.WriteAsync(region, SampleKit.Options(600));
        using var stream = new MemoryStream(content);

        Assert.Null(await EncodingDoubt.OfAsync(stream, SourceMapping.Load(region.MappingFile).Mapping!, CancellationToken.None));
    }

    [Theory]
    [MemberData(nameof(Exports))]
    public async Task OpenReader_AnyExport_GivesTheCasesOfTheTruth(string code, int night, bool jsonLines)
    {
        var region = SampleRegion.Parse(code);
        var options = Options(night, jsonLines);
        var (content, _) = await SampleKit.WriteAsync(region, options);

        var cases = (await ReadAsync(region, content, jsonLines)).OfType<RowOutcome.Mapped>().DistinctBy(one => one.LocalId).ToList();
        var truths = SampleWriter.Truth(region, options).ToList();

        // A log's cases come in the order in which their last events stand.
        var byKey = cases.ToDictionary(one => one.LocalId);
        Assert.Equal(truths.Select(truth => truth.LocalId).Order(), byKey.Keys.Order());
        Assert.Empty(truths.SelectMany(truth => CaseComparison.Differences(truth, byKey[truth.LocalId].Case, byKey[truth.LocalId].SourceUpdatedAt)).CountBy(one => one));
        Assert.All(cases, one => Assert.False(one.IsGone));
        Assert.All(cases, one => Assert.Equal(one.Case.Satisfaction is null, one.Case.Satisfaction?.Csat is null));
    }

    [Fact]
    public async Task OpenReader_Germany_ReadsAmbiguousTimesAsTheEarlierAndMarksThem()
    {
        var (content, _) = await SampleKit.WriteAsync(SampleRegion.De, Options(1, jsonLines: false));

        var cases = (await ReadAsync(SampleRegion.De, content, jsonLines: false)).OfType<RowOutcome.Mapped>().ToList();

        Assert.Contains(cases, one => one.Case.Opened.Caution == TimeCaution.Overlap);
        Assert.DoesNotContain(cases, one => one.Case.Opened.Caution == TimeCaution.Gap);
        Assert.Contains(cases, one => one.Case.Repair?.Cost is { Currency: "EUR", Micros: > 0 } && one.Case.Repair.Parts.Count == 1);
    }

    private static SampleOptions Options(int night, bool jsonLines) => SampleKit.Options(night: night) with { JsonLines = jsonLines };

    private static async Task<List<RowOutcome>> ReadAsync(SampleRegion region, byte[] content, bool jsonLines)
    {
        var yaml = await File.ReadAllTextAsync(region.MappingFile);
        var load = SourceMapping.Parse(region.MappingFile, jsonLines ? yaml.Replace("type: json, encoding: utf-8, records: tickets", "type: jsonl, encoding: utf-8", StringComparison.Ordinal) : yaml);
        Assert.Empty(load.Faults);

        var outcomes = new List<RowOutcome>();
        await using var reader = load.Mapping!.OpenReader(new MemoryStream(content), "cases");
        var watch = new ShapeWatch(load.Mapping, known: null, isLook: true);
        reader.Watch(watch);
        while (await reader.ReadAsync(CancellationToken.None) is { } outcome)
        {
            outcomes.Add(outcome);
        }

        watch.Ended(reader);
        Assert.Empty(watch.Oddities);
        return outcomes;
    }
}
