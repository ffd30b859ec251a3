using CallTracking.Agent.Outbox;
using CallTracking.Agent.Quarantine;
using CallTracking.Contracts;

namespace CallTracking.Agent.Ledger;

/// <summary>
/// Ledger, outbox, quarantine and runs as one thing: every method is one durable transaction or a read. Reading and sending
/// use it at the same time.
/// </summary>
internal sealed partial class AgentLedger : IDisposable
{
    // Batches kept unsealed for the sender, who mostly comes right behind: bounded, since memory is.
    private const int MostFresh = 2;
    private readonly LedgerFile _file;
    private readonly PayloadCipher _cipher;
    private readonly TimeProvider _clock;
    private readonly MetaTable _meta;
    private readonly CaseTable _cases;
    private readonly OutboxTable _outbox;
    private readonly RunTable _runs;
    private readonly QuarantineTable _quarantine;
    private readonly NoteTable _notes;
    private readonly VanishedTable _vanished;
    private readonly ShapeTable _shapes;
    private readonly OriginTable _origins;
    private readonly ResidentTable _residents;
    private readonly ReconcileTable _compared;
    private readonly Dictionary<long, RunRow> _open = [];
    private readonly byte[] _uid = new byte[CaseUid.Size];
    private readonly Dictionary<Google.Protobuf.ByteString, SealedBatch> _fresh = [];
    private long _outboxBytes;

    private AgentLedger(LedgerFile file, PayloadCipher cipher, TimeProvider clock)
    {
        (_file, _cipher, _clock) = (file, cipher, clock);
        var connection = file.Connection;
        _meta = new MetaTable(connection);
        _cases = new CaseTable(connection);
        _outbox = new OutboxTable(connection);
        _runs = new RunTable(connection);
        _quarantine = new QuarantineTable(connection);
        _notes = new NoteTable(connection);
        _vanished = new VanishedTable(connection);
        _shapes = new ShapeTable(connection);
        _origins = new OriginTable(connection);
        _residents = new ResidentTable(connection);
        _compared = new ReconcileTable(connection);
        Meta = _file.Write(LoadMeta);
        _nextOrigin = _file.Read(_origins.Next);
        _outboxBytes = _file.Read(() => _outbox.Load().Bytes);
        foreach (var run in _file.Read(_runs.Open))
        {
            _open.Add(run.Number, run);
        }
    }

    /// <summary>The ledger's place in the region's order, with what was given out but not yet committed.</summary>
    public LedgerMeta Meta { get; private set; }

    /// <summary>Beats when a batch was added, acknowledged or discarded.</summary>
    public Pulse OutboxChanged { get; } = new();

    /// <summary>Bytes of batches that the hub has not acknowledged.</summary>
    public long OutboxBytes => Volatile.Read(ref _outboxBytes);

    /// <summary>Opens the ledger in a file, or begins one there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cipher">Under the region's storage key.</param>
    /// <param name="clock">Gives the instants of quarantine entries.</param>
    /// <param name="thorough">Whether the file is checked through.</param>
    /// <exception cref="LedgerDamagedException">The file is damaged; <see cref="LedgerFile.MoveAside"/> makes room for a new one.</exception>
    /// <exception cref="InvalidDataException">It was made with another key or by another version.</exception>
    public static AgentLedger Open(string path, PayloadCipher cipher, TimeProvider clock, bool thorough)
    {
        var file = LedgerFile.Open(path, thorough);
        try
        {
            var ledger = new AgentLedger(file, cipher, clock);
            if (thorough)
            {
                ledger.Write(ledger._origins.Trim);
            }

            return ledger;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Null when the ledger has never seen the case.</summary>
    public LedgerRow? Find(CaseUid uid) => _file.Read(() =>
    {
        uid.WriteTo(_uid);
        return _cases.Find(_uid);
    });

    /// <summary>Gives out the next place in the region's order; durable with the commit of the record that has it.</summary>
    public CaseOrder TakeOrder() => _file.Read(() =>
    {
        var order = Meta.Next;
        Meta = Meta with { NextSequence = Meta.NextSequence + 1 };
        return order;
    });

    /// <summary>Begins a run.</summary>
    public RunRow BeginRun(RunReport start) => Write(() =>
    {
        var run = new RunRow(_runs.Insert(start), RunState.Reading, start, null);
        _open.Add(run.Number, run);
        _forgettingsBefore = _forgettings;
        return run;
    });

    /// <summary>
    /// Makes a unit durable, all or nothing. False, and nothing is written, when its batch was formed for an epoch or under edge
    /// rules that have passed meanwhile.
    /// </summary>
    public bool Commit(long run, CommitUnit unit, byte[] edgeDigest)
    {
        var isCommitted = Write(() =>
        {
            if (!Meta.EdgeDigest.AsSpan().SequenceEqual(edgeDigest) || (unit.Batch is { } formed && formed.Epoch != Meta.Epoch))
            {
                return false;
            }

            Insert(run, unit);
            RunSum.Add(_open[run].Report, unit.Counts);
            _runs.Save(_open[run]);
            _meta.Save(Meta);
            return true;
        });
        if (isCommitted && unit.Batch is { } batch)
        {
            KeepFresh(batch);
            OutboxChanged.Beat();
        }

        return isCommitted;
    }

    /// <summary>Ends the reading side of a run; its batches may still be on their way.</summary>
    public void EndReading(long run, RunOutcome outcome, DateTimeOffset finishedAt) => Write(() =>
    {
        var row = _open[run] with { State = RunState.Draining };
        row.Report.Outcome = outcome;
        row.Report.FinishedAt = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(finishedAt);
        return Save(row);
    });

    /// <summary>Keeps the hub's own count and closes the run.</summary>
    public RunRow Close(RunReportAck ack) => Write(() =>
    {
        var row = _open.Values.First(open => open.Report.RunId == ack.RunId) with { State = RunState.Closed, Ack = ack };
        Save(row);
        _open.Remove(row.Number);
        return row;
    });

    /// <summary>Runs that the hub has not acknowledged, oldest first, with their counts so far.</summary>
    public IReadOnlyList<RunRow> OpenRuns() => _file.Read(() => _open.Values.OrderBy(run => run.Number).ToList());

    /// <summary>A copy of an open run's counts so far.</summary>
    public RunReport Counts(long run) => _file.Read(() => _open[run].Report.Clone());

    /// <summary>How many cases stay in the region, as it may be told.</summary>
    public IReadOnlyList<ResidentCount> ResidentCounts() => _file.Read(_residents.Count);

    /// <summary>The latest runs, newest first.</summary>
    public IReadOnlyList<RunRow> LastRuns(int limit) => _file.Read(() => _runs.Last(limit));

    /// <summary>The first batch above the sequence that waits for the hub.</summary>
    public OutboxEntry? NextBatch(ulong afterSequence) => _file.Read(() => _outbox.Next(afterSequence));

    /// <summary>True while batches of the run wait for the hub.</summary>
    public bool HasBatches(long run) => _file.Read(() => _outbox.CountOf(run) > 0);

    /// <summary>Opens a batch as the message that carries it; null when it was acknowledged or discarded meanwhile.</summary>
    /// <exception cref="LedgerDamagedException">Its payload is damaged.</exception>
    public ReadOnlyMemory<byte>? OpenBatch(OutboxEntry entry)
    {
        var (fresh, payload) = _file.Read(() =>
            _fresh.Remove(Google.Protobuf.ByteString.CopyFrom(entry.BatchId), out var batch) && _outbox.Find(entry.BatchId) is not null
                ? (batch, null)
                : ((SealedBatch?)null, _outbox.Payload(entry.BatchId)));
        if (fresh is not null)
        {
            return Checked(entry, BatchPlace.Of(fresh), fresh.Message);
        }

        // Null would become an empty message by itself: bytes that are none are empty memory.
        return payload is not null
            ? Checked(entry, Decrypted(entry.BatchId, payload, BatchPlace.Read), BatchMessage.Around(payload, PayloadCipher.HeaderBytes))
            : default(ReadOnlyMemory<byte>?);
    }

    /// <summary>Why the hub refused the case's last version.</summary>
    public string? HubReason(CaseUid uid) => _file.Read(() => _quarantine.HubReason(Bytes(uid)));

    public void Dispose()
    {
        _meta.Dispose();
        _cases.Dispose();
        _outbox.Dispose();
        _runs.Dispose();
        _quarantine.Dispose();
        _notes.Dispose();
        _vanished.Dispose();
        _shapes.Dispose();
        _origins.Dispose();
        _residents.Dispose();
        _compared.Dispose();
        _file.Dispose();
    }

    private static byte[] Bytes(CaseUid uid)
    {
        var bytes = new byte[CaseUid.Size];
        uid.WriteTo(bytes);
        return bytes;
    }

    private LedgerMeta LoadMeta()
    {
        if (_meta.Load() is { } known)
        {
            return known.KeyCheck.AsSpan().SequenceEqual(_cipher.KeyCheck)
                ? known
                : throw new InvalidDataException(
                    "The ledger was made with another region key: every case would get a second name at the hub. Restore state/keys/region.secret from its backup.");
        }

        var fresh = new LedgerMeta(_cipher.KeyCheck, 0, [], 1, 0, [], 1);
        _meta.Save(fresh);
        return fresh;
    }

    /// <summary>One durable transaction. When it fails, memory holds again what the file holds: runs, bytes, place in the order.</summary>
    private T Write<T>(Func<T> work) => _file.Write(work, Remember);

    private Action Remember()
    {
        var (meta, bytes) = (Meta, _outboxBytes);
        var open = _open.Values.Select(run => run with { Report = run.Report.Clone() }).ToList();
        return () =>
        {
            (Meta, _outboxBytes) = (meta, bytes);
            _open.Clear();
            open.ForEach(run => _open.Add(run.Number, run));
        };
    }

    private void Insert(long run, CommitUnit unit)
    {
        unit.Origins.ForEach(_origins.Put);
        foreach (var (uid, (row, isSeenOnly)) in unit.Rows.OrderBy(entry => entry.Key))
        {
            if (isSeenOnly)
            {
                _cases.See(Bytes(uid), run, row.Source);
            }
            else
            {
                _cases.Write(Bytes(uid), row);
            }
        }

        foreach (var (uid, cell) in unit.Residents)
        {
            _residents.Put(Bytes(uid), cell);
        }

        unit.Forgotten.ForEach(uid => _cases.SendAgain(Bytes(uid)));
        if (unit.Forgotten.Count > 0)
        {
            ForgetNotes();
        }

        unit.Vanished.ForEach(uid => _vanished.Delete(Bytes(uid)));
        unit.Released.ForEach(uid => _quarantine.Release(Bytes(uid)));
        unit.Quarantined.ForEach(entry => _quarantine.Put(entry, run));
        unit.Retried.ForEach(entry => _quarantine.Delete(entry, exceptRun: run));
        foreach (var input in unit.Finished)
        {
            if (input.IsWhole)
            {
                _quarantine.ReleaseHealed(input.Source, input.File, input.BehindRow, run);
            }

            Keep(input.Source, input.Notes, run);
        }

        foreach (var (source, input) in unit.Moved)
        {
            _quarantine.Move(source, input.EarlierName, input.Name);
            Keep(source, input.Notes, run);
        }

        unit.Shapes.ForEach(entry => Keep(entry.Shape, entry.Source, run));
        if (unit.Batch is { } batch)
        {
            _outbox.Insert(batch);
            _outboxBytes += batch.Bytes;
        }
    }

    private void KeepFresh(SealedBatch batch) => _file.Read(() =>
        _fresh.Count < MostFresh && _fresh.TryAdd(Google.Protobuf.ByteString.CopyFrom(batch.BatchId), batch with { Payload = [] }));

    private bool Save(RunRow row)
    {
        _open[row.Number] = row;
        _runs.Save(row);
        return true;
    }

    // The row decides when its batch is sent: a false place in the order would keep back all batches below it.
    private ReadOnlyMemory<byte> Checked(OutboxEntry entry, BatchPlace place, ReadOnlyMemory<byte> message) =>
        place == BatchPlace.Of(entry)
            ? message
            : throw new LedgerDamagedException($"A batch in {_file.Connection.DataSource} is not the one that its row says.");

    private Batch Decrypt(byte[] batchId, byte[] payload) =>
        Decrypted(batchId, payload, static (memory, start) => Batch.Parser.ParseFrom(memory, start, memory.Length - start));

    // The payload is decrypted where it stands, behind its header.
    private T Decrypted<T>(byte[] batchId, byte[] payload, Func<byte[], int, T> read)
    {
        try
        {
            _cipher.Open(payload, batchId);
            return read(payload, PayloadCipher.HeaderBytes);
        }
        catch (Exception damaged) when (damaged is System.Security.Cryptography.CryptographicException or Google.Protobuf.InvalidProtocolBufferException or InvalidDataException)
        {
            throw new LedgerDamagedException($"A batch in {_file.Connection.DataSource} is damaged.", damaged);
        }
    }
}
