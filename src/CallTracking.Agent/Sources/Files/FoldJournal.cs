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
    private readonly IReadOnlyList<FoldPart> _before;
    private readonly HashSet<ulong> _cases = [];
    private readonly HashSet<string> _present = new(StringComparer.Ordinal);
    private readonly List<FoldPart> _grown = [];
    private readonly HashSet<string> _rewritten = new(StringComparer.Ordinal);
    private readonly List<FoldPart> _new = [];
    private readonly HashSet<ulong> _incomplete = [];
    private HashSet<ulong> _gone = [];

    /// <param name="folder">Of the source's own.</param>
    /// <param name="secret">Keys every hash in it.</param>
    public FoldJournal(string folder, byte[] secret)
    {
        (_folder, Secret) = (folder, secret);
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
    public IEnumerable<long> Lengths => _before.Select(known => known.Length).Where(length => length >= 0);

    /// <summary>Files that had rows of cases and are gone, by the names they had. Known when all was read.</summary>
    public IReadOnlyList<string> Gone { get; private set; } = [];

    /// <summary>Files with new rows of cases that cannot be made whole: they must be met again. Known when all was read.</summary>
    public HashSet<string> Unsettled { get; } = new(StringComparer.Ordinal);

    /// <summary>The journal of a source; the region must have enrolled.</summary>
    public static FoldJournal Of(string stateDirectory, string source)
    {
        var secret = HMACSHA256.HashData(new IdentityStore(stateDirectory).LoadSecret(), Encoding.UTF8.GetBytes($"calltracking fold journal\0{source}"));
        return new FoldJournal(Path.Combine(stateDirectory, "folds", source), secret);
    }

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
        isNew &= !trustsSettled || !known.Exists(part => part.Id == id && part.IsSettled);
        var now = new FoldPart(id, name, content.Length, !isNew);
        _present.UnionWith(known.Select(part => part.Id));
        _grown.AddRange(known.Where(part => part.Id != now.Id));
        if (known.Count == 0)
        {
            _rewritten.Add(name);
        }

        if (_cases.Count > 0)
        {
            now.Keep(_folder, _cases);
            _cases.Clear();
            _new.AddRange(isNew ? [now] : []);
        }
    }

    /// <inheritdoc />
    public void Complete()
    {
        // A name that holds what no file held before was written anew, and says what it says now. One that holds what another file held was
        // given on, as rotated logs are: what it held itself is gone.
        var missing = _before.Where(part => !_present.Contains(part.Id)).ToLookup(part => _rewritten.Contains(part.Name));
        foreach (var part in missing[true].Concat(_grown))
        {
            part.Forget(_folder);
        }

        var gone = missing[false].ToLookup(part => part.IsDamaged);
        Lost = [.. gone[true].Select(part => part.PathOf(_folder))];
        Gone = [.. gone[false].Select(part => part.Name)];
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

    private static ulong Short(UInt128 caseKey) => (ulong)(caseKey >> 64);

    private string IdOf(byte[] hash) => Convert.ToHexStringLower(HMACSHA256.HashData(Secret, hash).AsSpan(0, 16));
}
