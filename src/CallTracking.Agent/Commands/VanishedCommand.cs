using System.CommandLine;
using System.Globalization;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Outbox;

namespace CallTracking.Agent.Commands;

/// <summary><c>vanished</c>: cases that complete exports no longer held, and that wait for a person's consent. A sync may be at work beside it, but for what takes removals back.</summary>
internal static class VanishedCommand
{
    private const int MostNamed = 20;

    public static Command Build() => new("vanished", AgentCommand.Describe("Cases that vanished from complete exports (snapshot: true), too many to delete unasked.", "vanished list"))
    {
        List(),
        Release(),
        Forget(),
    };

    private static Command List()
    {
        var config = AgentCommand.ConfigOption();
        var all = new Option<bool>("--all") { Description = $"Name every case, not only the first {MostNamed} of a source." };
        var command = new Command("list", AgentCommand.Describe("Say which cases are held, by source: the uid that 'trace' and headquarters take, and the row that they were last.", "vanished list --all")) { config, all };
        command.Does((parsed, output, _) =>
        {
            var settings = AgentWorkplace.LoadSettings(parsed.GetValue(config)!);
            var most = parsed.GetValue(all) ? int.MaxValue : MostNamed;
            var found = Use(settings, table => table.Count().Select(count => (Count: count, Cases: table.List(count.Source, most))).ToList());
            using var cipher = new PayloadCipher(new RegionSecret(settings.State).Load(settings.Region).StorageKey.Span);
            using var rows = LedgerTrace.Of(AgentWorkplace.LedgerPath(settings), cipher);
            foreach (var (count, cases) in found)
            {
                output.Out.WriteLine(Say($"{count.Source}: {count.Held:N0} held, {count.Released:N0} released, missed since run {count.Run}"));
                foreach (var one in cases)
                {
                    output.Out.WriteLine(Say($"  {one.Uid}  {(one.IsReleased ? "released" : "held"),-8}  since run {one.Run}  {Row(rows?.LastRowOf(one.Uid))}"));
                }

                if (count.Held + count.Released > cases.Count)
                {
                    output.Out.WriteLine(Say($"  … and {count.Held + count.Released - cases.Count:N0} more: --all"));
                }
            }

            if (found.Count == 0)
            {
                output.Out.WriteLine("No case is held.");
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static Command Release()
    {
        var undo = new Option<bool>("--undo") { Description = "Take a release back: cases that no sync has deleted yet are held again." };
        return Decide(
            "release",
            "Let the held cases of a source go: the next sync that still misses them deletes them at headquarters.",
            undo,
            parsed => parsed.GetValue(undo)
                ? (static (table, source) => table.Hold(source), "released", "held again. The next sync that still misses them deletes them only where they are no more than the source's max_vanished; 'vanished forget' keeps them at headquarters for good.")
                : (static (table, source) => table.Release(source), "held", "released: the next sync that still misses them deletes them at headquarters. 'vanished release --undo' takes it back until then."),
            parsed => parsed.GetValue(undo));
    }

    private static Command Forget() => Decide(
        "forget",
        "Leave the held cases of a source, and those released and not yet deleted, at headquarters and miss them no more.",
        null,
        static _ => (static (table, source) => table.Forget(source), "held", "left at headquarters and missed no more, unless an export brings them back."),
        static _ => true);

    private static Command Decide(string name, string what, Option<bool>? option, Func<ParseResult, (Func<VanishedTable, string, int> Decide, string State, string Done)> chosen, Func<ParseResult, bool> takesBack)
    {
        var config = AgentCommand.ConfigOption();
        var source = new Argument<string>("source") { Description = "The mapping's name for the source.", HelpName = "SOURCE" };
        var command = new Command(name, AgentCommand.Describe(what, $"vanished {name} helpdesk")) { source, config };
        if (option is not null)
        {
            command.Options.Add(option);
        }

        command.Does((parsed, output, _) =>
        {
            var wanted = parsed.GetValue(source)!;
            var (decide, state, done) = chosen(parsed);
            var settings = AgentWorkplace.LoadSettings(parsed.GetValue(config)!);
            if (takesBack(parsed))
            {
                RequireNoSyncAtWork(settings);
            }

            var cases = Use(settings, table => decide(table, wanted));
            if (cases == 0)
            {
                throw new AgentException(ExitCode.Configuration, $"No case of a source '{wanted}' is {state}. See 'calltracking-agent vanished list'.");
            }

            output.Out.WriteLine(Say($"{cases:N0} {(cases == 1 ? "case" : "cases")} {done}"));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    // It may have read which cases go and wait with them for room in the outbox: nothing could be taken back any more.
    private static void RequireNoSyncAtWork(AgentSettings settings)
    {
        if (!StateFolder.IsFree(settings.StateDirectory) && LedgerGlance.Of(AgentWorkplace.LedgerPath(settings), runs: 1)?.Runs is [{ State: not RunState.Closed }, ..])
        {
            throw new AgentException(ExitCode.Configuration, "A sync is at work and may be sending these removals. Say it again when it has ended ('calltracking-agent status').");
        }
    }

    private static string Row((string File, long Number)? row) => row is not { File.Length: > 0 } known ? "its row was not noted"
        : known.Number > 0 ? Say($"last {known.File} row {known.Number}")
        : Say($"last {known.File}");

    private static T Use<T>(AgentSettings settings, Func<VanishedTable, T> work)
    {
        var path = AgentWorkplace.LedgerPath(settings);
        if (!File.Exists(path))
        {
            throw new AgentException(ExitCode.Configuration, $"There is no ledger yet: {path}. Sync first.");
        }

        using var file = LedgerFile.Open(path, thorough: false);
        using var table = new VanishedTable(file.Connection);
        return file.Write(() => work(table));
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
