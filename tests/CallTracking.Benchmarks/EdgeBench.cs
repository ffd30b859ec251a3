using System.Diagnostics;
using System.Globalization;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Privacy;
using CallTracking.SampleData;
using CallTracking.Testing;
using Google.Protobuf;
using Spectre.Console;

namespace CallTracking.Benchmarks;

/// <summary>
/// What one case costs on its way through the agent, on one core and without disk or network: mapping, edge redaction, and the
/// hub's redaction of what comes out. Many short rounds, of which the fastest counts, so that other work on the machine hardly does.
/// </summary>
internal sealed class EdgeBench(int cases, TimeSpan time, string only)
{
    private static readonly DateTimeOffset AsOf = new(2026, 11, 21, 15, 0, 0, TimeSpan.Zero);

    private readonly Table _table = new Table { Border = TableBorder.None }
        .AddColumns("region", "step", "µs/case", "bytes allocated/case");

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var load = PolicySet.Parse(
            [.. PolicySet.BuiltInPacks, new PolicyDocument { Name = "hub.yaml", Yaml = await File.ReadAllTextAsync(RepositoryRoot.Path("ops", "examples", "policies", "hub.yaml"), cancellationToken) }],
            new DateOnly(2026, 11, 22));
        var policies = load.Policies ?? throw new InvalidOperationException("The built-in packs do not load.");
        foreach (var region in SampleRegion.Usual)
        {
            await MeasureAsync(region, policies, cancellationToken);
        }

        AnsiConsole.Write(_table);
        return 0;
    }

    private async Task MeasureAsync(SampleRegion region, PolicySet policies, CancellationToken cancellationToken)
    {
        using var file = new MemoryStream();
        await SampleWriter.WriteAsync(region, new SampleOptions(cases, Seed: 1, AsOf), file, truth: null, cancellationToken);
        var mapping = SourceMapping.Load(region.MappingFile).Mapping ?? throw new InvalidOperationException("The sample's mapping does not load.");
        var edge = new EdgeRedactor(policies, RegionKeys.Derive(new byte[RegionKeys.SecretSize], region.Code));
        var hub = new HubRedactor(policies);
        var mapped = Map(mapping, file.ToArray(), region).ConvertAll(value => value.ToByteArray());
        var shaped = mapped.ConvertAll(bytes => Shaped(bytes, edge));

        Row(region, "mapping", () => Best(() => file.ToArray(), bytes => Map(mapping, bytes, region)));
        Row(region, "edge redaction", () => Best(() => Parsed(mapped), values => values.ForEach(value => edge.Redact(value))));
        Row(region, "hub redaction", () => Best(() => Parsed(shaped), values => values.ForEach(value => hub.Redact(value))));
    }

    private static List<Case> Parsed(List<byte[]> cases) => cases.ConvertAll(Case.Parser.ParseFrom);

    private static byte[] Shaped(byte[] bytes, EdgeRedactor edge)
    {
        var value = Case.Parser.ParseFrom(bytes);
        edge.Redact(value);
        return value.ToByteArray();
    }

    /// <summary>The cases of a region's file.</summary>
    internal static List<Case> Map(SourceMapping mapping, byte[] bytes, SampleRegion region)
    {
        var values = new List<Case>();
        using var reader = mapping.OpenReader(new MemoryStream(bytes), "cases");
        while (true)
        {
            // Memory never waits, so neither does the reader.
            var read = reader.ReadAsync(CancellationToken.None);
            var outcome = read.IsCompletedSuccessfully ? read.Result : throw new InvalidOperationException("Reading from memory waited.");
            if (outcome is null)
            {
                return values;
            }

            if (outcome is RowOutcome.Mapped { Case: var value })
            {
                value.CentreCountry = region.Country;
                value.CollectionCountry = region.Country;
                values.Add(value);
            }
        }
    }

    // Fresh cases each round, because redaction changes them; making them is not measured.
    private (double Microseconds, double Bytes) Best<T>(Func<T> prepare, Action<T> work)
    {
        var best = (Ticks: long.MaxValue, Bytes: long.MaxValue);
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < time;)
        {
            var input = prepare();
            var bytes = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            work(input);
            best = (Math.Min(best.Ticks, Stopwatch.GetTimestamp() - start), Math.Min(best.Bytes, GC.GetAllocatedBytesForCurrentThread() - bytes));
        }

        return (Stopwatch.GetElapsedTime(0, best.Ticks).TotalMicroseconds / cases, (double)best.Bytes / cases);
    }

    private void Row(SampleRegion region, string step, Func<(double Microseconds, double Bytes)> measure)
    {
        if (!$"{region} {step}".Contains(only, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var (microseconds, bytes) = measure();
        _table.AddRow(
            region.Code, step, microseconds.ToString("0.0", CultureInfo.InvariantCulture), bytes.ToString("N0", CultureInfo.InvariantCulture));
    }
}
