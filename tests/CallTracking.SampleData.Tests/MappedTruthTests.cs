using CallTracking.Contracts;
using CallTracking.Mapping;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace CallTracking.SampleData.Tests;

/// <summary>Read through its mapping, a file becomes exactly its truth.</summary>
public sealed class MappedTruthTests
{
    public static TheoryData<string, int, bool> Exports => new()
    {
        { "JP", 1, false }, { "JP", 2, false }, { "US", 1, false }, { "US", 2, false }, { "US", 1, true }, { "DE", 1, false }, { "DE", 2, false },
    };

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
        Assert.Equal(totals.Folded, mapped.Count - keys);
        Assert.Equal(totals.Blank, outcomes.OfType<RowOutcome.Blank>().Count());
        Assert.Equal(totals.Filtered, outcomes.OfType<RowOutcome.Filtered>().Count());
        Assert.Equal(
            totals.Quarantined.OrderBy(pair => pair.Key),
            outcomes.OfType<RowOutcome.Rejected>().CountBy(one => one.Reason).ToDictionary(pair => pair.Key, pair => (long)pair.Value).OrderBy(pair => pair.Key));
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

        Assert.Equal(truths.Select(truth => truth.LocalId), cases.Select(one => one.LocalId));
        Assert.All(truths.Zip(cases), pair => AssertIs(pair.First, pair.Second));
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

    private static void AssertIs(CaseTruth truth, RowOutcome.Mapped mapped)
    {
        var found = mapped.Case;
        Assert.Equal(truth.CustomerCountry, found.CustomerCountry);
        Assert.Equal(truth.ProductCategory, found.Product.Category);
        Assert.Equal(truth.Model, found.Product.Model);
        Assert.Equal(truth.Status, found.Status);
        Assert.Equal(truth.Opened, found.Opened.At.ToDateTimeOffset());
        Assert.Equal(truth.Updated, mapped.SourceUpdatedAt);
        Assert.Equal(truth.Closed, found.Closed?.At.ToDateTimeOffset());
        Assert.Equal(truth.Hazard is { } hazard ? [hazard] : [], found.Hazards);
        Assert.False(mapped.IsGone);

        var texts = Texts(found).ToList();
        foreach (var planted in truth.Planted)
        {
            if (planted.Place == Planted.Text)
            {
                Assert.Contains(texts, text => text.Contains(planted.Value, StringComparison.Ordinal));
                continue;
            }

            var (field, value) = At(found, planted.Place);
            Assert.Equal((planted.Class, planted.Value), (DataClasses.Of(field), value));
        }
    }

    /// <summary>The clear text at a path of the contract; of lists the first element.</summary>
    private static (FieldDescriptor Field, string? Value) At(Case found, string place)
    {
        IMessage message = found;
        FieldDescriptor? last = null;
        foreach (var name in place.Split('.'))
        {
            last = message.Descriptor.FindFieldByName(name);
            var value = last.Accessor.GetValue(message);
            message = value is System.Collections.IList list ? (IMessage)list[0]! : (IMessage)value;
        }

        return (last!, ((PersonalText)message).Clear);
    }

    private static IEnumerable<string> Texts(Case found) =>
        [found.Subject.Clear, found.Description.Clear, found.Resolution?.Clear ?? string.Empty, found.Satisfaction?.Comment?.Clear ?? string.Empty, .. found.Messages.Select(message => message.Body.Clear)];

    private static async Task<List<RowOutcome>> ReadAsync(SampleRegion region, byte[] content, bool jsonLines)
    {
        var yaml = await File.ReadAllTextAsync(region.MappingFile);
        var load = SourceMapping.Parse(region.MappingFile, jsonLines ? yaml.Replace("type: json, encoding: utf-8, records: tickets", "type: jsonl, encoding: utf-8", StringComparison.Ordinal) : yaml);
        Assert.Empty(load.Faults);

        var outcomes = new List<RowOutcome>();
        await using var reader = load.Mapping!.OpenReader(new MemoryStream(content), "cases");
        while (await reader.ReadAsync(CancellationToken.None) is { } outcome)
        {
            outcomes.Add(outcome);
        }

        return outcomes;
    }
}
