using System.Globalization;
using System.IO.Enumeration;
using CallTracking.Contracts;
using CallTracking.Mapping.Reading.Joins;
using CallTracking.Mapping.Reading.Json;
using CallTracking.Mapping.Reading.Lines;
using CallTracking.Mapping.Spec;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading;

/// <summary>What a mapping asks of a table's header.</summary>
internal sealed class HeaderDemand(MappingLines lines, RecordFormat format, ColumnTable columns)
{
    /// <summary>What to do about a file of a join that is taken for one of records.</summary>
    public const string KeepOut = "Keep it out of the pattern of files in agent.yaml: name only the records' files there, or put this one into a folder of its own.";

    private const int LeastQuoted = 6;

    /// <summary>Joins beside whose files the checked ones lie.</summary>
    public IReadOnlyList<JoinRule> Joins { get; init; } = [];

    /// <summary>Columns are named by paths, since records are composed: a name with a point is no name then.</summary>
    public bool IsComposed { get; init; }

    /// <summary>Every column that the mapping names and the header lacks, each with its place in the mapping file and the nearest names that there are.</summary>
    public IReadOnlyList<Fault> Check(IReadOnlyList<string> names, string fileName)
    {
        if (format.IsTree)
        {
            return [];
        }

        var required = columns.Columns.Where(column => !column.IsOptional).ToList();
        var lacking = required.Where(column => HeaderNames.Find(names, column.Name).Count == 0).ToList();
        if (lacking.Count == 0)
        {
            return [];
        }

        var quoted = HeaderNames.AreQuotable(names, [.. required.Select(column => column.Name)]) ? names : [];
        var missing = lacking.Select(column => Missing(column, names, quoted, fileName)).ToList();
        if (missing.Count > 0 && missing.Count < required.Count && missing.Count * 2 >= required.Count && Joins.FirstOrDefault(join => IsOf(join, fileName) && HasKey(join, names)) is { } other)
        {
            return [new Fault(fileName, 1, 1, string.Create(CultureInfo.InvariantCulture, $"{missing.Count} of the mapping's {required.Count} columns are not in the header: {ReadByJoin(other)}"), KeepOut)];
        }

        if (missing.Count < required.Count || (quoted.Count > 0 && !Joins.Any(join => IsOf(join, fileName))))
        {
            return missing;
        }

        // Not one name fits: this may be a row of data without its header, which no fault may quote.
        return [NoneFound(names, fileName)];
    }

    private Fault NoneFound(IReadOnlyList<string> names, string fileName) => Joins.FirstOrDefault(join => IsOf(join, fileName)) is { } join ? new(
        fileName,
        1,
        1,
        $"None of the mapping's columns is in the header: {ReadByJoin(join)}",
        KeepOut) : new(
        fileName,
        1,
        1,
        $"None of the mapping's columns is in the header, which {format.Manner} has {names.Count}.",
        names.Count > 2 && format is TextTableFormat
            ? $"So many cells speak for encoding and delimiter: another line may be the header. Correct preamble under format in the mapping, or write header: false with columns where the file has no header; else {char.ToLowerInvariant(format.HeaderCure[0])}{format.HeaderCure[1..]}"
            : format.HeaderCure);

    /// <summary>Whether a file is one that a join reads.</summary>
    public static bool IsOf(JoinRule join, string fileName) =>
        FileSystemName.MatchesSimpleExpression(Path.GetFileName(join.Files), Path.GetFileName(fileName));

    private static bool HasKey(JoinRule join, IReadOnlyList<string> names) => join.Key.Place.Columns.All(column => HeaderNames.Find(names, column).Count > 0);

    private static string ReadByJoin(JoinRule join) => $"'join' reads the file as '{join.As}', and the source takes it for one with records of its own.";

    // A column that is read already is none that this one was renamed to.
    private string Instead(ColumnRef column, IReadOnlyList<string> names, IReadOnlyList<string> quoted)
    {
        if (quoted.Count == 0)
        {
            return Mistyped(column, names) is { } near ? $"Did you mean {Written(near)}?" : "Is this line the header? Correct preamble under format in the mapping, or write header: false with columns where the file has no header.";
        }

        var unread = quoted.Where(name => name.Length > 0 && !columns.Columns.Any(read => HeaderNames.Find([name], read.Name).Count > 0)).ToList();
        return unread is [var only] && columns.Columns.Count(other => HeaderNames.Find(quoted, other.Name).Count == 0) == 1
            ? $"Did you mean {Written(only)}, which nothing reads?"
            : NearestNames.Cure(column.Name, unread.Count > 0 ? unread : quoted, Written, quoted);
    }

    private string Written(string name) => IsComposed && JsonPath.Parse(name) is not { LevelsUp: 0, Names: [not null] } ? $"\"['{name}']\"" : $"'{name}'";

    // Where the line may be one of data, a cell is quoted that is the wanted name but for a letter: too long a word to be so by chance.
    private static string? Mistyped(ColumnRef column, IReadOnlyList<string> names) => column.Name.Length < LeastQuoted || names.Any(HeaderNames.IsValue) ? null
        : names.FirstOrDefault(name => name.Length >= LeastQuoted && UnmappedNames.IsPlain(name) && NearestNames.IsNear(column.Name, name));

    private Fault Missing(ColumnRef column, IReadOnlyList<string> names, IReadOnlyList<string> quoted, string fileName)
    {
        var doubled = HeaderNames.Find(names, $"{column.Name}#1").Count > 0;
        return lines.FaultAt(
            column.Line,
            column.Column,
            doubled ? $"The column '{column.Name}' stands more than once in {fileName}." : $"The column '{column.Name}' is not in the header of {fileName}.",
            doubled ? $"Write '{column.Name}#1' for the first, '{column.Name}#2' for the second, '{column.Name}#*' for all of them." : $"{Instead(column, names, quoted)} When some files lack it: optional: true.");
    }
}
