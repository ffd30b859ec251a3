using System.Diagnostics;
using CallTracking.SampleData;
using CallTracking.Testing.Installations;

namespace CallTracking.Benchmarks;

/// <summary>What one night of some regions cost.</summary>
/// <param name="Cases">Cases that the reports count.</param>
/// <param name="SentCases">Cases that travelled.</param>
/// <param name="SentBytes">Bytes of batches on the wire.</param>
/// <param name="Elapsed">From the first agent's start to the last one's end.</param>
/// <param name="AgentPeak">Highest resident set of an agent, MiB.</param>
/// <param name="HubPeak">Highest resident set of the hub so far, MiB.</param>
/// <param name="AgentTime">Processor time of all agents.</param>
/// <param name="HubTime">Processor time of the hub.</param>
internal sealed record Measurement(
    long Cases, long SentCases, long SentBytes, TimeSpan Elapsed, double AgentPeak, double HubPeak, TimeSpan AgentTime, TimeSpan HubTime)
{
    public double CasesPerSecond => Cases / Elapsed.TotalSeconds;

    /// <summary>Writes the night's files, then runs the agents at once and measures. The writing is not measured.</summary>
    public static async Task<Measurement> OfNightAsync(
        Installation installation, HubProcess hub, SampleOptions options, MemoryCgroup? cgroup, CancellationToken cancellationToken)
    {
        foreach (var region in installation.Regions.Values)
        {
            var sample = SampleRegion.Parse(region.Setup.Code);
            await using var file = File.Create(Path.Combine(region.Inbox, $"cases.{sample.Extension}"));
            await SampleWriter.WriteAsync(sample, options, file, truth: null, cancellationToken);
        }

        await using var hubWatch = new ProcessWatch(hub.ProcessId);
        var watch = Stopwatch.StartNew();
        var runs = installation.Regions.Values.Select(region => (Region: region, Run: region.StartSync(cgroup?.EntryFile))).ToList();
        var watches = runs.ConvertAll(run => new ProcessWatch(run.Run.Id));
        var ends = await Task.WhenAll(runs.Select(run => run.Run.WaitForExitAsync(TimeSpan.FromMinutes(30))));
        watch.Stop();
        foreach (var process in watches)
        {
            await process.DisposeAsync();
        }

        var reports = runs.Select((run, index) => run.Region.Result(ends[index])).ToList();
        if (reports.Find(report => report.Program.ExitCode != 0) is { } failed)
        {
            throw new InvalidOperationException($"An agent answered {failed.Program.ExitCode}: {failed.Program.All.Trim()}");
        }

        return new Measurement(
            reports.Sum(report => (long)report.Report!.Cases),
            reports.Sum(report => (long)report.Report!.SentCases),
            reports.Sum(report => (long)report.Report!.SentBytes),
            watch.Elapsed,
            watches.Max(process => process.Mebibytes),
            hubWatch.Mebibytes,
            TimeSpan.FromTicks(watches.Sum(process => process.ProcessorTime.Ticks)),
            hubWatch.ProcessorTime);
    }
}
