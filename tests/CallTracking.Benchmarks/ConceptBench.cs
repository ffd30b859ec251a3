using System.Diagnostics;
using System.Globalization;
using System.Text;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Privacy;
using CallTracking.SampleData;
using Spectre.Console;

namespace CallTracking.Benchmarks;

/// <summary>
/// What looking for the starter dictionary's concepts costs, on one core: the matcher alone on the texts of each sample region, against a copy
/// of the same texts in the same run. The fastest of many rounds counts.
/// </summary>
internal sealed class ConceptBench(int cases, TimeSpan time)
{
    /// <summary>The day on which the sample regions' cases are told.</summary>
    public static readonly DateTimeOffset AsOf = new(2026, 11, 21, 15, 0, 0, TimeSpan.Zero);
    private readonly Table _table = new Table { Border = TableBorder.None }.AddColumns("region", "bytes/case", "hazard named by the source", "of these found", "found beside", "µs/case", "MB/s", "MB/s told no language", "× a copy's time", "bytes allocated/case");

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var entries = ConceptFile.Parse(ConceptFile.Starter).Entries;
        var watch = Stopwatch.StartNew();
        var matcher = ConceptMatcher.Of([new Dictionary { Name = ConceptFile.StarterName, Version = 1, Kind = DictionaryKind.Concepts, Entries = { entries } }])!;
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"compiled in {watch.Elapsed.TotalMilliseconds:0} ms");
        var rules = new EdgeRedactor(PolicySet.Parse(PolicySet.BuiltInPacks, new DateOnly(2026, 11, 21)).Policies!, RegionKeys.Derive(new byte[RegionKeys.SecretSize], "DE"));
        foreach (var region in SampleRegion.All.Where(region => region.Place is not (SamplePlace.Postgres or SamplePlace.Sqlite)))
        {
            await MeasureAsync(region, matcher, rules, cancellationToken);
        }

        AnsiConsole.Write(_table);
        return 0;
    }

    private async Task MeasureAsync(SampleRegion region, ConceptMatcher matcher, EdgeRedactor rules, CancellationToken cancellationToken)
    {
        using var file = new MemoryStream();
        await SampleWriter.WriteAsync(region, new SampleOptions(cases, Seed: 1, AsOf), file, truth: null, cancellationToken);
        var mapping = SourceMapping.Load(region.MappingFile).Mapping ?? throw new InvalidOperationException("The sample's mapping does not load.");
        var values = EdgeBench.Map(mapping, file.ToArray(), region);
        var texts = values.SelectMany(Texts).ToList();
        var bytes = texts.Sum(text => Encoding.UTF8.GetByteCount(text));
        var marked = values.ConvertAll(value => value.Clone());
        marked.ForEach(value => matcher.Mark(value, rules));
        var (ticks, allocated) = Best(() => values.ForEach(value => Mark(value, matcher, rules)));
        values.ForEach(value => value.Language = "");
        var (ticksOfAll, _) = Best(() => values.ForEach(value => Mark(value, matcher, rules)));
        var buffer = new char[texts.Max(text => text.Length)];
        var (copy, _) = Best(() => texts.ForEach(text => text.CopyTo(buffer)));
        _table.AddRow(
            region.Code,
            Text($"{bytes / values.Count}"),
            Text($"{marked.Count(value => value.Hazards.Count > 0)}"),
            Text($"{marked.Count(value => value.Hazards.Count > 0 && HasHazard(value))}"),
            Text($"{marked.Count(value => value.Hazards.Count == 0 && HasHazard(value))}"),
            Text($"{Seconds(ticks) * 1e6 / values.Count:0.0}"),
            Text($"{bytes / Seconds(ticks) / 1e6:0}"),
            Text($"{bytes / Seconds(ticksOfAll) / 1e6:0}"),
            Text($"{(double)ticks / copy:0}"),
            Text($"{allocated / values.Count}"));
    }

    private static bool HasHazard(Case value) => value.Concepts.Any(code => code.Code.StartsWith("hazard.", StringComparison.Ordinal));

    private static void Mark(Case value, ConceptMatcher matcher, EdgeRedactor rules)
    {
        matcher.Mark(value, rules);
        value.Concepts.Clear();
    }

    /// <summary>The texts of a case that people write.</summary>
    public static IEnumerable<string> Texts(Case value) =>
        new[] { value.Subject, value.Description, value.Resolution, value.Satisfaction?.Comment, value.Repair?.Symptom, value.Repair?.Action }
            .Concat(value.Messages.Select(message => message.Body)).Concat(value.Tags)
            .Select(text => text?.Clear).OfType<string>().Where(text => text.Length > 0);

    private (long Ticks, long Bytes) Best(Action work)
    {
        var best = (Ticks: long.MaxValue, Bytes: long.MaxValue);
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < time;)
        {
            var bytes = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            work();
            best = (Math.Min(best.Ticks, Stopwatch.GetTimestamp() - start), Math.Min(best.Bytes, GC.GetAllocatedBytesForCurrentThread() - bytes));
        }

        return best;
    }

    private static double Seconds(long ticks) => Stopwatch.GetElapsedTime(0, ticks).TotalSeconds;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
