using System.Diagnostics;
using CallTracking.Faults.Faults;
using CallTracking.Faults.Proof;
using CallTracking.Faults.Sabotages;
using CallTracking.Faults.World;
using CallTracking.Testing;

namespace CallTracking.Faults;

/// <summary>One round: sources change, regions push, something goes wrong; then everything comes to rest and is compared.</summary>
internal sealed class Round(FaultWorld world, RunLog log, int number, Random random, CancellationToken cancellationToken)
{
    private const int Tries = 8;
    private static readonly TimeSpan SyncLimit = TimeSpan.FromMinutes(10);

    /// <summary>Hits with the faults, each in another region, and says what was found afterwards.</summary>
    /// <param name="faults">One, or two of which one at most is wide.</param>
    /// <param name="sabotage">A bug to plant before the comparison; null for none.</param>
    public async Task<Verdict> RunAsync(IReadOnlyList<Fault> faults, Sabotage? sabotage)
    {
        foreach (var region in world.Regions)
        {
            region.Work(number, random);
        }

        var first = random.Next(world.Regions.Count);
        var strikes = faults.Select((fault, index) => (Fault: fault, Strike: StrikeAt(world.Regions[(first + index) % world.Regions.Count], fault))).ToList();
        foreach (var (fault, strike) in strikes)
        {
            await fault.BeforeAsync(strike);
        }

        await PushAsync(strikes);
        foreach (var (fault, strike) in strikes)
        {
            await fault.AfterAsync(strike);
        }

        if (sabotage is not null)
        {
            await PlantAsync(sabotage, strikes[0].Strike.Region);
        }

        return await JudgeAsync();
    }

    /// <summary>Lets everything come to rest, compares, and keeps a copy of each ledger.</summary>
    public async Task<Verdict> JudgeAsync()
    {
        var restless = await Task.WhenAll(world.Regions.Select(SettleAsync));
        var verdict = await CompareAsync() with { Restless = restless.Contains(true) ? 1 : 0 };
        foreach (var region in world.Regions)
        {
            region.Backups.Take();
        }

        return verdict;
    }

    private Strike StrikeAt(FaultRegion region, Fault fault) => new(
        world, region, new Random(random.Next()), number, what => Tell($"{fault.Name} at {region.Code}: {what}"), (title, text) => log.Keep($"agent-{region.Code}", Title(title), text));

    private async Task PushAsync(List<(Fault Fault, Strike Strike)> strikes)
    {
        var runs = world.Regions.Select(region => (Region: region, Run: region.StartSync())).ToList();
        try
        {
            await Task.WhenAll(strikes.Select(one => one.Fault.DuringAsync(one.Strike, runs.Single(run => run.Region == one.Strike.Region).Run)));
            await Task.WhenAll(runs.Select(async run => Keep(run.Region, "push", await run.Run.WaitForExitAsync(SyncLimit))));
        }
        finally
        {
            foreach (var (_, run) in runs)
            {
                await run.DisposeAsync();
            }
        }
    }

    private async Task PlantAsync(Sabotage sabotage, FaultRegion region)
    {
        await Task.WhenAll(world.Regions.Select(SettleAsync));
        await sabotage.PlantAsync(new Scene(world, region, number, random, text => log.Keep($"agent-{region.Code}", Title(sabotage.Name), text)));
        Tell($"planted: {sabotage.Name} at {region.Code}");
    }

    // At rest is a region whose sync ends well and finds nothing to send. Answers true for one that is not.
    private async Task<bool> SettleAsync(FaultRegion region)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            // Whoever stops the run by Ctrl-C stops hub and agents with it: what is found then means nothing.
            cancellationToken.ThrowIfCancellationRequested();
            var watch = Stopwatch.StartNew();
            await using var run = region.StartSync();
            var result = region.Installation.Result(await run.WaitForExitAsync(SyncLimit));
            Keep(region, FormattableString.Invariant($"settling {attempt}"), result.Program);
            if (result is { Program.ExitCode: 0, Report.SentCases: 0 })
            {
                world.UsualSync = watch.Elapsed;
                return false;
            }
        }

        Tell($"{region.Code} does not come to rest: see agent-{region.Code}.log");
        return true;
    }

    private async Task<Verdict> CompareAsync()
    {
        log.Keep("hub", Title("hub"), world.NewHubOutput());
        var verdict = await HubComparison.CompareAsync(world.Installation.Database, [.. world.Regions.Select(region => region.Book)], Tell);
        var leaks = (await LeakSearch.InTablesAsync(world.Installation.Database))
            .Concat(log.TakeLeaks().Select(canary => (Canary: canary, Table: "a log"))).ToList();
        foreach (var (canary, place) in leaks)
        {
            Tell($"leaked: {canary} stands in {place}");
        }

        return verdict with { Leaked = leaks.DistinctBy(leak => leak.Canary).Count() };
    }

    private void Keep(FaultRegion region, string what, ProgramResult result) =>
        log.Keep($"agent-{region.Code}", FormattableString.Invariant($"{Title(what)}, exit code {result.ExitCode}"), result.All);

    private string Title(string what) => FormattableString.Invariant($"round {number}, {what}");

    private void Tell(string what) => log.Tell(FormattableString.Invariant($"{number,5}  {what}"));
}
