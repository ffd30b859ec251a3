using System.Globalization;
using CallTracking.Contracts;
using CallTracking.Mapping.Reading.Json;
using CallTracking.Mapping.Spec;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Shapes;

/// <summary>Paths of the mapping that lead nowhere: a mistyped one gives no fault, only empty fields.</summary>
public sealed partial class ShapeWatch
{
    /// <summary>
    /// Each path of the mapping that no record had which was looked at, with its place in the mapping file and what may be meant; none for tables,
    /// whose header is checked, and before any record was read.
    /// </summary>
    public IReadOnlyList<MissedPath> MissedPaths()
    {
        if (IsTable || _looked == 0 || _columns.Count >= SourceShape.MostColumns)
        {
            return [];
        }

        var seen = _columns.Keys.Union(_empty).ToList();
        return [.. _mapping.Terms.Paths.OrderBy(path => path.Value).Select(path => Missed(path.Key, path.Value, seen)).OfType<MissedPath>()];
    }

    private MissedPath? Missed(string path, int line, List<string> seen)
    {
        if (JsonPath.Parse(path) is not { } parsed || parsed.Names.Any(name => name?.StartsWith('#') == true || !IsVisited(name)))
        {
            return null;
        }

        var place = parsed.Names.Aggregate(string.Empty, (whole, name) => name is null ? whole + "[*]" : whole.Length == 0 ? name : $"{whole}.{name}");
        if (seen.Exists(known => Leads(known, place)))
        {
            return null;
        }

        var plain = Plain(place);
        var listed = seen.Find(known => Leads(Plain(known), plain)) is { } found ? WithLists(found, parsed.Names.Count(name => name is not null)) : null;
        return new MissedPath(path, listed is not null || seen.Exists(known => NearestNames.IsNear(place, known)), _mapping.FaultAt(
            line,
            string.Create(CultureInfo.InvariantCulture, $"None of the {_looked:N0} {(_looked == 1 ? "record" : "records")} looked at has '{path}'."),
            listed is null ? NearestNames.Cure(place, seen) : $"It leads into a list: write '{listed}', or [0] for the first, [name=value] for one of them."));
    }

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
public sealed record MissedPath(string Path, bool IsNear, Fault Fault);
