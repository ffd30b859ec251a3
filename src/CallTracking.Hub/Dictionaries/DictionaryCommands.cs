using System.CommandLine;
using System.Globalization;
using CallTracking.Contracts;
using CallTracking.Hub.Commands;
using Spectre.Console;

namespace CallTracking.Hub.Dictionaries;

/// <summary><c>dictionary list|show|import|export|push</c>.</summary>
internal static class DictionaryCommands
{
    private const int MostBytes = 128 * 1024 * 1024;
    private const int ShownEntries = 20;

    public static Command Create() =>
        new("dictionary", "The group's code tables, to which regions map their words.")
        {
            CreateList(), CreateShow(), CreateImport(), CreateExport(), DictionaryPushCommand.Create(Name()),
        };

    /// <summary>A version of a table, the one in force for 0.</summary>
    /// <exception cref="HubException">There is none, or the name is no name.</exception>
    public static async Task<DictionaryVersionRow> RequireAsync(DictionaryStore store, string name, int version, CancellationToken cancellationToken)
    {
        RequireName(name);
        if (await store.FindAsync(name, version, cancellationToken) is { } row)
        {
            return row;
        }

        var known = (await store.ListAsync(cancellationToken)).Where(other => version == 0 || other.Name == name)
            .Select(other => version == 0 ? other.Name : other.Version.ToString(CultureInfo.InvariantCulture)).Distinct().ToList();
        throw new HubException($"There is no code table '{name}'{(version == 0 ? "" : $" of version {version}")}. Known: {(known.Count == 0 ? "none" : string.Join(", ", known))}.");
    }

    private static Command CreateList()
    {
        var all = new Option<bool>("--all") { Description = "Every version, not only those in force." };
        var command = new Command("list", "Shows the code tables.") { all };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var rows = await services.GetRequiredService<DictionaryStore>().ListAsync(cancellationToken);
            var shown = parsed.GetValue(all) ? rows : [.. rows.GroupBy(row => row.Name).Select(versions => versions.Last())];
            foreach (var row in shown)
            {
                Console.WriteLine(Line(row));
            }

            if (shown.Count == 0)
            {
                Console.WriteLine("There is no code table yet. Add one: calltracking-hub dictionary import product-models.csv --note ..");
            }

            return HubExit.Done;
        });
        return command;
    }

    private static Command CreateShow()
    {
        var (name, version) = (Name(), Version());
        var limit = new Option<int>("--limit") { Description = "Show so many entries; 0 for all.", DefaultValueFactory = _ => ShownEntries };
        var command = new Command("show", "Shows one code table and its first entries.") { name, version, limit };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var store = services.GetRequiredService<DictionaryStore>();
            var row = await RequireAsync(store, parsed.GetRequiredValue(name), parsed.GetValue(version), cancellationToken);
            Console.WriteLine(Line(row));
            var entries = await EntriesAsync(store, row, cancellationToken);
            var most = parsed.GetValue(limit) is > 0 and var given ? given : entries.Count;
            var table = new Table().Border(TableBorder.Simple).AddColumns("code", "parent", "labels");
            foreach (var entry in entries.Take(most))
            {
                table.AddRow(Cell(entry.Code), Cell(entry.Parent), Cell(string.Join("; ", entry.Labels.Select(label => $"{label.Language}: {label.Text}"))));
            }

            Screen.Open().Write(table);
            if (entries.Count > most)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entries.Count - most:N0} more: --limit 0, or calltracking-hub dictionary export {row.Name}"));
            }

            return HubExit.Done;
        });
        return command;
    }

    private static Command CreateImport()
    {
        var file = new Argument<string>("file") { Description = "CSV in UTF-8: code, parent, label.en, label.de …; parent and labels where there are any." };
        var name = new Option<string?>("--name") { Description = "The table's name. Default: the file's name before its first point." };
        var note = new Option<string>("--note") { Description = "Why: stands in the list of versions.", Required = true };
        var by = new Option<string>("--by") { Description = "Who takes responsibility.", DefaultValueFactory = _ => Environment.UserName };
        var command = new Command("import", "Publishes a code table as the next version, in force at once.") { file, name, note, by };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var path = parsed.GetRequiredValue(file);
            var table = parsed.GetValue(name) ?? Path.GetFileName(path).Split('.')[0];
            RequireName(table);
            var load = CodeTableCsv.Parse(path, await ReadAsync(path, cancellationToken));
            if (load.Faults.Count > 0)
            {
                load.Faults.ToList().ForEach(fault => Console.Error.WriteLine(fault.ToString()));
                return HubExit.Usage;
            }

            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            var (row, isNew) = await services.GetRequiredService<DictionaryStore>().PublishAsync(
                table, load.Entries, parsed.GetRequiredValue(by), parsed.GetRequiredValue(note), now, cancellationToken);
            Console.WriteLine(isNew
                ? string.Create(CultureInfo.InvariantCulture, $"{row.Name} version {row.Version} is in force ({row.Entries:N0} codes, {row.ETag}).")
                : string.Create(CultureInfo.InvariantCulture, $"{row.Name} version {row.Version} says the same ({row.ETag}): nothing was published."));
            return HubExit.Done;
        });
        return command;
    }

    private static Command CreateExport()
    {
        var (name, version) = (Name(), Version());
        var output = new Option<string?>("--out") { Description = "The file to write. Default: standard output.", HelpName = "FILE" };
        var command = new Command("export", "Writes a code table as the CSV that import reads.") { name, version, output };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var store = services.GetRequiredService<DictionaryStore>();
            var entries = await EntriesAsync(store, await RequireAsync(store, parsed.GetRequiredValue(name), parsed.GetValue(version), cancellationToken), cancellationToken);
            if (parsed.GetValue(output) is not { } path)
            {
                CodeTableCsv.Write(Console.Out, entries);
                return HubExit.Done;
            }

            await using var writer = new StreamWriter(path);
            CodeTableCsv.Write(writer, entries);
            return HubExit.Done;
        });
        return command;
    }

    private static Argument<string> Name() => new("name") { Description = "The table's name." };

    private static Option<int> Version() => new("--version") { Description = "Another version than the one in force." };

    private static string Cell(string text) => Markup.Escape(text);

    private static string Line(DictionaryVersionRow row) => string.Create(
        CultureInfo.InvariantCulture, $"{row.Name}  version {row.Version}  {row.Entries:N0} codes  {row.ETag}  {row.PublishedAt:u} by {row.PublishedBy}: {row.Note}");

    private static void RequireName(string name)
    {
        if (!CodeTableCsv.IsName(name))
        {
            throw new HubException($"'{name}' is no name of a code table: expected letters a-z, digits and dashes, a letter first, at most 64. Write --name product-models.", HubExit.Usage);
        }
    }

    private static async Task<IReadOnlyList<DictionaryEntry>> EntriesAsync(DictionaryStore store, DictionaryVersionRow row, CancellationToken cancellationToken)
    {
        var entries = new List<DictionaryEntry>(row.Entries);
        for (var page = 1; page <= row.Pages; page++)
        {
            entries.AddRange((await store.FindPageAsync(row.Name, row.Version, page, cancellationToken))!.Entries);
        }

        return entries;
    }

    private static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return new FileInfo(path).Length <= MostBytes
                ? await File.ReadAllBytesAsync(path, cancellationToken)
                : throw new HubException($"{path} has over {MostBytes / 1024 / 1024} MiB, the most that a code table may have.", HubExit.Usage);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new HubException($"{path} cannot be read: {unreadable.Message}", HubExit.Usage, unreadable);
        }
    }
}
