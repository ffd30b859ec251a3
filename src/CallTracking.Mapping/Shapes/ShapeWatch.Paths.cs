using System.Globalization;
using CallTracking.Contracts;
using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Reading.Json;
using CallTracking.Mapping.Spec;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Shapes;

/// <summary>Paths of the mapping that lead nowhere: a mistyped one gives no fault, only empty fields.</summary>
public sealed partial class ShapeWatch
{
    /// <summary>
    /// Each path of the mapping that no record had which was looked at, with its place in the mapping file and what may be meant; none before any
    /// record was read. Of tables, whose header is checked, each optional column that no input has where one that nothing reads may be meant.
    /// </summary>
    public IReadOnlyList<MissedPath> MissedPaths()
    {
        if (_columns.Count >= SourceShape.MostColumns || (!IsTable && _looked == 0))
        {
            return [];
        }

        var seen = _columns.Keys.Union(_empty).ToList();
        var unread = seen.Where(name => !IsRead(name)).ToList();
        return IsTable
            ? [.. _mapping.ColumnTable.Columns.Where(column => column.IsOptional && HeaderNames.Find(seen, column.Name).Count == 0).Select(column => Renamed(column, unread)).OfType<MissedPath>()]
            : [.. _mapping.Terms.Paths.OrderBy(path => path.Value).Select(path => Missed(path.Key, path.Value, seen, unread)).OfType<MissedPath>()];
    }

    /// <summary>
    /// Paths that the mapping reads, that were known, and that by their share so far 20 of the records looked at should have had: none did, and the contract
    /// takes that as it comes. Fields that read only such a path are empty in every case.
    /// </summary>
    public IReadOnlyList<string> Emptied => IsTable ? [] : [.. Vanished(Seen).Where(change => change is { Answer: ContractAnswer.Evolve, IsRead: true }).Select(change => Told(change.Column))];

    private MissedPath? Renamed(ColumnRef column, List<string> unread) => NearestNames.Mistyped(column.Name, unread.Where(name => UnmappedNames.IsPlain(name))) is not { } renamed
        ? null
        : new MissedPath(column.Name, true, _mapping.FaultAt(column.Line, $"No input has the column '{column.Name}', which is optional.", Instead(renamed)));

    private static string Instead(string unread) => $"Did you mean '{unread}', which nothing reads?";

    // Of the same group: a name is mistyped or renamed, seldom what leads to it.
    private static string? Renamed(string place, List<string> unread)
    {
        var behind = place.LastIndexOf('.') + 1;
        return NearestNames.Mistyped(place[behind..], unread.Where(name => name.LastIndexOf('.') + 1 == behind && name.StartsWith(place[..behind], StringComparison.Ordinal)).Select(name => name[behind..])) is { } renamed
            ? place[..behind] + renamed
            : null;
    }

    private MissedPath? Missed(string path, int line, List<string> seen, List<string> unread)
    {
        if (JsonPath.Parse(path) is not { } parsed || parsed.Names.Any(name => name?.StartsWith('#') == true || !IsVisited(name)))
        {
            return null;
        }

        var place = parsed.Names.Aggregate(string.Empty, (whole, name) => name is null ? whole + "[*]" : whole.Length == 0 ? name : $"{whole}.{name}");
        if (seen.Exists(known => Leads(known, place)))
        {
            return Unmet(path, line);
        }

        var plain = Plain(place);
        var listed = seen.Find(known => Leads(Plain(known), plain)) is { } found ? WithLists(found, parsed.Names.Count(name => name is not null)) : null;
        var isNear = seen.Exists(known => NearestNames.IsNear(place, known));
        var renamed = listed is null && !isNear ? Renamed(place, unread) : null;
        return new MissedPath(path, isNear || listed is not null || renamed is not null, _mapping.FaultAt(
            line,
            string.Create(CultureInfo.InvariantCulture, $"None of the {_looked:N0} {(_looked == 1 ? "record" : "records")} looked at has '{path}'."),
            listed is not null ? $"It leads into a list: write '{listed}', or [0] for the first, [name=value] for one of them."
                : renamed is not null ? Instead(renamed)
                : NearestNames.Cure(place, seen)))
        {
            IsOverPack = _mapping.IsOverPack(line),
        };
    }

    // The list is there, but the element that is chosen from it is in no record.
    private MissedPath? Unmet(string path, int line) =>
        _mapping.ColumnTable.Columns.FirstOrDefault(column => column.Name == path) is { } column && _choices?.Missed(column) is var (step, meant)
            ? new MissedPath(path, meant is not null, _mapping.FaultAt(
                line,
                string.Create(CultureInfo.InvariantCulture, $"None of the {_looked:N0} {(_looked == 1 ? "record" : "records")} looked at has '{step}' of '{path}'."),
                meant is null ? "Compare it with the elements that the export has." : $"Did you mean '{meant}'?"))
            {
                IsOverPack = _mapping.IsOverPack(line),
            }
            : null;

    // A list at the end stands for its elements, and one element alone for a list of one.
    private static bool Leads(string known, string place) =>
        IsAtOrBelow(known, place) || (place.Contains("[*]", StringComparison.Ordinal) && IsAtOrBelow(known, Plain(place)) && !known.Contains("[*]", StringComparison.Ordinal));

    private static bool IsAtOrBelow(string known, string place) =>
        known.StartsWith(place, StringComparison.Ordinal) && (known.Length == place.Length || known[place.Length] is '.' or '[');

    private static bool IsVisited(string? name) => name is null || UnmappedNames.IsPlain(name.StartsWith('@') ? name[1..] : name);

    private static string Plain(string path) => path.Replace("[*]", string.Empty, StringComparison.Ordinal);

    private static string WithLists(string known, int names) => string.Join('.', known.Split('.').Take(names)) is var whole && whole.EndsWith("[*]", StringComparison.Ordinal) ? whole[..^3] : whole;
}

/// <summary>A path that the mapping reads and no record has.</summary>
/// <param name="Path">As the mapping has it, with what leads there.</param>
/// <param name="IsNear">A path that there is may be meant.</param>
/// <param name="Fault">Where the mapping names it, and what to write.</param>
public sealed record MissedPath(string Path, bool IsNear, Fault Fault)
{
    /// <summary>A line that was laid over a pack names it: of all it was written for this very source.</summary>
    public bool IsOverPack { get; init; }
}
