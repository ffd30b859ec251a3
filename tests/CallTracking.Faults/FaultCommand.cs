using System.CommandLine;
using CallTracking.Faults.Faults;
using CallTracking.Faults.Sabotages;

namespace CallTracking.Faults;

/// <summary>The command line of <c>calltracking-faults</c>.</summary>
internal static class FaultCommand
{
    private const string About = """
        Runs real agents, a real hub and a real PostgreSQL, has something go wrong in each round, and compares headquarters with the sources afterwards.
        Started by ops/faults. Exit codes: 0 nothing was lost, doubled, stale or leaked, 1 something was, 2 usage.
        """;

    private const int Usage = 2;

    /// <summary>Runs the command; answers its exit code.</summary>
    /// <param name="arguments">As on the command line.</param>
    /// <param name="output">Takes progress and the verdict.</param>
    /// <param name="error">Takes what is wrong with the arguments.</param>
    /// <param name="isTerminal">Whether progress may write over itself.</param>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error, bool isTerminal)
    {
        var parsed = Build(output, isTerminal).Parse(arguments);
        foreach (var fault in parsed.Errors)
        {
            error.WriteLine(fault.Message);
        }

        // All that runs is stopped on the way out, and that takes its time.
        return parsed.Errors.Count > 0 ? Usage : await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(5) });
    }

    private static RootCommand Build(TextWriter output, bool isTerminal)
    {
        var folder = new Option<string>("--folder") { Description = "Where server, hub, regions and logs live.", Required = true };
        var rounds = Whole("--rounds", "How many rounds.", 30, 1, 1_000_000);
        var seed = Whole("--seed", "Another seed, other faults.", 1, 0, int.MaxValue);
        var from = Whole("--from", $"The first round: 1, or the first of a later chapter of {FaultSettings.Chapter} rounds.", 1, 1, 1_000_000);
        from.Validators.Add(result =>
        {
            if (result.GetValue(from) is var wanted && wanted % FaultSettings.Chapter != 1)
            {
                result.AddError(FormattableString.Invariant($"--from: {wanted} begins no chapter of {FaultSettings.Chapter} rounds. Take 1, {FaultSettings.Chapter + 1} and so on."));
            }
        });
        var cases = Whole("--cases", "Cases of each region.", 1_000, 10, 1_000_000);
        var regions = Whole("--regions", "How many regions.", 2, 1, 3);
        var only = new Option<string[]>("--only") { Description = "Only these kinds of fault: " + string.Join(", ", FaultKinds.All.Select(fault => fault.Name)), AllowMultipleArgumentsPerToken = true };
        only.AcceptOnlyFromAmong([.. FaultKinds.All.Select(fault => fault.Name)]);
        var sabotage = new Option<string?>("--sabotage")
        {
            Description = "Plant a bug, to see that it is found; ends with 1: " + string.Join(", ", SabotageKinds.All.Select(bug => bug.Name)),
            HelpName = "NAME",
        };
        sabotage.AcceptOnlyFromAmong([.. SabotageKinds.All.Select(bug => bug.Name)]);
        var minutes = Whole("--minutes", "Begin no further round after this time; 0 for no limit.", 0, 0, 100_000);
        var resume = new Option<bool>("--resume") { Description = "Go on behind the last whole chapter of a run that was stopped; seed and rounds are those of that run." };
        var root = new RootCommand(About) { folder, rounds, seed, from, cases, regions, only, sabotage, minutes, resume };
        root.SetAction((parsed, cancellationToken) => new FaultRun(
            new FaultSettings(
                Path.GetFullPath(parsed.GetRequiredValue(folder)), parsed.GetValue(rounds), parsed.GetValue(seed), parsed.GetValue(from), parsed.GetValue(cases), parsed.GetValue(regions),
                parsed.GetValue(only) ?? [], parsed.GetValue(sabotage), parsed.GetValue(minutes) is > 0 and var limit ? TimeSpan.FromMinutes(limit) : null),
            parsed.GetValue(resume), output, isTerminal).RunAsync(cancellationToken));
        return root;
    }

    private static Option<int> Whole(string name, string description, int usual, int least, int most)
    {
        var option = new Option<int>(name) { Description = FormattableString.Invariant($"{description} Default {usual}."), DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var value) && (value < least || value > most))
            {
                result.AddError(FormattableString.Invariant($"{name}: expected {least} to {most}, found {value}."));
            }
        });
        return option;
    }
}
