using System.Diagnostics;
using CallTracking.SampleData;
using CallTracking.Testing;
using CallTracking.Testing.Installations;
using Spectre.Console;

namespace CallTracking.Demo;

/// <summary>One night: every centre writes its export or fills its help desk, and all agents run at once.</summary>
internal sealed class Night(Installation installation, SampleOptions options)
{
    private readonly Dictionary<string, SampleTotals> _expected = [];

    /// <summary>What the generator says that each region's file holds.</summary>
    public IReadOnlyDictionary<string, SampleTotals> Expected => _expected;

    /// <summary>Puts this night's cases into the place of each region's last ones.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        foreach (var installed in installation.Regions.Values)
        {
            var region = SampleRegion.Parse(installed.Setup.Code);
            _expected[region.Code] = await SampleWriter.FillAsync(
                region, options, region.PlaceIn(installed.Folder), truth: null, progress: null, cancellationToken);
        }
    }

    /// <summary>Runs all agents at once and shows how far each is.</summary>
    /// <exception cref="DemoFailure">An agent failed.</exception>
    public async Task<IReadOnlyList<(string Region, SyncResult Result)>> RunAsync(CancellationToken cancellationToken)
    {
        var runs = installation.Regions.Values.Select(region => (Region: region, Run: region.StartSync())).ToList();
        try
        {
            var ends = runs.Select(run => run.Run.WaitForExitAsync(TimeSpan.FromMinutes(30))).ToList();
            await ShowProgressAsync(runs, Task.WhenAll(ends), cancellationToken);
            return [.. runs.Select((run, index) => (run.Region.Setup.Code, Check(run.Region, ends[index].Result)))];
        }
        finally
        {
            foreach (var (_, run) in runs)
            {
                await run.DisposeAsync();
            }
        }
    }

    private static async Task ShowProgressAsync(
        List<(RegionInstallation Region, ProgramRun Run)> runs, Task all, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        if (Console.IsOutputRedirected)
        {
            while (await Task.WhenAny(all, Task.Delay(TimeSpan.FromSeconds(5), cancellationToken)) != all)
            {
                Tell.Line(string.Join("   ", runs.Select(run => $"{run.Region.Setup.Code} {LastProgress(run.Run)}")));
            }
        }
        else
        {
            await ShowLiveAsync(runs, all, cancellationToken);
        }

        await all;
        Tell.Line($"all agents done after {watch.Elapsed.TotalSeconds:0.0} s");
    }

    private static Task ShowLiveAsync(
        List<(RegionInstallation Region, ProgramRun Run)> runs, Task all, CancellationToken cancellationToken) =>
        AnsiConsole.Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(async context =>
            {
                var lines = runs.ConvertAll(run => context.AddTask(run.Region.Setup.Code));
                do
                {
                    for (var i = 0; i < runs.Count; i++)
                    {
                        lines[i].Description = $"{runs[i].Region.Setup.Code}  {LastProgress(runs[i].Run).EscapeMarkup()}";
                    }

                    await Task.WhenAny(all, Task.Delay(TimeSpan.FromMilliseconds(250), cancellationToken));
                }
                while (!all.IsCompleted);
            });

    private static string LastProgress(ProgramRun run) =>
        run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault()?.Trim() ?? "starting";

    private static SyncResult Check(RegionInstallation region, ProgramResult program)
    {
        var result = region.Result(program);
        return program.ExitCode == 0 && result is { Report: not null, HubCount: not null }
            ? result
            : throw new DemoFailure($"The agent of {region.Setup.Code} answered {program.ExitCode}: {program.All.Trim()}");
    }
}
