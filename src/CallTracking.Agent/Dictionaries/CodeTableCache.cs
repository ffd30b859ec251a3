using CallTracking.Agent.Identity;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Privacy;
using Google.Protobuf;

namespace CallTracking.Agent.Dictionaries;

/// <summary>What is kept of a code table.</summary>
/// <param name="Version">The hub's.</param>
/// <param name="Entries">How many codes it has.</param>
/// <param name="ConfirmedAt">When the hub last gave it, or said that it is in force.</param>
internal sealed record KeptTable(uint Version, int Entries, DateTimeOffset ConfirmedAt);

/// <summary>
/// The group's code tables as the hub gave them last, below <c>state/dictionaries</c>: a file a table with its signed pages, whose time is
/// when the hub confirmed it. Until the mappings have been seen to fit a new version, the last one that they fitted is kept beside it. They hold no personal data, so they are not sealed; a page whose signature does not hold is not used.
/// </summary>
internal sealed class CodeTableCache(StateVault state) : ICodeTables
{
    private const string Ending = ".pb";
    private const string Before = ".before";

    private readonly IdentityStore _identity = new(state);
    private readonly SortedDictionary<string, uint> _asked = new(StringComparer.Ordinal);

    /// <summary>The tables that mappings named, whether they are there or not.</summary>
    public IReadOnlyCollection<string> Asked => _asked.Keys;

    /// <summary>Those of them that are not there.</summary>
    public IEnumerable<string> Missing => _asked.Keys.Where(name => Look(name) is null);

    /// <summary>Of a table that a mapping named another version is kept by now than it was given.</summary>
    public bool HasNewer => _asked.Any(table => Look(table.Key) is { } kept && kept.Version != table.Value);

    /// <summary>The tables that are kept, by name, also those that no mapping names.</summary>
    public IEnumerable<string> Kept => Directory.Exists(Folder)
        ? Directory.EnumerateFiles(Folder, "*" + Ending).Select(file => Path.GetFileName(file)[..^Ending.Length]).Where(CodeTableCsv.IsName).Order(StringComparer.Ordinal)
        : [];

    /// <summary>False before the region enrolled: then no table can be had.</summary>
    public bool IsEnrolled => _identity.LoadPolicyKey() is not null;

    private string Folder => Path.Combine(state.Directory, "dictionaries");

    /// <inheritdoc />
    public Dictionary? Find(string name)
    {
        var table = Load(name);
        _asked[name] = table?.Version ?? 0;
        return table;
    }

    /// <summary>The version before the newest, while that is not known to fit; null when there is none.</summary>
    public Dictionary? FindBefore(string name) => Load(name, Before);

    /// <summary>All mappings fit the newest version of these tables: those before are let go.</summary>
    public void ForgetBefore(IEnumerable<string> names)
    {
        foreach (var file in names.Where(CodeTableCsv.IsName).Select(name => FileOf(name + Before)).Where(File.Exists))
        {
            File.Delete(file);
        }
    }

    /// <inheritdoc />
    public string Cure(string name) => !IsEnrolled
        ? "Enrol first: the hub gives code tables to enrolled regions only."
        : "It was never fetched from the hub: run 'calltracking-agent check' while the hub can be reached, and have headquarters import a table of this name if there is none.";

    /// <summary>The concept dictionaries that are kept, by name.</summary>
    public IEnumerable<Dictionary> Concepts => Directory.Exists(Folder)
        ? Directory.EnumerateFiles(Folder, "*.pb").Order(StringComparer.Ordinal).Select(file => Load(Path.GetFileNameWithoutExtension(file))).OfType<Dictionary>().Where(kept => kept.Kind == DictionaryKind.Concepts)
        : [];

    /// <summary>What is kept under a name; null when nothing usable is.</summary>
    public KeptTable? Look(string name) => Load(name) is { } table
        ? new KeptTable(table.Version, table.Entries.Count, new DateTimeOffset(File.GetLastWriteTimeUtc(FileOf(name)), TimeSpan.Zero))
        : null;

    /// <summary>A page, when it is signed by the hub's key; else null.</summary>
    public Dictionary? Open(SignedDictionary page) => _identity.LoadPolicyKey() is { } key ? DictionaryVerifier.Open(page, key) : null;

    /// <summary>The table whose pages these are; null unless they are signed by the hub's key and all of one version.</summary>
    public Dictionary? Join(string name, IReadOnlyList<SignedDictionary> pages)
    {
        if (_identity.LoadPolicyKey() is not { } key)
        {
            return null;
        }

        var table = new Dictionary { Name = name };
        for (var index = 0; index < pages.Count; index++)
        {
            if (DictionaryVerifier.Open(pages[index], key) is not { } page
                || page.Name != name || page.Page != index + 1 || page.Pages != pages.Count || (index > 0 && (page.Version != table.Version || page.Kind != table.Kind)))
            {
                return null;
            }

            (table.Version, table.Kind) = (page.Version, page.Kind);
            table.Entries.Add(page.Entries);
        }

        return pages.Count > 0 ? table : null;
    }

    /// <summary>Keeps the pages of a version in the place of what was kept before; of a table that mappings name that one stays at hand.</summary>
    public void Keep(string name, IReadOnlyList<SignedDictionary> pages, DateTimeOffset now)
    {
        using var content = new MemoryStream();
        foreach (var page in pages)
        {
            page.WriteDelimitedTo(content);
        }

        PrivateFile.CreateFolder(Folder);
        if (_asked.ContainsKey(name) && Load(name) is not null && FindBefore(name) is null)
        {
            File.Move(FileOf(name), FileOf(name + Before), overwrite: true);
        }

        PrivateFile.Write(FileOf(name), content.GetBuffer().AsSpan(0, (int)content.Length));
        Confirm(name, now);
    }

    /// <summary>Keeps it no more.</summary>
    public void Remove(string name) => File.Delete(FileOf(name));

    /// <summary>Notes that the hub still has the version.</summary>
    public void Confirm(string name, DateTimeOffset now) => File.SetLastWriteTimeUtc(FileOf(name), now.UtcDateTime);

    private string FileOf(string name) => Path.Combine(Folder, name + Ending);

    private Dictionary? Load(string name, string which = "")
    {
        if (!CodeTableCsv.IsName(name) || !File.Exists(FileOf(name + which)))
        {
            return null;
        }

        var pages = new List<SignedDictionary>();
        try
        {
            using var content = File.OpenRead(FileOf(name + which));
            while (content.Position < content.Length)
            {
                pages.Add(SignedDictionary.Parser.ParseDelimitedFrom(content));
            }
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }

        return Join(name, pages);
    }
}
