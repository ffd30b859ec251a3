using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CallTracking.Agent.Identity;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sources.Files;

/// <summary>
/// Which rows of which cases each file of a folding source had, from run to run, below <c>state/folds</c>: a file is known by what it held,
/// whatever it is called and however it is compressed, a case and a row by keyed hashes. All of it is durable before the first case of a reading is given.
/// Memory holds the keys of the cases that lost rows, and of all others a share. Not thread-safe.
/// </summary>
internal sealed class FoldJournal : IFoldWatch
{
    private readonly string _folder;
    private readonly bool _keeps;
    private readonly bool _accepts;
    private readonly IReadOnlyList<FoldPart> _before;
    private readonly ulong _rule;
    private readonly RowLog _rows;
    private readonly Dictionary<ulong, long> _perCase = [];
    private readonly List<byte[]> _contents = [];
    private readonly HashSet<string> _copies = new(StringComparer.Ordinal);
    private readonly HashSet<string> _present = new(StringComparer.Ordinal);
    private readonly List<FoldPart> _grown = [];
    private readonly HashSet<string> _rewritten = new(StringComparer.Ordinal);
    private readonly HashSet<string> _cut = new(StringComparer.Ordinal);
    private readonly List<FoldToday> _today = [];
    private readonly HashSet<ulong> _incomplete = [];
    private readonly HashSet<ulong> _doubtful = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<ulong> _losing = [];
    private bool _isOrdered;

    /// <param name="folder">Of the source's own.</param>
    /// <param name="secret">Keys every hash in it.</param>
    /// <param name="rule">Of what places and contents of rows are made.</param>
    /// <param name="accepts">The mapping does without rows that a file lacks: they are told once, and forgotten.</param>
    /// <param name="keeps">False to look only: then nothing is written, and no case is held.</param>
    private FoldJournal(string folder, byte[] secret, ulong rule, bool accepts, bool keeps)
    {
        (_folder, Secret, _rule, _accepts, _keeps) = (folder, secret, rule, accepts, keeps);
        _before = FoldPart.All(folder);
        _rows = new RowLog(keeps ? Path.Combine(folder, "rows.part") : null, holdsAll: !keeps);
        if (keeps)
        {
            FoldPart.ForgetPending(folder);
        }
    }

    /// <inheritdoc />
    public byte[] Secret { get; }

    /// <summary>Entries that are damaged, whether their files are there or not.</summary>
    public int Damaged => _before.Count(part => part.IsDamaged);

    /// <summary>The damaged entries whose files are not there: any case may have had rows in those. Known when all was read.</summary>
    public IReadOnlyList<string> Lost { get; private set; } = [];

    /// <summary>Whether rows of the case that was asked for last may have stood in a file that is gone, and nobody can tell.</summary>
    public bool IsInDoubt { get; private set; }

    /// <summary>Nothing is written.</summary>
    public bool IsToLook => !_keeps;

    /// <summary>What the files were called that had rows of cases.</summary>
    public IEnumerable<string> Names => _before.Select(part => part.Name);

    /// <summary>Where to note the hash of what a content held before.</summary>
    public IEnumerable<long> Lengths => _before.Select(known => known.Length).Where(length => length >= 0).Concat(ContentMarks.Lengths);

    /// <summary>Files that had rows of cases and are gone, by the names they had. Known when all was read.</summary>
    public IReadOnlyList<string> Gone { get; private set; } = [];

    /// <summary>Files that are shorter than when they had rows of cases, and begin as they did: what is missing counts as gone. Known when all was read.</summary>
    public IReadOnlyList<string> Shrunk { get; private set; } = [];

    /// <summary>Files that were written anew without rows that they had: what is missing counts as gone. Known when all was read.</summary>
    public IReadOnlyList<string> Lacking { get; private set; } = [];

    /// <summary>How many cases lost rows so. Known when all was read.</summary>
    public int Losing { get; private set; }

    /// <summary>Files with new rows of cases that cannot be made whole: they must be met again. Known when all was read.</summary>
    public HashSet<string> Unsettled { get; } = new(StringComparer.Ordinal);

    /// <summary>The journal of a source; the region must have enrolled.</summary>
    public static FoldJournal Of(StateVault state, string source, ulong rule, bool accepts) => new(
        FolderOf(state, source), SecretOf(new RegionSecret(state).LoadSecret(), source), rule, accepts, keeps: true);

    /// <summary>As <see cref="Of"/>, to see which files are gone, shrunk or lack rows; null where nothing is remembered.</summary>
    public static FoldJournal? ToLook(StateVault state, string source, ulong rule) =>
        Directory.Exists(FolderOf(state, source)) && new RegionSecret(state).TryLoadSecret() is { } secret
            ? new FoldJournal(FolderOf(state, source), SecretOf(secret, source), rule, accepts: false, keeps: false)
            : null;

    /// <summary>Whether the cases are as these contents say, and perhaps others that are gone: then there is nothing to read.</summary>
    public static bool WasReadFrom(StateVault state, string source, IEnumerable<byte[]> contents) =>
        FoldedFiles.Hold(FolderOf(state, source), SecretOf(new RegionSecret(state).LoadSecret(), source), contents);

    /// <inheritdoc />
    public void Fed(string part, UInt128 caseKey, long? order, ReadOnlySpan<byte> row)
    {
        var key = Short(caseKey);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Secret, row, hash);
        _isOrdered = order is not null;
        _rows.Add(new FoldedRow(key, order ?? CollectionsMarshal.GetValueRefOrAddDefault(_perCase, key, out _)++, BinaryPrimitives.ReadUInt64LittleEndian(hash)));
    }

    /// <summary>All rows of a file were taken: what it held, and which rows of which cases, waits for the others.</summary>
    /// <param name="name">The file's.</param>
    /// <param name="content">What it held.</param>
    /// <param name="packed">SHA-256 of the file itself.</param>
    /// <param name="isNew">No reading before is known to have had all its rows.</param>
    /// <param name="trustsSettled">It is not new all the same when some reading settled what it held: it was moved or compressed since.</param>
    public void Ended(string name, ContentHashes content, byte[] packed, bool isNew, bool trustsSettled)
    {
        var id = IdOf(content.ByLength[content.Length]);
        _contents.Add(packed);
        var known = _before.Where(part => part.Id == id || (content.ByLength.TryGetValue(part.Length, out var hash) && IdOf(hash) == part.Id)).ToList();
        var longer = _before.Where(part => part.Name == name && part.Length > content.Length && Begins(part, content) && IsPieceOf(part)).ToList();
        _cut.UnionWith(longer.Select(part => part.Id));
        isNew &= !trustsSettled || !(known.Exists(part => part.Id == id && part.IsSettled) || longer.Exists(part => part.IsSettled));
        var now = new FoldPart(id, name, content.Length, !isNew) { IsPending = _keeps, Rule = _rule, RowCount = _rows.Count, Marks = [.. MarksReached(content).Select(length => MarkOf(content.ByLength[length]))] };
        _present.UnionWith(known.Select(part => part.Id));
        _grown.AddRange(known.Where(part => part.Id != now.Id));
        _names.Add(name);
        if (known.Count == 0 || known.Exists(part => part.Name == name))
        {
            _rewritten.Add(name);
        }

        if (_today.Exists(file => file.Part.Id == id))
        {
            _copies.Add(name);
        }
        else if (_rows.Count > 0)
        {
            if (_keeps)
            {
                now.Keep(_folder, _rows.All());
            }

            _today.Add(new FoldToday(now, known, isNew, longer.Count > 0, !trustsSettled, _keeps ? null : [.. _rows.All()]));
        }

        _rows.Clear();
        _perCase.Clear();
    }

    /// <inheritdoc />
    public bool IsCopy(string part) => _copies.Contains(part);

    /// <inheritdoc />
    public void Complete()
    {
        // A name that holds what no file held before, or what it held itself, was written anew, and says what it says now, unless it lacks rows. One that holds what
        // another file held was given on, as rotated logs are: what it held itself is gone. So is what stood behind the end of one that holds the beginning of what it held.
        var absent = _before.Where(part => !_present.Contains(part.Id)).ToList();
        Lost = [.. absent.Where(part => part.IsDamaged && (_cut.Contains(part.Id) || !_rewritten.Contains(part.Name))).Select(part => part.PathOf(_folder))];
        var missing = absent.Where(part => !part.IsDamaged).ToList();
        using var comparison = new FoldComparison(_folder, _today, missing, _rule, _isOrdered, FoldedFiles.Waiting(_folder), part => !part.IsRest && WayOf(part) == Way.Rewritten, part => new RowLog(_keeps ? part.PathOf(_folder) + ".lost" : null));
        comparison.Run();
        var rests = missing.Select((part, index) => new Rest(part, WayOf(part), comparison.LostOf(index))).ToList();
        Shrunk = NamesOf(rests, Way.Cut);
        Gone = NamesOf(rests, Way.Gone);
        Lacking = NamesOf(rests, Way.Rewritten);
        Losing = rests.Where(rest => rest.Way == Way.Rewritten).SelectMany(rest => rest.Lost.All()).Select(row => row.Key).Where(comparison.Losing.Contains).Distinct().Count();
        _losing.UnionWith(comparison.Losing);
        _doubtful.UnionWith(comparison.Doubtful);
        _incomplete.UnionWith(comparison.Losing.Where(comparison.Fresh.Contains));
        if (!_keeps)
        {
            return;
        }

        // From here on the journal says what was read tonight.
        for (var file = 0; file < _today.Count; file++)
        {
            _today[file] = _today[file] with { Part = _today[file].Part.Promoted(_folder) };
        }

        foreach (var rest in rests.Where(rest => rest.Lost.Count > 0 && (!_accepts || rest.Way != Way.Rewritten)))
        {
            (rest.Part with { IsRest = true, RowCount = rest.Lost.Count }).Keep(_folder, rest.Lost.All());
        }

        var healed = rests.Where(rest => rest.Lost.Count == 0 || (_accepts && rest.Way == Way.Rewritten)).Select(rest => rest.Part);
        var replaced = absent.Where(part => part.IsDamaged && !Lost.Contains(part.PathOf(_folder)));
        // What one file grew from may stand in another as it was.
        foreach (var part in healed.Concat(replaced).Concat(_grown.Where(part => !_today.Exists(file => file.Part.Id == part.Id))))
        {
            part.Forget(_folder);
        }

        Settle();
        FoldedFiles.Keep(_folder, Secret, _contents, _incomplete.Concat(_doubtful));
    }

    /// <inheritdoc />
    public FoldState StateOf(UInt128 caseKey)
    {
        var key = Short(caseKey);
        IsInDoubt = Lost.Count > 0 || _doubtful.Contains(key);
        return _incomplete.Contains(key) ? FoldState.Incomplete : _losing.Contains(key) ? FoldState.Settled : FoldState.Whole;
    }

    /// <summary>What it told is still there; rows of a file that was not read to its end are forgotten.</summary>
    public void Dispose() => _rows.Dispose();

    private static IReadOnlyList<string> NamesOf(IEnumerable<Rest> rests, Way way) =>
        [.. rests.Where(rest => rest.Way == way && rest.Lost.Count > 0).Select(rest => rest.Part.Name).Distinct(StringComparer.Ordinal)];

    private Way WayOf(FoldPart part) => _cut.Contains(part.Id) ? Way.Cut
        : (part.IsRest ? !_names.Contains(part.Name) : !_rewritten.Contains(part.Name)) ? Way.Gone : Way.Rewritten;

    private void Settle()
    {
        var isHeld = _incomplete.Count + _doubtful.Count > 0;
        foreach (var (part, _, isNew, _, _, _) in _today)
        {
            if ((isNew && Lost.Count > 0) || (isHeld && part.Rows(_folder).Any(row => _incomplete.Contains(row.Key) || _doubtful.Contains(row.Key))))
            {
                Unsettled.Add(part.Name);
            }

            if (isNew && Lost.Count == 0)
            {
                (part with { IsSettled = true }).Keep(_folder, part.Rows(_folder));
            }
        }
    }

    private static byte[] SecretOf(byte[] secret, string source) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"calltracking fold journal\0{source}"));

    private static string FolderOf(StateVault state, string source) => Path.Combine(state.Directory, "folds", source);

    private static IEnumerable<long> MarksReached(ContentHashes content) => ContentMarks.Lengths.TakeWhile(length => length <= content.Length);

    // A hash of a longer beginning speaks for those of the shorter ones.
    private bool Begins(FoldPart part, ContentHashes content) => MarksReached(content).Count() is var reached
        && (reached == 0 || (part.Marks.Count >= reached && part.Marks[reached - 1] == MarkOf(content.ByLength[ContentMarks.Lengths[reached - 1]])));

    // What was cut off has the rows that it had, up to the last, which may be a piece of one.
    private bool IsPieceOf(FoldPart part)
    {
        if (part.IsDamaged || part.IsRest || part.Rule != _rule)
        {
            return true;
        }

        var left = _rows.Count;
        return _rows.All().Zip(part.Rows(_folder)).All(row => --left == 0 ? !_isOrdered || row.First.Place == row.Second.Place : row.First == row.Second);
    }

    private ulong MarkOf(byte[] hash) => BinaryPrimitives.ReadUInt64LittleEndian(HMACSHA256.HashData(Secret, hash));

    private static ulong Short(UInt128 caseKey) => (ulong)(caseKey >> 64);

    private string IdOf(byte[] hash) => Convert.ToHexStringLower(HMACSHA256.HashData(Secret, hash).AsSpan(0, 16));

    /// <summary>What became of a file whose content is not there.</summary>
    private enum Way
    {
        Gone,
        Cut,
        Rewritten,
    }

    /// <summary>What is missing of a file.</summary>
    private sealed record Rest(FoldPart Part, Way Way, RowLog Lost);
}
