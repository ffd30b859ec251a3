using System.CommandLine;
using System.Globalization;
using CallTracking.Hub.Cases;
using CallTracking.Hub.Commands;
using CallTracking.Privacy;
using Npgsql;

namespace CallTracking.Hub.Policies;

/// <summary><c>policy status|tighten</c>: what holds, what comes next, and how far the stored cases are brought to it.</summary>
internal static class StatusCommand
{
    public static Command CreateStatus()
    {
        var command = new Command("status", "Shows what is in force, what changes next, and how far the stored cases are brought to it.");
        command.SetHubAction(async (_, services, cancellationToken) =>
        {
            var rules = services.GetRequiredService<RuleSource>();
            if (await rules.FindAsync(cancellationToken) is not { } book)
            {
                Console.WriteLine("No policy is published: every push is refused. Publish one: calltracking-hub policy publish");
                return HubExit.Failed;
            }

            Console.WriteLine($"Version {book.Version} is in force since {book.Published.ValidFrom:u} (by {book.Published.PublishedBy}: {book.Published.Note}).");
            foreach (var stray in book.Published.Read(book.Policies.Day).Strays)
            {
                Console.WriteLine($"note: {stray} It holds as it was published, and the next version is refused with it.");
            }

            WriteNext(book.Policies);
            await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(cancellationToken);
            Write(await TighteningRunStore.FindAsync(connection, book.Version, book.Policies.Since, cancellationToken));
            await WriteWaitingAsync(connection, book, services, cancellationToken);
            HeldCases.Lines(await services.GetRequiredService<RegionOverviewStore>().ListAsync(CaseScope.AllRegions, cancellationToken)).ToList().ForEach(Console.WriteLine);
            if (PolicyOptions.NotReviewed(book.Policies, await services.GetRequiredService<LawReviewStore>().LoadAsync(cancellationToken)) is { } warning)
            {
                Console.WriteLine(warning);
            }

            return HubExit.Done;
        });
        return command;
    }

    public static Command CreateTighten()
    {
        var rewrite = new Option<bool>("--rewrite") { Description = "Write the table of cases anew afterwards: nothing of before is left in its files. Regions and readers wait meanwhile." };
        var command = new Command("tighten", "Brings the stored cases to what is in force now, which the running hub does by itself within a minute or so.") { rewrite };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var tightening = services.GetRequiredService<PolicyTightening>();
            var run = await tightening.RunAsync(
                step => Console.Error.WriteLine($"{Number(step.Looked)} of {Number(step.Concerned)} cases"), cancellationToken);
            if (run is null)
            {
                Console.WriteLine("Nothing was done: no policy is published, or another process is at it ('policy status' shows how far).");
                return HubExit.Failed;
            }

            Write(run);
            if (run.FinishedAt is not null && parsed.GetValue(rewrite))
            {
                await tightening.RewriteAsync(cancellationToken);
                Console.WriteLine("The table of cases was written anew.");
            }

            return run.FinishedAt is null ? HubExit.Failed : HubExit.Done;
        });
        return command;
    }

    private static void WriteNext(PolicySet policies)
    {
        if (policies.NextChange is not { } day)
        {
            Console.WriteLine("Nothing changes by itself.");
            return;
        }

        var changes = PolicyComparison.Between(policies, policies.On(day));
        var where = string.Join(", ", changes.SelectMany(change => change.Countries).Distinct().Take(10));
        Console.WriteLine($"Next change: {day:O}{(where.Length > 0 ? $", in {where}" : "")}. In effects: calltracking-hub policy law diff {policies.Day:O} {day:O}");
    }

    private static void Write(TighteningRun? run)
    {
        if (run is null)
        {
            Console.WriteLine("Stored cases: not looked at yet under what holds now; a running hub begins within a minute.");
            return;
        }

        var state = run.FinishedAt is { } finished ? $"done {finished:u}" : "going on";
        Console.WriteLine($"Stored cases: {Number(run.Looked)} of {Number(run.Concerned)} looked at, {Number(run.Changed)} tightened, {state}. Asked for again: {Number(run.AskedAgain ?? 0)}.");
        foreach (var (what, count) in run.Removed.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Console.WriteLine($"  {what}: {Number(count)} values");
        }
    }

    private static async Task WriteWaitingAsync(NpgsqlConnection connection, RuleBook book, IServiceProvider services, CancellationToken cancellationToken)
    {
        var published = (await services.GetRequiredService<PolicyStore>().ListAsync(cancellationToken)).ToDictionary(version => version.Version);
        var finder = new StoredShapes(book.Policies, book.Version, published);
        var waiting = (await StoredShapes.ListAsync(connection, cancellationToken)).Where(shape => finder.IsSentAgain(shape) || finder.MustBeAskedFor(shape));
        foreach (var region in waiting.GroupBy(shape => shape.Region).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Console.WriteLine($"Region {region.Key} has still to send {Number(region.Sum(shape => shape.Count))} cases in their new form.");
        }
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
