using System.CommandLine;
using System.Globalization;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Quarantine;
using CallTracking.Agent.Sources;
using CallTracking.Mapping;

namespace CallTracking.Agent.Commands;

/// <summary><c>quarantine</c>: rows that could not become cases, as the region's own engineer works on them. What they hold is shown on this terminal only.</summary>
internal static class QuarantineCommand
{
    public static Command Build() => new("quarantine", AgentCommand.Describe("Rows that could not become cases: look, mend, try again, clear.", "quarantine list"))
    {
        List(), Show(), Retry(), Export(), Purge(),
    };

    private static Command List()
    {
        var (config, reason, source) = (AgentCommand.ConfigOption(), Reason(), SourceName());
        var limit = AgentCommand.CountOption("--limit", "-n", "How many rows of a table; lines for scripts are all shown.", 50);
        var values = new Option<bool>("--values") { Description = "Show the words that no table of the mapping has, with the lines to add: personal data." };
        var format = new Option<string>("--format") { Description = "How to show it.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "jsonl");
        var command = new Command("list", AgentCommand.Describe("Count the rows by reason and say where they are.", "quarantine list --reason unmapped-value --values"))
        {
            config, reason, source, limit, values, format,
        };
        command.Does(async (parsed, output, cancellationToken) =>
        {
            var settings = AgentWorkplace.LoadSettings(parsed.GetValue(config)!);
            using var desk = QuarantineDesk.Open(settings);
            var filter = new QuarantineFilter(parsed.GetValue(reason), parsed.GetValue(source));
            var entries = desk.Find(filter);
            var listing = new QuarantineListing(output.Out, TimeProvider.System.GetUtcNow(), parsed.GetValue(config)!);
            if (parsed.GetValue(values))
            {
                listing.Write(await UnknownWords.OfAsync(desk, entries, SourceLoad.Of(settings).Sources, cancellationToken));
            }
            else if (parsed.GetValue(format) == "jsonl")
            {
                listing.WriteLines(entries);
            }
            else
            {
                listing.WriteTable(entries, parsed.GetValue(limit), filter.IsNarrow);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Command Show()
    {
        var (config, id) = (AgentCommand.ConfigOption(), new Argument<string>("id") { Description = "The beginning of an id as 'list' shows it.", HelpName = "ID" });
        var command = new Command("show", AgentCommand.Describe("Show one row as it was read, and why it could not become a case.", "quarantine show 4f0c")) { id, config };
        command.Does((parsed, output, _) =>
        {
            var settings = AgentWorkplace.LoadSettings(parsed.GetValue(config)!);
            using var desk = QuarantineDesk.Open(settings);
            var entry = One(desk, parsed.GetValue(id)!);
            var content = desk.Read(entry);
            new QuarantineListing(output.Out, TimeProvider.System.GetUtcNow(), parsed.GetValue(config)!).Write(entry, content, content?.Text(MappingOf(settings, entry)));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static Command Retry()
    {
        var (config, reason, source) = (AgentCommand.ConfigOption(), Reason(), SourceName());
        var id = new Argument<string?>("id") { Description = "Only this row.", HelpName = "ID", Arity = ArgumentArity.ZeroOrOne };
        var (timeout, least) = (SyncCommand.TimeoutOption(), AgentLogging.LevelOption(LogLevel.Warning));
        var command = new Command("retry", AgentCommand.Describe("Read these rows once more through the mapping as it is now, and send what becomes a case.", "quarantine retry --reason unmapped-value"))
        {
            id, config, reason, source, timeout, least,
        };
        command.Does(async (parsed, output, cancellationToken) =>
        {
            var filter = new QuarantineFilter(parsed.GetValue(reason), parsed.GetValue(source), parsed.GetValue(id));
            var file = parsed.GetValue(config)!;
            using (var desk = QuarantineDesk.Open(AgentWorkplace.LoadSettings(file)))
            {
                Some(desk, filter);
            }

            return await SyncCommand.SyncAsync(file, new ReadingWish(Retry: filter), parsed.GetValue(timeout)!, "none", null, parsed.GetValue(least), output, cancellationToken);
        }, AgentCommand.SyncStopped);
        return command;
    }

    private static Command Export()
    {
        var (config, reason, source, yes) = (AgentCommand.ConfigOption(), Reason(), SourceName(), Yes());
        var file = new Argument<string>("file") { Description = "Where to; only this user may read it.", HelpName = "FILE" };
        var command = new Command("export", AgentCommand.Describe("Write the rows, decrypted, one JSON object a line.", "quarantine export rows.jsonl --yes")) { file, config, reason, source, yes };
        command.Does((parsed, output, _) =>
        {
            var settings = AgentWorkplace.LoadSettings(parsed.GetValue(config)!);
            using var desk = QuarantineDesk.Open(settings);
            var entries = Some(desk, new QuarantineFilter(parsed.GetValue(reason), parsed.GetValue(source)));
            Confirm(parsed.GetValue(yes), $"{Amounts.Of(entries.Count, "row")} with personal data would be written in the clear");
            output.Error.WriteLine("WARNING: the file holds personal data in the clear. Nobody else may see it; delete it when you are done.");
            var mappings = Mappings(settings);
            var unreadable = QuarantineListing.Export(parsed.GetValue(file)!, desk, entries, entry => mappings.GetValueOrDefault(entry.Source));
            output.Out.WriteLine(Say($"{Amounts.Of(entries.Count, "row")} written to {parsed.GetValue(file)}"));
            return unreadable.Count == 0 ? Task.FromResult(ExitCode.Done) : throw QuarantineDesk.Unreadable(unreadable);
        });
        return command;
    }

    private static Command Purge()
    {
        var (config, reason, source, yes) = (AgentCommand.ConfigOption(), Reason(), SourceName(), Yes());
        var id = new Argument<string?>("id") { Description = "Only this row.", HelpName = "ID", Arity = ArgumentArity.ZeroOrOne };
        var older = new Option<string?>("--older-than") { Description = "Only rows that have stood for longer, such as 90d.", HelpName = "TIME" };
        var command = new Command("purge", AgentCommand.Describe("Delete rows from the quarantine. What their source still has is quarantined again when it is next read.", "quarantine purge --older-than 90d --yes"))
        {
            id, config, reason, source, older, yes,
        };
        command.Does((parsed, output, _) =>
        {
            var filter = new QuarantineFilter(parsed.GetValue(reason), parsed.GetValue(source), parsed.GetValue(id), Before(parsed.GetValue(older)));
            if (!filter.IsNarrow)
            {
                throw new AgentException(ExitCode.Configuration, "Say which rows: an id, --reason, --source or --older-than.");
            }

            using var desk = QuarantineDesk.Open(AgentWorkplace.LoadSettings(parsed.GetValue(config)!));
            var entries = Some(desk, filter);
            Confirm(parsed.GetValue(yes), $"{Amounts.Of(entries.Count, "row")} would be deleted for good");
            desk.Delete(entries);
            output.Out.WriteLine(Say($"{Amounts.Of(entries.Count, "row")} deleted"));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static IReadOnlyList<QuarantineEntry> Some(QuarantineDesk desk, QuarantineFilter filter) => desk.Find(filter) is { Count: > 0 } found
        ? found
        : throw new AgentException(ExitCode.Configuration, "No row in quarantine is meant. See 'calltracking-agent quarantine list'.");

    private static QuarantineEntry One(QuarantineDesk desk, string id) => Some(desk, new QuarantineFilter(Id: id)) is [var only]
        ? only
        : throw new AgentException(ExitCode.Configuration, $"Several ids begin with '{id}'. Write more of it.");

    private static DateTimeOffset? Before(string? age) =>
        age is null ? null
        : Amounts.TryParseDuration(age, out var time) ? TimeProvider.System.GetUtcNow() - time
        : throw new AgentException(ExitCode.Configuration, $"'--older-than {age}' is no time. Write 12h or 90d.");

    private static void Confirm(bool yes, FormattableString what)
    {
        if (!yes)
        {
            throw new AgentException(ExitCode.Configuration, $"{Say(what)}. Add --yes if that is what you want.");
        }
    }

    private static Dictionary<string, SourceMapping> Mappings(AgentSettings settings) =>
        SourceLoad.Of(settings).Sources.DistinctBy(source => source.Name).ToDictionary(source => source.Name, source => source.Mapping);

    private static SourceMapping? MappingOf(AgentSettings settings, QuarantineEntry entry) => Mappings(settings).GetValueOrDefault(entry.Source);

    private static Option<string?> Reason() => new("--reason") { Description = "Only rows with this reason.", HelpName = "REASON" };

    private static Option<string?> SourceName() => new("--source") { Description = "Only rows of this source.", HelpName = "NAME" };

    private static Option<bool> Yes() => new("--yes") { Description = "Do it." };

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
