using System.Text;
using CallTracking.Testing;

namespace CallTracking.EndToEnd.Canaries;

/// <summary>A value that was found, told without the value.</summary>
/// <param name="Value">Which.</param>
/// <param name="Place">Kind of file, such as <c>database</c> or <c>wire</c>.</param>
/// <param name="Form">In which bytes.</param>
/// <param name="File">Where, for whoever mends it.</param>
internal sealed record CanaryFind(CanaryValue Value, string Place, string Form, string File);

/// <summary>Looks for every canary in everything that a night left.</summary>
internal sealed class CanarySearch
{
    public const string Database = "database files";
    public const string Log = "write-ahead log";
    public const string Export = "exports and dumps";
    public const string HubFiles = "the hub's folder and logs";
    public const string Wire = "wire";
    public const string AgentFiles = "agents' folders and logs";

    private readonly List<CanaryValue> _values;
    private readonly NeedleSearch _search;

    private CanarySearch(List<CanaryValue> values, NeedleSearch search) => (_values, _search) = (values, search);

    public int Values => _values.Count;

    public int Forms => _search.Count;

    public long Bytes => _search.Looked;

    public IReadOnlyList<CanaryFind> Finds { get; private set; } = [];

    /// <summary>The places that belong to headquarters.</summary>
    public static IReadOnlyList<string> Headquarters { get; } = [Database, Log, Export, HubFiles];

    public static CanarySearch Of(CanaryNight night)
    {
        var all = night.People.SelectMany(entry => entry.Value.SelectMany(person => person.Values)
            .Append(new CanaryValue(entry.Key.Code, Contracts.DataClass.FileName, "name of the export", Planting.Field, night.FileNames[entry.Key]["cases of ".Length..^".csv".Length]))
            .Select(value => (Centre: entry.Key, Value: value))).ToList();
        var values = all.ConvertAll(entry => entry.Value);
        var search = new CanarySearch(values, new NeedleSearch(all.SelectMany((entry, index) => Needles(entry.Value.Text, entry.Centre.Encoding).Select(form => (index, form.Form, form.Bytes)))));
        search.Finds = [.. Places(night).SelectMany(search.Look)];
        return search;
    }

    private static IEnumerable<(string Form, byte[] Bytes)> Needles(string text, Encoding encoding) => NeedleForms.Of(text, encoding);

    private static IEnumerable<(string Place, string Path)> Places(CanaryNight night)
    {
        foreach (var path in Files(night.Database.Home))
        {
            yield return (path.Contains("/pg_wal/", StringComparison.Ordinal) ? Log : Database, path);
        }

        foreach (var path in Files(night.Folder).Where(path => !path.StartsWith(night.Database.Home, StringComparison.Ordinal)))
        {
            var below = Path.GetRelativePath(night.Folder, path).Split(Path.DirectorySeparatorChar);
            var place = below[0] switch
            {
                "wire" => Wire,
                "exports" => Export,
                "logs" => below[1].StartsWith("hub", StringComparison.Ordinal) ? HubFiles : AgentFiles,
                "world" when below[1] == "hub" => HubFiles,
                "world" when below[2] is not ("inbox" or "desk.yaml") => AgentFiles,
                _ => null, // The region's own exports.
            };
            if (place is not null)
            {
                yield return (place, path);
            }
        }
    }

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.ReparsePoint });

    private IEnumerable<CanaryFind> Look((string Place, string Path) place) =>
        // Pipes and sockets that a killed runtime left in its folder for temporary files have no length, and opening one never ends.
        new FileInfo(place.Path) is { Exists: true, Length: > 0 }
            ? _search.Find(place.Path, place.Path).Select(hit => new CanaryFind(_values[hit.Value], place.Place, hit.Form, place.Path))
            : [];
}
