using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Sync;
using CallTracking.Mapping;

namespace CallTracking.Agent.Drift;

/// <summary>
/// Finds rows that a sync would quarantine since another row of its run has the same key and other values, by the sync's own rule. Memory holds hashes of the
/// first <see cref="MostCases"/> cases and where they stand, about 70 bytes each. Not thread-safe.
/// </summary>
/// <param name="ledger">What a sync knows of a case before it.</param>
internal sealed class DuplicateLook(ShapeLook ledger)
{
    // A million, where the process may have the memory for them: 70 bytes each, reckoned as twice that, in a quarter of it.
    private const long MostAnywhere = 1_000_000;
    private const long BytesOfACase = 140;
    private const long ShareOfMemory = 4;

    // A table that doubled its way to a million would leave as much behind as it holds.
    private const int Few = 50_000;

    // Any number that no run of the ledger has.
    private const long ThisRun = long.MaxValue;

    private readonly Dictionary<ulong, Version> _cases = [];
    private readonly List<string> _files = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly CaseScratch _scratch = new();

    /// <summary>So many different cases are looked at.</summary>
    public long MostCases { get; } = Math.Min(MostAnywhere, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / ShareOfMemory / BytesOfACase);

    /// <summary>There were more cases: among the others none was looked for.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Whether the row contradicts one before it.</summary>
    /// <param name="beside">Where that one stands.</param>
    public bool Contradicts(Source source, SourceInput input, RowOutcome.Mapped mapped, out string? beside)
    {
        beside = null;
        // Where the later row stands for both, or each is a case, none is quarantined.
        if (source.Mapping.Duplicates is DuplicateRule.Latest or DuplicateRule.Number)
        {
            return false;
        }

        var (key, now) = (KeyOf(source.Name, mapped.LocalId), new Version(HashOf(mapped), mapped.SourceUpdatedAt?.ToUnixTimeMilliseconds() ?? long.MinValue, FileOf(input, mapped), RowPlace.NumberOf(input, mapped)));
        if (!_cases.TryGetValue(key, out var before))
        {
            IsCut |= _cases.Count >= MostCases;
            if (_cases.Count == Few)
            {
                _cases.EnsureCapacity((int)Math.Max(Few, MostCases));
            }

            if (_cases.Count < MostCases)
            {
                _cases.Add(key, now);
            }

            return false;
        }

        switch (CaseVerdicts.Of(new LedgerRow(before.Hash, default, before.Time, CaseState.Sent, ThisRun), now.Hash, now.Time, ThisRun, source.Mapping.Duplicates))
        {
            case CaseVerdict.Send:
                _cases[key] = now;
                return false;
            case CaseVerdict.Folded:
                _cases[key] = before.Hash == now.Hash ? before with { Updated = Math.Max(before.Updated, now.Updated) } : before;
                return false;
            default:
                beside = RowPlace.Told(_files[before.File], before.Place);

                // Of what is older than the ledger's version a sync takes neither.
                return source.Mapping.Duplicates != DuplicateRule.ByTime || !(now.Time < ledger.CaseOf(source.Name, mapped)?.SourceUpdated);
        }
    }

    private static ulong KeyOf(string source, string localId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes($"{source}\0{localId}".AsSpan()), hash);
        return MemoryMarshal.Read<ulong>(hash);
    }

    private ChangeHash HashOf(RowOutcome.Mapped mapped)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(mapped.IsGone ? "gone"u8 : _scratch.Encode(mapped.Case), hash);
        return ChangeHash.FromBytes(hash);
    }

    // Rows of a fold come from several files in turn.
    private int FileOf(SourceInput input, RowOutcome outcome)
    {
        var name = input.FileOf(outcome);
        if (!_numbers.TryGetValue(name, out var number))
        {
            _numbers[name] = number = _files.Count;
            _files.Add(name);
        }

        return number;
    }

    /// <param name="Updated">The least of all numbers where the source has no time.</param>
    /// <param name="File">In the order of the files that were read.</param>
    /// <param name="Place">As of <see cref="RowPlace"/>.</param>
    private readonly record struct Version(ChangeHash Hash, long Updated, int File, long Place)
    {
        public long? Time => Updated == long.MinValue ? null : Updated;
    }
}
