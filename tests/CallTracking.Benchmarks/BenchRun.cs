using System.Globalization;
using CallTracking.SampleData;
using CallTracking.Testing;
using CallTracking.Testing.Installations;
using Spectre.Console;

namespace CallTracking.Benchmarks;

/// <summary>All measurements of one run, and their table.</summary>
internal sealed class BenchRun(BenchSettings settings)
{
    private const long AgentLimit = 150L * 1024 * 1024;
    private static readonly DateTimeOffset AsOf = new(2026, 11, 21, 15, 0, 0, TimeSpan.Zero);
    private static readonly RegionSetup[] AllRegions =
    [
        Setup(SampleRegion.Jp, "Asia/Tokyo"), Setup(SampleRegion.Us, "America/Chicago"), Setup(SampleRegion.De, "Europe/Berlin"),
    ];

    private readonly Table _table = new Table { Border = TableBorder.None }.AddColumns("measure", "figure", "ratio");

    public static async Task<int> RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Capabilities.Ansi = false;
            AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
            AnsiConsole.Profile.Width = 150;
        }

        await new BenchRun(settings).MeasureAsync(cancellationToken);
        return 0;
    }

    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        await RatesAsync(cancellationToken);
        if (!settings.OnlyRates)
        {
            await MemoryAsync(cancellationToken);
        }

        AnsiConsole.WriteLine();
        AnsiConsole.Write(_table);
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[grey](a) is psql \\copy of the final rows into the same tables with the same indexes; ratios are against the (a) above them, in this same run.[/]");
    }

    private async Task RatesAsync(CancellationToken cancellationToken)
    {
        var options = new SampleOptions(settings.Cases, Seed: 1, AsOf);
        await using (var one = await CreateAsync("one", AllRegions[..1]))
        {
            var (first, limit) = await NightAsync("one region", one, options, cancellationToken);
            Say("(c) night two, 1 % changed");
            var second = await Measurement.OfNightAsync(one.Installation, one.Hub, options with { Night = 2, NewRate = 0 }, cgroup: null, cancellationToken);
            Row("(c) night two, 1 % changed, one region", $"{second.CasesPerSecond:N0} cases read/s, {second.SentCases:N0} sent", second.CasesPerSecond / limit);
            Row("    bytes of night two against night one", $"{second.SentBytes:N0} of {first.SentBytes:N0}", (double)second.SentBytes / first.SentBytes);
            var json = await JsonBytesPerCaseAsync(one.Installation.Regions.Values.First());
            var wire = (double)first.SentBytes / first.SentCases;
            Row("wire bytes per case, against its JSON", $"{wire:N0} of {json:N0}", wire / json);
        }

        await using (var three = await CreateAsync("three", AllRegions))
        {
            await NightAsync("three regions at once", three, options, cancellationToken);
        }
    }

    // The limit is taken of the very rows that the night left, right after it.
    private async Task<(Measurement Night, double Limit)> NightAsync(string regions, RunningInstallation running, SampleOptions options, CancellationToken cancellationToken)
    {
        Say($"(b) {regions}, {options.Cases:N0} cases each");
        var night = await Measurement.OfNightAsync(running.Installation, running.Hub, options, cgroup: null, cancellationToken);
        Say("(a) psql \\copy of the final rows");
        await using var empty = await Installation.CreateAsync(Path.Combine(settings.Folder, "limit"), settings.AdminConnection, Policies, webPort: 0);
        var limit = await CopyLimit.MeasureAsync(running.Installation, empty, settings.Folder);
        Row($"(a) psql \\copy of the rows of {regions}", $"{limit:N0} cases/s", 1);
        Row($"(b) file to committed rows, {regions}", $"{night.CasesPerSecond:N0} cases/s", night.CasesPerSecond / limit);
        Cost(night);
        return (night, limit);
    }

    private async Task MemoryAsync(CancellationToken cancellationToken)
    {
        foreach (var cases in (long[])[10_000, 100_000, 1_000_000])
        {
            Say($"peak memory at {cases:N0} cases");
            using var cgroup = MemoryCgroup.TryCreate(AgentLimit);
            await using var one = await CreateAsync("memory", AllRegions[..1]);
            var night = await Measurement.OfNightAsync(one.Installation, one.Hub, new SampleOptions(cases, Seed: 1, AsOf), cgroup, cancellationToken);
            var where = cgroup is null ? "no cgroup could be made here" : "inside a cgroup of 150 MB";
            _table.AddRow(
                $"peak memory at {cases:N0} cases".EscapeMarkup(),
                $"agent {night.AgentPeak:N0} MiB ({where}), hub {night.HubPeak:N0} MiB; {night.CasesPerSecond:N0} cases/s".EscapeMarkup(),
                string.Empty);
        }
    }

    private async Task<RunningInstallation> CreateAsync(string name, IEnumerable<RegionSetup> regions)
    {
        var installation = await Installation.CreateAsync(Path.Combine(settings.Folder, name), settings.AdminConnection, Policies, webPort: 0);
        var hub = await installation.StartHubAsync();
        foreach (var region in regions)
        {
            var added = await installation.AddRegionAsync(region);

            // Measured is from files to committed rows: comparing them afterwards is none of it.
            await File.AppendAllTextAsync(added.Configuration, "\nreconcile: on-demand\n");
        }

        return new RunningInstallation(installation, hub);
    }

    private static async Task<double> JsonBytesPerCaseAsync(RegionInstallation region)
    {
        var preview = await region.RunAsync("preview", "--limit", "1000", "--format", "jsonl");
        var lines = preview.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Average(line => (double)System.Text.Encoding.UTF8.GetByteCount(line));
    }

    private static IEnumerable<string> Policies => [RepositoryRoot.Path("ops", "examples", "policies", "hub.yaml")];

    private static RegionSetup Setup(SampleRegion region, string zone) =>
        new(region.Code, region.Code, "Centre", region.Country, zone, [(region.MappingFile, $"inbox/cases.{region.Extension}")]);

    private static void Say(string what) => AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  measuring {what} …");

    private void Cost(Measurement night) => _table.AddRow(
        "    processor time per case, start-up included".EscapeMarkup(),
        $"agents {night.AgentTime.TotalMicroseconds / night.Cases:N0} µs, hub {night.HubTime.TotalMicroseconds / night.Cases:N0} µs".EscapeMarkup(),
        string.Empty);

    private void Row(string measure, string figure, double ratio) =>
        _table.AddRow(measure.EscapeMarkup(), figure.EscapeMarkup(), ratio.ToString("0.000", CultureInfo.InvariantCulture));

    private sealed record RunningInstallation(Installation Installation, HubProcess Hub) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Installation.DisposeAsync();
    }
}
