using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Quarantine;
using CallTracking.Mapping;

namespace CallTracking.Agent.Commands;

/// <summary>Shows the quarantine. Lists say where and why; only <c>show</c>, <c>export</c> and the words say what.</summary>
internal sealed partial class QuarantineListing(TextWriter output, DateTimeOffset now, string config = AgentCommand.UsualConfig)
{
    private static readonly JsonSerializerOptions Legible = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Counts by reason, then the rows.</summary>
    /// <param name="entries">What to show.</param>
    /// <param name="limit">How many rows.</param>
    /// <param name="isNarrow">Only some of the quarantine were asked for.</param>
    public void WriteTable(IReadOnlyList<QuarantineEntry> entries, int limit, bool isNarrow)
    {
        foreach (var group in entries.GroupBy(entry => (entry.Source, entry.Reason, entry.Stage, entry.Field)).OrderByDescending(group => group.Count()))
        {
            output.WriteLine(Say($"{group.Count(),8:N0}  {group.Key.Source}  {group.Key.Reason}  {Word(group.Key.Stage)}  {group.Key.Field}"));
        }

        output.WriteLine(entries.Count == 0 && isNarrow ? "No row in quarantine is meant: without --reason and --source all are shown."
            : entries.Count == 0 ? "The quarantine is empty."
            : Say($"{entries.Count,8:N0}  in all"));
        output.WriteLine();
        WriteRows(entries.Take(limit));

        if (entries.FirstOrDefault(CanBeExplained) is { } first)
        {
            output.WriteLine($"To see what a row holds and which rule refused it: {Explain(first)}");
        }
        else if (entries.Count > 0)
        {
            output.WriteLine($"To see what a row holds: calltracking-agent quarantine show {QuarantineFilter.IdOf(entries[0])}{Configured}");
        }

        if (entries.Count > limit)
        {
            output.WriteLine(Say($"… and {entries.Count - limit:N0} more: --limit, --reason, --source or --format jsonl"));
        }
    }

    /// <summary>A line a row: id, age, stage, reason, place and message.</summary>
    public void WriteRows(IEnumerable<QuarantineEntry> entries)
    {
        foreach (var entry in entries)
        {
            output.WriteLine(Say($"{QuarantineFilter.IdOf(entry)}  {Age(entry),4}  {Word(entry.Stage),-7}  {entry.Reason,-14}  {entry.File} {entry.Place}  {Message(entry)}"));
        }
    }

    /// <summary>One JSON object a row, without what it holds.</summary>
    public void WriteLines(IReadOnlyList<QuarantineEntry> entries)
    {
        foreach (var entry in entries)
        {
            output.WriteLine(JsonSerializer.Serialize(Line(entry), Legible));
        }
    }

    /// <summary>One row with what it holds.</summary>
    public void Write(QuarantineEntry entry, KeptContent? content, string? text)
    {
        output.WriteLine(Say($"{QuarantineFilter.IdOf(entry)}  {entry.Source}  {entry.File} {entry.Place}"));
        output.WriteLine(Say($"{entry.Reason} ({Word(entry.Stage)}), since {entry.At:u}, {Age(entry)}"));
        output.WriteLine(Message(entry));
        output.WriteLine();
        output.WriteLine(string.IsNullOrWhiteSpace(text) ? "Nothing was kept of it." : text);
        if (content is { IsWhole: false })
        {
            output.WriteLine();
            output.WriteLine("This is not the whole row: only its first 3 MB are kept. The rest stands in its file.");
        }

        if (CanBeExplained(entry))
        {
            output.WriteLine();
            output.WriteLine($"Each of its fields, with the column and rule that make it: {Explain(entry)}");
        }
    }

    /// <summary>The words with the lines that the mapping lacks.</summary>
    public void Write(UnknownWords words)
    {
        foreach (var value in words.Values)
        {
            output.WriteLine(Say($"{value.Rows,8:N0}  {value.Source}  {value.Field}  {Shown(value.Word)}: {value.Cure(Yaml(value.Word))}"));
        }

        output.WriteLine(words.Values.Count == 0 ? "No row stands here for want of a word." : Say($"{words.Values.Count:N0} {(words.Values.Count == 1 ? "word" : "words")} in all"));
        if (words.OfOtherWords > 0)
        {
            output.WriteLine(Say($"{words.OfOtherWords:N0} {(words.OfOtherWords == 1 ? "row has" : "rows have")} further words: a column with so many is none of words; read it as a text, or write unknown: for its table"));
        }

        if (words.Mended > 0)
        {
            output.WriteLine(Say($"{words.Mended:N0} {(words.Mended == 1 ? "row has become a case" : "rows have become cases")} with the mapping as it is now: 'calltracking-agent quarantine retry --reason unmapped-value' sends them"));
        }

        if (words.Others > 0)
        {
            output.WriteLine(Say($"{words.Others:N0} {(words.Others == 1 ? "row is not kept whole, cannot be opened, or fails" : "rows are not kept whole, cannot be opened, or fail")} for something else now: 'calltracking-agent quarantine show ID'"));
        }
    }

    /// <summary>Writes rows with what they hold into a file that only this user may read; gives those that could not be opened, which stand there without it.</summary>
    public static IReadOnlyList<QuarantineEntry> Export(string file, QuarantineDesk desk, IEnumerable<QuarantineEntry> entries, Func<QuarantineEntry, SourceMapping?> mappingOf)
    {
        using var writer = new StreamWriter(PrivateFile.Create(file), new UTF8Encoding(false));
        var unreadable = new List<QuarantineEntry>();
        foreach (var entry in entries)
        {
            if (!desk.TryRead(entry, out var content))
            {
                unreadable.Add(entry);
            }

            var line = Line(entry);
            line["whole"] = content?.IsWhole;
            line["content"] = content?.Text(mappingOf(entry));
            writer.WriteLine(JsonSerializer.Serialize(line, Legible));
        }

        return unreadable;
    }

    private static Dictionary<string, object?> Line(QuarantineEntry entry) => new()
    {
        ["id"] = QuarantineFilter.IdOf(entry),
        ["source"] = entry.Source,
        ["file"] = entry.File,
        ["place"] = entry.Place,
        ["reason"] = entry.Reason,
        ["stage"] = Word(entry.Stage),
        ["field"] = entry.Field,
        ["message"] = entry.Message,
        ["at"] = entry.At,
    };

    // Rows of databases and interfaces stand in no file.
    private static bool IsRowOfFile(QuarantineEntry entry) => entry.Stage == QuarantineStage.Mapping && Path.HasExtension(entry.File) && RowPlace().IsMatch(entry.Place);

    // What explains a row reads it in its file.
    private bool CanBeExplained(QuarantineEntry entry) => IsRowOfFile(entry) && File.Exists(PathOf(entry.File.Split('!')[0]));

    private string PathOf(string file) => Path.GetFullPath(file, Path.GetDirectoryName(Path.GetFullPath(config))!);

    private string Configured => config == AgentCommand.UsualConfig ? string.Empty : $" --config {Typed(config)}";

    // As it can be typed here: what an entry names stands below the configuration's folder.
    private string Explain(QuarantineEntry entry)
    {
        var isHere = config == AgentCommand.UsualConfig;
        var file = isHere ? entry.File : Path.GetRelativePath(Directory.GetCurrentDirectory(), PathOf(entry.File));
        return $"calltracking-agent mapping explain --row {entry.Place.AsSpan("row ".Length)} --file {Typed(file)}{Configured}";
    }

    private static string Typed(string path) => PlainPath().IsMatch(path) ? path : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Message(QuarantineEntry entry) => entry.Field.Length > 0 ? $"{entry.Field}: {entry.Message}" : entry.Message;

    private static string Word(QuarantineStage stage) => stage.ToString().ToLowerInvariant();

    internal static string Shown(string word) => JsonSerializer.Serialize(word, Legible);

    internal static string Yaml(string word) => PlainWord().IsMatch(word) && !word.EndsWith(' ') && !ReservedWord().IsMatch(word) ? word : Shown(word);

    private string Age(QuarantineEntry entry) => (now - entry.At) switch
    {
        { TotalDays: >= 1 } days => Say($"{(int)days.TotalDays}d"),
        { TotalHours: >= 1 } hours => Say($"{(int)hours.TotalHours}h"),
        var brief => Say($"{Math.Max(0, (int)brief.TotalMinutes)}m"),
    };

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\p{L}[\p{L}\p{M}\p{Nd} _-]*$")]
    private static partial Regex PlainWord();

    [GeneratedRegex(@"^[\p{L}\p{Nd}./_\\:+-]+$")]
    private static partial Regex PlainPath();

    [GeneratedRegex("^row [0-9]+$")]
    private static partial Regex RowPlace();

    [GeneratedRegex("^(null|true|false|yes|no|on|off|y|n)$", RegexOptions.IgnoreCase)]
    private static partial Regex ReservedWord();
}
