using System.Buffers;
using System.Globalization;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Sync;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Privacy;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Data.Sqlite;

namespace CallTracking.Agent.Commands;

/// <summary>
/// Counts what a sync would send now, as a sync decides it: by the ledger, which is only read, and by the bytes of the cases as they
/// would travel. Sends and stores nothing. Holds about 60 bytes for each different case.
/// </summary>
/// <param name="redactsAll">Whether cases that would not travel are redacted too, for <see cref="Redactions"/>.</param>
internal sealed class ImpactCount(AgentSettings settings, RegionKeys keys, ShapingRules rules, ConceptMatcher? concepts, TimeProvider clock, bool redactsAll = false) : IDisposable
{
    // Any number that no run of the ledger has.
    private const long ThisRun = long.MaxValue;

    private readonly Dictionary<CaseUid, Seen> _cases = [];
    private readonly SqliteConnection? _connection = Connect(AgentWorkplace.LedgerPath(settings));
    private readonly ImpactVanished _vanished = new();
    private CaseTable? _table;
    private CaseNames? _names;

    private CaseNames Names => _names ??= new CaseNames(keys, Find);

    public long Rows { get; private set; }

    public long Quarantined { get; private set; }

    /// <summary>What the rules did to the cases that were redacted.</summary>
    public RedactionTally Redactions { get; } = new();

    /// <summary>Such as "812,000 cases, of these 12,340 would travel, about 35.0 MB".</summary>
    public string Summary
    {
        get
        {
            var (travels, bytes) = (0L, 0L);
            foreach (var seen in _cases.Values)
            {
                travels += seen.Bytes > 0 ? 1 : 0;
                bytes += seen.Bytes;
            }

            return string.Create(
                CultureInfo.InvariantCulture,
                $"{Amounts.Of(_cases.Count, "case")}, of these {travels:N0} would travel, about {bytes / 1e6:0.0##} MB; {Amounts.Of(Rows, "row")}, {Quarantined:N0} to quarantine");
        }
    }

    public void Take(Source source, RowOutcome outcome)
    {
        Rows++;
        switch (outcome)
        {
            case RowOutcome.Rejected { LocalId: var localId, OtherId: var otherId }:
                Quarantined++;
                _vanished.Reject(source, localId is null ? null : Names.Of(source.Name, localId, otherId));
                break;
            case RowOutcome.Mapped { SourceUpdatedAt: var updated, LocalId: var localId, OtherId: var otherId } when SourceTime.IsFuture(updated, clock.GetUtcNow()):
                Quarantined++;
                _vanished.Reject(source, Names.Of(source.Name, localId, otherId));
                break;
            case RowOutcome.Mapped mapped:
                Take(source, mapped);
                break;
        }
    }

    /// <summary>Of a source that was read whole: the cases that it no longer has; null when there are none, or no export of it is complete.</summary>
    public string? Vanished(Source source) => _connection is not null && _vanished.Of(source, Table, _cases.ContainsKey, Released(source)) is { } vanished ? $"{vanished.Source}: {vanished.Text}" : null;

    public void Dispose()
    {
        _table?.Dispose();
        _connection?.Dispose();
    }

    private void Take(Source source, RowOutcome.Mapped mapped)
    {
        var uid = Name(source, mapped);
        concepts?.Mark(mapped.Case, rules.Redactor);
        var hash = Hash(mapped);
        var updated = mapped.SourceUpdatedAt?.ToUnixTimeMilliseconds();
        var stored = Credible(Find(uid));
        var isAgain = _cases.TryGetValue(uid, out var before);
        LedgerRow? known = isAgain ? new LedgerRow(before.Hash, default, before.Updated, CaseState.Sent, ThisRun) : stored;
        if (rules.Policies.RulesFor(mapped.Case).Residency is not null)
        {
            _cases[uid] = new Seen(hash, updated, 0); // It stays in the region.
            return;
        }

        switch (CaseVerdicts.Of(known, hash, updated, ThisRun, source.Mapping.Duplicates))
        {
            case CaseVerdict.Folded:
                if (isAgain && before.Hash == hash)
                {
                    _cases[uid] = before with { Updated = CaseVerdicts.Later(before.Updated, updated) };
                }

                return;
            case CaseVerdict.Contradicts:
                Quarantined++;
                return;
            case CaseVerdict.Send:
                Send(uid, mapped, hash, updated);
                return;
            default:
                // What the ledger has is what the run met, whatever its row says.
                _cases[uid] = new Seen(stored!.Value.Hash, CaseVerdicts.Later(stored.Value.SourceUpdated, updated), 0);
                if (redactsAll && !isAgain && !mapped.IsGone)
                {
                    Redactions.Merge(rules.Redactor.Redact(mapped.Case));
                }

                return;
        }
    }

    private void Send(CaseUid uid, RowOutcome.Mapped mapped, ChangeHash hash, long? updated)
    {
        var record = new CaseRecord { CaseUid = uid.ToByteString(), ChangeHash = hash.ToByteString() };
        record.SourceUpdatedAt = mapped.SourceUpdatedAt is { } at ? Timestamp.FromDateTimeOffset(at) : null;
        if (mapped.IsGone)
        {
            record.Tombstone = new Tombstone { GoneAt = record.SourceUpdatedAt };
        }
        else
        {
            concepts?.Stamp(mapped.Case);
            Redactions.Merge(rules.Redactor.Redact(mapped.Case));
            record.Case = mapped.Case;
            if (mapped.Case.CalculateSize() > SyncLimits.CaseBytes)
            {
                Quarantined++;
                return;
            }
        }

        _cases[uid] = new Seen(hash, updated, record.CalculateSize());
    }

    private CaseUid Name(Source source, RowOutcome.Mapped mapped)
    {
        var (value, uid) = (mapped.Case, Names.Of(source.Name, mapped.LocalId, mapped.OtherId));
        value.CaseUid = uid.ToByteString();
        value.Region = settings.Region.Value;
        value.Source = source.Name;
        value.Centre = value.Centre.Length > 0 ? value.Centre : settings.Centre;
        value.CentreCountry = value.CentreCountry.Length > 0 ? value.CentreCountry : settings.Country;
        value.CollectionCountry = value.CollectionCountry.Length > 0 ? value.CollectionCountry : settings.Country;
        return uid;
    }

    private ChangeHash Hash(RowOutcome.Mapped mapped)
    {
        var digest = rules.Redactor.RulesDigest(mapped.Case);
        if (mapped.IsGone)
        {
            return ChangeHash.FromBytes(keys.ChangeHash("gone"u8, digest));
        }

        var size = mapped.Case.CalculateSize();
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            mapped.Case.WriteTo(buffer.AsSpan(0, size));
            return ChangeHash.FromBytes(keys.ChangeHash(buffer.AsSpan(0, size), digest));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    // A time from the future must not make every later version an older one; a sync sees it so too.
    private LedgerRow? Credible(LedgerRow? known) =>
        known is { SourceUpdated: { } updated } row && SourceTime.IsFuture(DateTimeOffset.FromUnixTimeMilliseconds(updated), clock.GetUtcNow())
            ? row with { SourceUpdated = null }
            : known;

    private CaseTable Table => _table ??= CaseTable.ToLook(_connection!);

    private HashSet<CaseUid> Released(Source source)
    {
        using var table = new VanishedTable(_connection!);
        return [.. table.Next(source.Name, int.MaxValue)];
    }

    private LedgerRow? Find(CaseUid uid) => _connection is null ? null : Table.Find(uid.ToByteString().ToByteArray());

    // A sync may be at work in it: no transaction is held over the reading.
    private static SqliteConnection? Connect(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = SqliteOpenMode.ReadOnly }.ToString());
        connection.Open();
        return connection;
    }

    private readonly record struct Seen(ChangeHash? Hash, long? Updated, int Bytes);
}
