using CallTracking.Contracts;
using CallTracking.Mapping;

namespace CallTracking.Agent.Dictionaries;

/// <summary>A code table whose newest version a mapping cannot use, so that it goes on with the one before.</summary>
/// <param name="Name">The table's.</param>
/// <param name="Version">The newest, which does not fit.</param>
/// <param name="UsedVersion">The one that is used.</param>
/// <param name="Mapping">The mapping's file.</param>
/// <param name="Fault">Why the newest does not fit.</param>
internal sealed record HeldBackTable(string Name, uint Version, uint UsedVersion, string Mapping, Fault Fault)
{
    /// <summary>One line for people.</summary>
    public override string ToString() =>
        $"code table {Name}: version {UsedVersion} is used and not {Version}, which does not fit {Mapping} ({Fault}). Mend the mapping, or have headquarters mend the table";
}

/// <summary>The tables as one mapping is given them: some in their version before the newest. Notes which are asked for.</summary>
internal sealed class HeldBackTables(CodeTableCache cache, IReadOnlyCollection<string> heldBack) : ICodeTables
{
    private readonly SortedSet<string> _asked = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public Dictionary? Find(string name)
    {
        _asked.Add(name);
        var newest = cache.Find(name);
        return heldBack.Contains(name) ? cache.FindBefore(name) : newest;
    }

    /// <inheritdoc />
    public string Cure(string name) => cache.Cure(name);

    /// <summary>
    /// Loads a mapping with the newest version of each table; where it does not fit, with the version before of those tables, one or all, with which
    /// it does. With none it keeps the faults that the newest gave.
    /// </summary>
    public static (MappingLoad Load, IReadOnlyList<HeldBackTable> HeldBack) Load(CodeTableCache cache, Func<ICodeTables, MappingLoad> load)
    {
        var newest = new HeldBackTables(cache, []);
        var first = load(newest);
        if (first.Faults.Count == 0)
        {
            return (first, []);
        }

        var older = newest._asked.Where(name => cache.Find(name) is not null && cache.FindBefore(name) is not null).ToList();
        foreach (var names in older.Select(name => new List<string> { name }).Append(older).Where(names => names.Count > 0))
        {
            var other = load(new HeldBackTables(cache, names));
            if (other.Faults.Count == 0)
            {
                return (other, [.. names.Select(name => new HeldBackTable(
                    name, cache.Find(name)!.Version, cache.FindBefore(name)!.Version, Path.GetFileName(first.Faults[0].File), first.Faults[0]))]);
            }
        }

        return (first, []);
    }
}
