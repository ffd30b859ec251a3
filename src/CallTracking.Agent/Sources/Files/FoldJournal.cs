using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CallTracking.Agent.Identity;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sources.Files;

/// <summary>
/// How many rows of which cases each file of a folding source had, from run to run, below <c>state/folds</c>: a file is known by what it held,
/// whatever it is called and however it is compressed, a case by a keyed hash. All of it is durable before the first case of a reading is given.
/// Of what was read memory holds the cases of one file, of what is gone the cases of all files. Not thread-safe.
/// </summary>
internal sealed class FoldJournal : IFoldWatch
{
    private readonly string _folder;
    private readonly bool _keeps;
    private readonly bool _accepts;
    private readonly IReadOnlyList<FoldPart> _before;
    private readonly Dictionary<ulong, FoldedCase> _cases = [];
    private readonly HashSet<string> _present = new(StringComparer.Ordinal);
    private readonly List<FoldPart> _grown = [];
    private readonly HashSet<string> _rewritten = new(StringComparer.Ordinal);
    private readonly HashSet<string> _cut = new(StringComparer.Ordinal);
    private readonly List<FoldToday> _today = [];
    private readonly HashSet<ulong> _incomplete = [];
    private readonly HashSet<ulong> _doubtful = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    // The place behind which rows of a case are new, by case.
    private readonly Dictionary<ulong, long> _gone = [];
    private bool _isOrdered;

    /// <param name="folder">Of the source's own.</param>
    /// <param name="secret">Keys every hash in it.</param>
    /// <param name="accepts">The mapping does without rows that a file lacks: they are told once, and forgotten.</param>
    /// <param name="keeps">False to look only: then nothing is written, and no case is held.</param>
    private FoldJournal(string folder, byte[] secret, bool accepts, bool keeps)
    {
        (_folder, Secret, _accepts, _keeps) = (folder, secret, accepts, keeps);
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

    /// <summary>Files that were written anew without rows that they had: what is missing counts as gone. Known when all was read.</summary>
    public IReadOnlyList<string> Lacking { get; private set; } = [];

    /// <summary>How many cases lost rows so. Known when all was read.</summary>
    public int Losing { get; private set; }

    /// <summary>Files with new rows of cases that cannot be made whole: they must be met again. Known when all was read.</summary>
    public HashSet<string> Unsettled { get; } = new(StringComparer.Ordinal);

    /// <summary>The journal of a source; the region must have enrolled.</summary>
    public static FoldJournal Of(string stateDirectory, string source, bool accepts) => new(
        FolderOf(stateDirectory, source), SecretOf(new RegionSecret(stateDirectory).LoadSecret(), source), accepts, keeps: true);

    /// <summary>As <see cref="Of"/>, to see which files are gone, shrunk or lack rows; null where nothing is remembered.</summary>
    public static FoldJournal? ToLook(string stateDirectory, string source) =>
        Directory.Exists(FolderOf(stateDirectory, source)) && new RegionSecret(stateDirectory).TryLoadSecret() is { } secret
            ? new FoldJournal(FolderOf(stateDirectory, source), SecretOf(secret, source), accepts: false, keeps: false)
            : null;

    /// <inheritdoc />
    public void Fed(string part, UInt128 caseKey, long? order)
    {
        var row = new FoldedCase(Short(caseKey), 1, order ?? 0, order ?? 0);
        ref var has = ref CollectionsMarshal.GetValueRefOrAddDefault(_cases, row.Key, out var isThere);
        has = isThere ? has.With(row) : row;
        _isOrdered = order is not null;
    }

    /// <summary>All rows of a file were taken: what it held, and how many rows of which cases, is durable then.</summary>
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
        var now = new FoldPart(id, name, content.Length, !isNew) { IsOrdered = _isOrdered, Marks = [.. MarksReached(content).Select(length => MarkOf(content.ByLength[length]))] };
        _present.UnionWith(known.Select(part => part.Id));
        _grown.AddRange(known.Where(part => part.Id != now.Id));
        _names.Add(name);
        if (known.Count == 0 || known.Exists(part => part.Name == name))
        {
            _rewritten.Add(name);
        }

        if (_cases.Count > 0)
        {
            if (_keeps)
            {
                now.Keep(_folder, _cases.Values);
            }

            _today.Add(new FoldToday(now, known, isNew, !trustsSettled, _keeps ? null : [.. _cases.Values]));
        }

        _cases.Clear();
    }

    /// <inheritdoc />
    public void Complete()
    {
        // A name that holds what no file held before, or what it held itself, was written anew, and says what it says now, unless it lacks rows. One that holds what
        // another file held was given on, as rotated logs are: what it held itself is gone. So is what stood behind the end of one that holds the beginning of what it held.
        var missing = _before.Where(part => !_present.Contains(part.Id)).ToList();
        var cut = missing.Where(part => _cut.Contains(part.Id) && !part.IsDamaged).ToList();
        Lost = [.. missing.Where(part => part.IsDamaged && (_cut.Contains(part.Id) || !_rewritten.Contains(part.Name))).Select(part => part.PathOf(_folder))];
        var comparison = new FoldComparison(_folder, _today, missing, _isOrdered);
        var rests = missing.Where(part => !_cut.Contains(part.Id)).Select(part => Compare(part, comparison)).ToList();
        Shrunk = NamesOf(cut);
        Gone = NamesOf(rests.Where(rest => rest.IsGone && rest.Lost.Count > 0).Select(rest => rest.Part));
        var lacking = rests.Where(rest => !rest.IsGone && rest.Lost.Count > 0).ToList();
        Lacking = NamesOf(lacking.Select(rest => rest.Part));
        Losing = lacking.SelectMany(rest => rest.Lost).Where(one => one.Rows > 0).DistinctBy(one => one.Key).Count();
        if (!_keeps)
        {
            return;
        }

        foreach (var part in rests.Where(rest => (rest.Lost.Count == 0 && !Lost.Contains(rest.Part.PathOf(_folder))) || (_accepts && !rest.IsGone)).Select(rest => rest.Part).Concat(_grown))
        {
            part.Forget(_folder);
        }

        var held = cut.Select(part => new Rest(part, true, [.. part.Cases(_folder)])).Concat(rests.Where(rest => rest.Lost.Count > 0 && (rest.IsGone || !_accepts))).ToList();
        foreach (var rest in held)
        {
            (rest.Part with { IsRest = true }).Keep(_folder, rest.Lost);
        }

        Hold(held);
    }

    /// <inheritdoc />
    public FoldState StateOf(UInt128 caseKey)
    {
        IsInDoubt = Lost.Count > 0 || _doubtful.Contains(Short(caseKey));
        return _incomplete.Contains(Short(caseKey)) ? FoldState.Incomplete : _gone.ContainsKey(Short(caseKey)) ? FoldState.Settled : FoldState.Whole;
    }

    private static IReadOnlyList<string> NamesOf(IEnumerable<FoldPart> parts) => [.. parts.Select(part => part.Name).Distinct(StringComparer.Ordinal)];

    private Rest Compare(FoldPart part, FoldComparison comparison)
    {
        var isGone = part.IsRest ? !_names.Contains(part.Name) : !_rewritten.Contains(part.Name);
        return new Rest(part, isGone, part.IsDamaged ? [] : comparison.LostOf(part, isGone));
    }

    private void Hold(IEnumerable<Rest> rests)
    {
        foreach (var rest in rests)
        {
            _doubtful.UnionWith(rest.Lost.Where(one => one.Rows == 0).Select(one => one.Key));
            foreach (var one in rest.Lost.Where(one => one.Rows > 0))
            {
                var newer = rest.Part.IsOrdered && _isOrdered && !rest.IsGone ? one.Last : long.MinValue;
                _gone[one.Key] = Math.Min(newer, _gone.GetValueOrDefault(one.Key, newer));
            }
        }

        foreach (var (part, _, _, isAskedAgain, _) in _today.Where(file => file.IsNew))
        {
            var has = part.Cases(_folder).ToList();
            var incomplete = has.Where(one => _gone.TryGetValue(one.Key, out var newer) && (isAskedAgain || newer == long.MinValue || one.Last > newer)).ToList();
            _incomplete.UnionWith(incomplete.Select(one => one.Key));
            if (incomplete.Count > 0 || Lost.Count > 0 || has.Exists(one => _doubtful.Contains(one.Key)))
            {
                Unsettled.Add(part.Name);
            }
            else
            {
                (part with { IsSettled = true }).Keep(_folder, has);
            }
        }
    }

    private static byte[] SecretOf(byte[] secret, string source) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"calltracking fold journal\0{source}"));

    private static string FolderOf(string stateDirectory, string source) => Path.Combine(stateDirectory, "folds", source);

    private static IEnumerable<long> MarksReached(ContentHashes content) => ContentMarks.Lengths.TakeWhile(length => length <= content.Length);

    // A hash of a longer beginning speaks for those of the shorter ones.
    private bool Begins(FoldPart part, ContentHashes content) => MarksReached(content).Count() is var reached
        && (reached == 0 || (part.Marks.Count >= reached && part.Marks[reached - 1] == MarkOf(content.ByLength[ContentMarks.Lengths[reached - 1]])));

    private ulong MarkOf(byte[] hash) => BinaryPrimitives.ReadUInt64LittleEndian(HMACSHA256.HashData(Secret, hash));

    private static ulong Short(UInt128 caseKey) => (ulong)(caseKey >> 64);

    private string IdOf(byte[] hash) => Convert.ToHexStringLower(HMACSHA256.HashData(Secret, hash).AsSpan(0, 16));

    /// <summary>What is missing of a file.</summary>
    private sealed record Rest(FoldPart Part, bool IsGone, IReadOnlyList<FoldedCase> Lost);
}
