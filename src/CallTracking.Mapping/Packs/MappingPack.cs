using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace CallTracking.Mapping.Packs;

/// <summary>
/// A mapping of a known help desk's export, which comes with the program: data, written in the mapping language. A region uses it as
/// it is, or lays its own keys over it.
/// </summary>
/// <param name="Name">The help desk and the export: <c>zendesk/tickets-jsonl</c>.</param>
/// <param name="Text">The YAML.</param>
public sealed partial record MappingPack(string Name, string Text)
{
    /// <summary>What stands before a pack's name where a mapping extends it, and in its faults.</summary>
    public const string Prefix = "pack:";

    private static readonly Dictionary<string, string[]> ExtensionsByType = new(StringComparer.Ordinal)
    {
        ["delimited"] = [".csv", ".tsv", ".txt"],
        ["json"] = [".json"],
        ["jsonl"] = [".jsonl", ".ndjson", ".json"],
        ["xml"] = [".xml"],
        ["sqldump"] = [".sql"],
        ["excel"] = [".xlsx", ".xls"],
    };

    private const string HttpEnding = ".http";
    private const string SqlEnding = ".sql";

    /// <summary>All packs, in the order of their names.</summary>
    public static IReadOnlyList<MappingPack> All { get; } = Read();

    /// <summary>What it reads: the first line of its text.</summary>
    public string Title => Text[..Text.IndexOf('\n', StringComparison.Ordinal)].TrimStart('#', ' ');

    /// <summary>YAML of how the help desk's interface is asked for its records; null when the pack is of files only.</summary>
    public string? Http { get; private init; }

    /// <summary>YAML of how the help desk's database is asked; null when the pack is of files only.</summary>
    public string? Sql { get; private init; }

    /// <summary>What it joins from files of their own, by what it calls them.</summary>
    public IReadOnlyList<string> Joins { get; } = [.. JoinNames().Matches(Text).Select(match => match.Groups["name"].Value)];

    /// <summary>What faults and digests call it.</summary>
    public string FileName => Prefix + Name;

    /// <summary>The endings of the files that it reads.</summary>
    public IReadOnlyList<string> Extensions => Name.EndsWith("api", StringComparison.Ordinal) ? []
        : Name.Contains("tsv", StringComparison.Ordinal) ? [".tsv", ".txt"] : ExtensionsByType.GetValueOrDefault(FormatType, []);

    /// <summary>The pack that this one is laid over; null when it stands alone.</summary>
    public MappingPack? Below => ExtendedPack().Match(Text) is { Success: true } found ? Find(found.Groups["name"].Value).Single() : null;

    private string FormatType
    {
        get
        {
            const string Key = "{type: ";
            var start = Text.IndexOf(Key, StringComparison.Ordinal);
            return start < 0 ? Below?.FormatType ?? string.Empty : Text[(start + Key.Length)..Text.IndexOfAny([',', '}'], start)];
        }
    }

    /// <summary>
    /// The packs that a name can mean: the one of that name, else those of that help desk whose exports end as <paramref name="file"/>
    /// does (a name or a pattern; <c>.gz</c> at its end counts as none). Empty when no such help desk is known.
    /// </summary>
    public static IReadOnlyList<MappingPack> Find(string name, string? file = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        var bare = name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
        if (All.FirstOrDefault(pack => pack.Name == bare) is { } exact)
        {
            return [exact];
        }

        var ofDesk = All.Where(pack => pack.Name.StartsWith(bare + "/", StringComparison.Ordinal)).ToList();
        var fitting = ofDesk.Where(pack => file is not null && pack.Extensions.Contains(EndingOf(file), StringComparer.OrdinalIgnoreCase)).ToList();
        return fitting.Count > 0 ? fitting : ofDesk;
    }

    // One join a line, as all packs write them.
    [GeneratedRegex(@"^ *- \{as: (?<name>\w+), files: ", RegexOptions.Multiline)]
    private static partial Regex JoinNames();

    [GeneratedRegex("^extends: pack:(?<name>[a-z0-9/-]+)", RegexOptions.Multiline)]
    private static partial Regex ExtendedPack();

    private static string EndingOf(string file) =>
        Path.GetExtension(file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file[..^3] : file);

    private static List<MappingPack> Read()
    {
        var assembly = typeof(MappingPack).Assembly;
        var texts = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(name => name[Prefix.Length..].Replace('\\', '/'), name => TextOf(assembly, name), StringComparer.Ordinal);
        return [.. texts
            .Where(entry => !entry.Key.EndsWith(HttpEnding, StringComparison.Ordinal) && !entry.Key.EndsWith(SqlEnding, StringComparison.Ordinal))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => new MappingPack(entry.Key, entry.Value) { Http = texts.GetValueOrDefault(entry.Key + HttpEnding), Sql = texts.GetValueOrDefault(entry.Key + SqlEnding) })];
    }

    private static string TextOf(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

/// <summary>What a configuration says of a mapping beside its file.</summary>
/// <param name="Pack">The pack that the mapping lies over; null when only the mapping itself says so, by <c>extends</c>.</param>
/// <param name="CustomerCountry">
/// ISO 3166 code that fills <c>customer_country</c> of a mapping over a pack when neither names one, since the law hangs on it.
/// </param>
public sealed record PackUse(MappingPack? Pack, string? CustomerCountry)
{
    /// <summary>Files that the configuration names for joins of the mapping, by what it calls them; one that is named here must be there.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the mapping begins in a YAML text that holds more, such as a configuration: line and column from 1. Null for all of the text.</summary>
    public (int Line, int Column)? At { get; init; }
}
