using System.CommandLine;
using System.Globalization;
using CallTracking.Agent.Ledger;

namespace CallTracking.Agent.Commands;

/// <summary><c>vanished</c>: cases that complete exports no longer held, and that wait for a person's consent. A sync may be at work beside it.</summary>
internal static class VanishedCommand
{
    public static Command Build() => new("vanished", AgentCommand.Describe("Cases that vanished from complete exports (snapshot: true), too many to delete unasked.", "vanished list"))
    {
        List(),
        Decide(
            "release",
            "Let the held cases of a source go: the next sync that still misses them deletes them at headquarters.",
            static (table, source) => table.Release(source),
            "cases are released: the next sync that still misses them deletes them at headquarters."),
        Decide(
            "forget",
            "Leave the held cases of a source at headquarters and miss them no more.",
            static (table, source) => table.Forget(source),
            "cases stay at headquarters and are missed no more, unless an export brings them back."),
    };

    private static Command List()
    {
        var config = AgentCommand.ConfigOption();
        var command = new Command("list", AgentCommand.Describe("Say how many cases are held, by source.", "vanished list")) { config };
        command.Does((parsed, output, _) =>
        {
            var counts = Use(parsed.GetValue(config)!, static table => table.Count());
            foreach (var count in counts)
            {
                output.Out.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{count.Source}: {count.Held:N0} held, {count.Released:N0} released, missed since run {count.Run}"));
            }

            if (counts.Count == 0)
            {
                output.Out.WriteLine("No case is held.");
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static Command Decide(string name, string what, Func<VanishedTable, string, int> decide, string done)
    {
        var config = AgentCommand.ConfigOption();
        var source = new Argument<string>("source") { Description = "The mapping's name for the source.", HelpName = "SOURCE" };
        var command = new Command(name, AgentCommand.Describe(what, $"vanished {name} helpdesk")) { source, config };
        command.Does((parsed, output, _) =>
        {
            var wanted = parsed.GetValue(source)!;
            var cases = Use(parsed.GetValue(config)!, table => decide(table, wanted));
            if (cases == 0)
            {
                throw new AgentException(ExitCode.Configuration, $"No case of a source '{wanted}' is held. See 'calltracking-agent vanished list'.");
            }

            output.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cases:N0} {done}"));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static T Use<T>(string config, Func<VanishedTable, T> work)
    {
        var path = AgentWorkplace.LedgerPath(AgentWorkplace.LoadSettings(config));
        if (!File.Exists(path))
        {
            throw new AgentException(ExitCode.Configuration, $"There is no ledger yet: {path}. Sync first.");
        }

        using var file = LedgerFile.Open(path, thorough: false);
        using var table = new VanishedTable(file.Connection);
        return file.Write(() => work(table));
    }
}
