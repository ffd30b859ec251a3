using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CallTracking.Agent.Identity;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sources.Files;

/// <summary>
/// Which cases each file of a folding source had rows of, from run to run, below <c>state/folds</c>: a file is known by what it held, whatever it
/// is called and however it is compressed, a case by a keyed hash. All of it is durable before the first case of a reading is given. Of what
/// was read memory holds the cases of one file, of what is gone the cases of all files: eight bytes each, and the table's own. Not thread-safe.
/// </summary>
internal sealed class FoldJournal : IFoldWatch
{
    private readonly string _folder;
    private readonly bool _keeps;
    private readonly IReadOnlyList<FoldPart> _before;
    private readonly HashSet<ulong> _cases = [];
    private readonly HashSet<string> _present = new(StringComparer.Ordinal);
    private readonly List<FoldPart> _grown = [];
    private readonly HashSet<string> _rewritten = new(StringComparer.Ordinal);
    private readonly HashSet<string> _cut = new(StringComparer.Ordinal);
    private readonly HashSet<string> _lacking = new(StringComparer.Ordinal);
    private readonly List<FoldPart> _new = [];
    private readonly HashSet<ulong> _incomplete = [];
    private HashSet<ulong> _gone = [];

    /// <param name="folder">Of the source's own.</param>
    /// <param name="secret">Keys every hash in it.</param>
    /// <param name="keeps">False to look only: then nothing is written, and no case is held.</param>
    private FoldJournal(string folder, byte[] secret, bool keeps)
    {
        (_folder, Secret, _keeps) = (folder, secret, keeps);
        _before = FoldPart.All(folder);
    }

    /// <inheritdoc />
    public byte[] Secret { get; }

    /// <summary>Entries that are damaged, whether their files are there or not.</summary>
    public int Damaged => _before.Count(part => part.IsDamaged);

    /// <summary>The damaged entries whose files are not there: any case may have had rows in those. Known when all was read.</summary>
    public IReadOnlyList<string> Lost { get; private set; } = [];

    /// <summary>Whether rows of the case that was asked for last may have stood in a file that is gone, and nobody can tell.</summary>
    public bool IsInDoubt { get; private set; }

    /// <summary>Where to note the hash of what a content held before.</summary>
    public IEnumerable<long> Lengths => _before.Select(known => known.Length).Where(length => length >= 0).Concat(ContentMarks.Lengths);

    /// <summary>Files that had rows of cases and are gone, by the names they had. Known when all was read.</summary>
    public IReadOnlyList<string> Gone { get; private set; } = [];

    /// <summary>Files that are shorter than when they had rows of cases, and begin as they did: what is missing counts as gone. Known when all was read.</summary>
    public IReadOnlyList<string> Shrunk { get; private set; } = [];

    /// <summary>Files that were written anew and are shorter than before, or have no row of a case that they had. Known when all was read.</summary>
    public IReadOnlyList<string> Lacking { get; private set; } = [];

    /// <summary>Files with new rows of cases that cannot be made whole: they must be met again. Known when all was read.</summary>
    public HashSet<string> Unsettled { get; } = new(StringComparer.Ordinal);

    /// <summary>The journal of a source; the region must have enrolled.</summary>
    public static FoldJournal Of(string stateDirectory, string source) => Of(stateDirectory, source, new RegionSecret(stateDirectory).LoadSecret(), keeps: true);

    /// <summary>As <see cref="Of(string, string)"/>, to see which files are gone or shrunk; null where nothing is remembered.</summary>
    public static FoldJournal? ToLook(string stateDirectory, string source) =>
        Directory.Exists(FolderOf(stateDirectory, source)) && new RegionSecret(stateDirectory).TryLoadSecret() is { } secret ? Of(stateDirectory, source, secret, keeps: false) : null;

    /// <inheritdoc />
    public void Fed(string part, UInt128 caseKey) => _cases.Add(Short(caseKey));

    /// <summary>All rows of a file were taken: what it held, and that it had rows of these cases, is durable then.</summary>
    /// <param name="name">The file's.</param>
    /// <param name="content">What it held.</param>
    /// <param name="isNew">No reading before is known to have had all its rows.</param>
    /// <param name="trustsSettled">It is not new all the same when some reading settled what it held: it was moved or compressed since.</param>
    public void Ended(string name, ContentHashes content, bool isNew, bool trustsSettled)
    {
        var id = IdOf(content.ByLength[content.Length]);
        var known = _before.Where(part => part.Id == id || (content.ByLength.TryGetValue(part.Length, out var hash) && IdOf(hash) == part.Id)).ToList();
        var longer = _before.Where(part => part.Name == name && part.Length > content.Length && Begins(part, content)).ToList();
        _cut.UnionWith(longer.Select(part => part.Id));
        isNew &= !trustsSettled || !(known.Exists(part => part.Id == id && part.IsSettled) || longer.Exists(part => part.IsSettled));
        var now = new FoldPart(id, name, content.Length, !isNew) { Marks = [.. MarksReached(content).Select(length => MarkOf(content.ByLength[length]))] };
        _present.UnionWith(known.Select(part => part.Id));
        _grown.AddRange(known.Where(part => part.Id != now.Id));
        if (known.Count == 0)
        {
            _rewritten.Add(name);
            _lacking.UnionWith(_before.Where(part => part.Name == name && !part.IsDamaged && (part.Length > content.Length || part.Cases(_folder).Any(one => !_cases.Contains(one)))).Select(part => part.Id));
        }

        if (_cases.Count > 0 && _keeps)
        {
            now.Keep(_folder, _cases);
            _new.AddRange(isNew ? [now] : []);
        }

        _cases.Clear();
    }

    /// <inheritdoc />
    public void Complete()
    {
        // A name that holds what no file held before was written anew, and says what it says now. One that holds what another file held was
        // given on, as rotated logs are: what it held itself is gone. So is what stood behind the end of one that holds the beginning of what it held.
        var missing = _before.Where(part => !_present.Contains(part.Id)).ToLookup(part => _rewritten.Contains(part.Name) && !_cut.Contains(part.Id));
        var gone = missing[false].ToLookup(part => part.IsDamaged);
        Lost = [.. gone[true].Select(part => part.PathOf(_folder))];
        Shrunk = [.. gone[false].Where(part => _cut.Contains(part.Id)).Select(part => part.Name).Distinct(StringComparer.Ordinal)];
        Gone = [.. gone[false].Where(part => !_cut.Contains(part.Id)).Select(part => part.Name)];
        Lacking = [.. missing[true].Where(part => _lacking.Contains(part.Id)).Select(part => part.Name).Distinct(StringComparer.Ordinal)];
        if (!_keeps)
        {
            return;
        }

        foreach (var part in missing[true].Concat(_grown))
        {
            part.Forget(_folder);
        }

        _gone = [.. gone[false].SelectMany(part => part.Cases(_folder))];
        foreach (var part in _new)
        {
            var cases = part.Cases(_folder).ToList();
            var incomplete = cases.Where(_gone.Contains).ToList();
            _incomplete.UnionWith(incomplete);
            if (incomplete.Count > 0 || Lost.Count > 0)
            {
                Unsettled.Add(part.Name);
            }
            else
            {
                (part with { IsSettled = true }).Keep(_folder, cases);
            }
        }
    }

    /// <inheritdoc />
    public FoldState StateOf(UInt128 caseKey)
    {
        IsInDoubt = Lost.Count > 0;
        return _incomplete.Contains(Short(caseKey)) ? FoldState.Incomplete : _gone.Contains(Short(caseKey)) ? FoldState.Settled : FoldState.Whole;
    }

    private static FoldJournal Of(string stateDirectory, string source, byte[] secret, bool keeps) => new(
        FolderOf(stateDirectory, source), HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"calltracking fold journal\0{source}")), keeps);

    private static string FolderOf(string stateDirectory, string source) => Path.Combine(stateDirectory, "folds", source);

    private static IEnumerable<long> MarksReached(ContentHashes content) => ContentMarks.Lengths.TakeWhile(length => length <= content.Length);

    // A hash of a longer beginning speaks for those of the shorter ones.
    private bool Begins(FoldPart part, ContentHashes content) => MarksReached(content).Count() is var reached
        && (reached == 0 || (part.Marks.Count >= reached && part.Marks[reached - 1] == MarkOf(content.ByLength[ContentMarks.Lengths[reached - 1]])));

    private ulong MarkOf(byte[] hash) => BinaryPrimitives.ReadUInt64LittleEndian(HMACSHA256.HashData(Secret, hash));

    private static ulong Short(UInt128 caseKey) => (ulong)(caseKey >> 64);

    private string IdOf(byte[] hash) => Convert.ToHexStringLower(HMACSHA256.HashData(Secret, hash).AsSpan(0, 16));
}
