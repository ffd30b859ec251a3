using System.CommandLine;
using System.Globalization;
using System.Text;
using CallTracking.Contracts;
using CallTracking.Hub.Commands;
using CallTracking.Privacy;
using Spectre.Console;

namespace CallTracking.Hub.Dictionaries;

/// <summary><c>dictionary list|show|import|export|push|retire|regions</c>.</summary>
internal static class DictionaryCommands
{
    private const int MostBytes = 128 * 1024 * 1024;
    private const int ShownEntries = 20;

    public static Command Create() =>
        new("dictionary", "The group's code tables, to which regions map their words, and concept dictionaries, which they look for in raw texts.")
        {
            CreateList(), CreateShow(), CreateImport(), CreateExport(), DictionaryPushCommand.Create(Name()), DictionaryRetireCommand.Create(Name()), DictionaryRegionsCommand.Create(),
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
        var command = new Command("list", "Shows the code tables and concept dictionaries.") { all };
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
        var files = new Argument<string[]>("file")
        {
            Description = "CSV in UTF-8: code, parent, label.en, label.de …; parent and labels where there are any. With --concepts YAML, in several files too.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var concepts = new Option<bool>("--concepts") { Description = "The files are a concept dictionary." };
        var starter = new Option<bool>("--starter") { Description = $"The concept dictionary that comes with this program, instead of files: hazards in 12 languages, named {ConceptFile.StarterName}." };
        var name = new Option<string?>("--name") { Description = "The table's name. Default: the first file's name before its first point." };
        var note = PersonOptions.Note();
        var by = PersonOptions.By();
        var command = new Command("import", "Publishes a code table or concept dictionary as the next version, in force at once.") { files, concepts, starter, name, note, by };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var paths = parsed.GetValue(files) ?? [];
            var kind = parsed.GetValue(starter) || parsed.GetValue(concepts) ? DictionaryKind.Concepts : DictionaryKind.Unspecified;
            if (parsed.GetValue(starter) ? paths.Length > 0 : paths.Length == 0 || (kind == DictionaryKind.Unspecified && paths.Length > 1))
            {
                throw new HubException("Name one CSV file, or --concepts with one or more YAML files, or --starter without any.", HubExit.Usage);
            }

            var table = parsed.GetValue(name) ?? (paths.Length == 0 ? ConceptFile.StarterName : Path.GetFileName(paths[0]).Split('.')[0]);
            RequireName(table);
            var (entries, faults) = await LoadAsync(paths, kind, cancellationToken);
            if (faults.Count > 0)
            {
                faults.ToList().ForEach(fault => Console.Error.WriteLine(fault.ToString()));
                return HubExit.Usage;
            }

            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            var (row, isNew) = await services.GetRequiredService<DictionaryStore>().PublishAsync(
                table, entries, parsed.GetRequiredValue(by), parsed.GetRequiredValue(note), now, cancellationToken, kind);
            Console.WriteLine(isNew
                ? string.Create(CultureInfo.InvariantCulture, $"{row.Name} version {row.Version} is in force ({DictionaryText.Size(row)}, {row.ETag}).")
                : string.Create(CultureInfo.InvariantCulture, $"{row.Name} version {row.Version} says the same ({row.ETag}): nothing was published."));
            return HubExit.Done;
        });
        return command;
    }

    private static Command CreateExport()
    {
        var (name, version) = (Name(), Version());
        var output = new Option<string?>("--out") { Description = "The file to write. Default: standard output.", HelpName = "FILE" };
        var command = new Command("export", "Writes a code table as the CSV, a concept dictionary as the YAML that import reads.") { name, version, output };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var store = services.GetRequiredService<DictionaryStore>();
            var row = await RequireAsync(store, parsed.GetRequiredValue(name), parsed.GetValue(version), cancellationToken);
            var entries = await EntriesAsync(store, row, cancellationToken);
            if (parsed.GetValue(output) is not { } path)
            {
                Write(Console.Out, row, entries);
                return HubExit.Done;
            }

            await using var writer = new StreamWriter(path);
            Write(writer, row, entries);
            return HubExit.Done;
        });
        return command;
    }

    private static Argument<string> Name() => new("name") { Description = "The table's name." };

    private static Option<int> Version() => new("--version") { Description = "Another version than the one in force." };

    private static string Cell(string text) => Markup.Escape(text);

    private static string Line(DictionaryVersionRow row) => string.Create(
        CultureInfo.InvariantCulture, $"{row.Name}  version {row.Version}  {DictionaryText.Size(row)}  {row.ETag}  {row.PublishedAt:u} by {row.PublishedBy}: {row.Note}");

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

    private static async Task<(IReadOnlyList<DictionaryEntry> Entries, IReadOnlyList<Fault> Faults)> LoadAsync(
        string[] paths, DictionaryKind kind, CancellationToken cancellationToken)
    {
        if (kind == DictionaryKind.Unspecified)
        {
            var table = CodeTableCsv.Parse(paths[0], await ReadAsync(paths[0], cancellationToken));
            return (table.Entries, table.Faults);
        }

        var documents = new List<(string File, string Yaml)>(paths.Length == 0 ? ConceptFile.Starter : []);
        foreach (var path in paths)
        {
            documents.Add((path, Encoding.UTF8.GetString(await ReadAsync(path, cancellationToken)).TrimStart('\uFEFF')));
        }

        var load = ConceptFile.Parse(documents);
        return (load.Entries, load.Faults);
    }

    private static void Write(TextWriter writer, DictionaryVersionRow row, IReadOnlyList<DictionaryEntry> entries)
    {
        if (row.Kind == DictionaryKind.Concepts)
        {
            ConceptWriter.Write(writer, entries);
        }
        else
        {
            CodeTableCsv.Write(writer, entries);
        }
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
