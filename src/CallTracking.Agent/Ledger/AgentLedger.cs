using CallTracking.Agent.Outbox;
using CallTracking.Contracts;

namespace CallTracking.Agent.Ledger;

/// <summary>
/// Ledger, outbox, quarantine and runs as one thing: every method is one durable transaction or a read. Reading and sending
/// use it at the same time.
/// </summary>
internal sealed partial class AgentLedger : IDisposable
{
    private readonly LedgerFile _file;
    private readonly PayloadCipher _cipher;
    private readonly TimeProvider _clock;
    private readonly LedgerTables _tables;
    private readonly WaitingBatches _batches;
    private readonly RunBook _runs;
    private readonly byte[] _uid = new byte[CaseUid.Size];

    private AgentLedger(LedgerFile file, PayloadCipher cipher, TimeProvider clock)
    {
        (_file, _cipher, _clock) = (file, cipher, clock);
        _tables = new LedgerTables(file.Connection, cipher);
        Meta = _file.Write(LoadMeta);
        if (_file.Write(HideNames))
        {
            // What was written over still stands in pages that nothing uses; after a kill, too.
            file.Compact();
            _file.Write(() => _tables.Meta.HasStalePages = false);
        }

        _nextOrigin = _file.Read(_tables.Origins.Next);
        _batches = _file.Read(() => new WaitingBatches(_tables.Outbox, cipher, file.Connection.DataSource));
        _runs = _file.Read(() => new RunBook(_tables.Runs));
    }

    /// <summary>The ledger's place in the region's order, with what was given out but not yet committed.</summary>
    public LedgerMeta Meta { get; private set; }

    /// <summary>Where this ledger is: another machine or folder has another one, also for a copy. Says neither name.</summary>
    public byte[] Place => _cipher.HideName($"place {Environment.MachineName}\n{Path.GetFullPath(_file.Connection.DataSource)}");

    /// <summary>Beats when a batch was added, acknowledged or discarded.</summary>
    public Pulse OutboxChanged { get; } = new();

    /// <summary>Bytes of batches that the hub has not acknowledged.</summary>
    public long OutboxBytes => _batches.Bytes;

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
                ledger.Write(ledger._tables.Origins.Trim);
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
        return _tables.Cases.Find(_uid);
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
        var run = _runs.Begin(start);
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
            RunSum.Add(_runs.Report(run), unit.Counts);
            _runs.Save(run);
            _tables.Meta.Save(Meta);
            return true;
        });
        if (isCommitted && unit.Batch is { } batch)
        {
            _file.Read(() => _batches.KeepFresh(batch));
            OutboxChanged.Beat();
        }

        return isCommitted;
    }

    /// <summary>Ends the reading side of a run; its batches may still be on their way.</summary>
    public void EndReading(long run, RunOutcome outcome, DateTimeOffset finishedAt) => Write(() =>
    {
        _runs.EndReading(run, outcome, finishedAt);
        return true;
    });

    /// <summary>Keeps the hub's own count and closes the run.</summary>
    public RunRow Close(RunReportAck ack) => Write(() => _runs.Close(ack));

    /// <summary>Runs that the hub has not acknowledged, oldest first, with their counts so far.</summary>
    public IReadOnlyList<RunRow> OpenRuns() => _file.Read(() => _runs.Open);

    /// <summary>A copy of an open run's counts so far.</summary>
    public RunReport Counts(long run) => _file.Read(() => _runs.Report(run).Clone());

    /// <summary>How many cases stay in the region, as it may be told.</summary>
    public IReadOnlyList<ResidentCount> ResidentCounts() => _file.Read(_tables.Residents.Count);

    /// <summary>The latest runs, newest first.</summary>
    public IReadOnlyList<RunRow> LastRuns(int limit) => _file.Read(() => _tables.Runs.Last(limit));

    /// <summary>The first batch above the sequence that waits for the hub.</summary>
    public OutboxEntry? NextBatch(ulong afterSequence) => _file.Read(() => _batches.Next(afterSequence));

    /// <summary>True while batches of the run wait for the hub.</summary>
    public bool HasBatches(long run) => _file.Read(() => _batches.HasAnyOf(run));

    /// <summary>Opens a batch as the message that carries it; null when it was acknowledged or discarded meanwhile.</summary>
    /// <exception cref="LedgerDamagedException">Its payload is damaged.</exception>
    public ReadOnlyMemory<byte>? OpenBatch(OutboxEntry entry)
    {
        var (fresh, payload) = _file.Read(() => _batches.Take(entry));
        return _batches.Open(entry, fresh, payload);
    }

    /// <summary>Why the hub refused the case's last version.</summary>
    public string? HubReason(CaseUid uid) => _file.Read(() => _tables.Quarantine.HubReason(Bytes(uid)));

    public void Dispose()
    {
        _tables.Dispose();
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
        if (_tables.Meta.Load() is { } known)
        {
            return known.KeyCheck.AsSpan().SequenceEqual(_cipher.KeyCheck)
                ? known
                : throw new InvalidDataException(
                    "The ledger was made with another region key: every case would get a second name at the hub. Restore state/keys/region.secret from its backup.");
        }

        var fresh = new LedgerMeta(_cipher.KeyCheck, 0, [], 1, 0, [], 1);
        _tables.Meta.Save(fresh);
        return fresh;
    }

    private bool HideNames()
    {
        if (_tables.Quarantine.HideNames() > 0)
        {
            _tables.Meta.HasStalePages = true;
        }

        return _tables.Meta.HasStalePages;
    }

    /// <summary>One durable transaction. When it fails, memory holds again what the file holds: runs, bytes, place in the order.</summary>
    private T Write<T>(Func<T> work) => _file.Write(work, Remember);

    private Action Remember()
    {
        var (meta, batches, runs) = (Meta, _batches.Remember(), _runs.Remember());
        return () =>
        {
            Meta = meta;
            batches();
            runs();
        };
    }

    private void Insert(long run, CommitUnit unit)
    {
        unit.Origins.ForEach(_tables.Origins.Put);
        foreach (var (uid, (row, isSeenOnly)) in unit.Rows.OrderBy(entry => entry.Key))
        {
            if (isSeenOnly)
            {
                _tables.Cases.See(Bytes(uid), run, row);
            }
            else
            {
                _tables.Cases.Write(Bytes(uid), row);
            }
        }

        unit.Met.ForEach(uid => _tables.Cases.Meet(Bytes(uid), run));
        foreach (var (uid, cell) in unit.Residents)
        {
            _tables.Residents.Put(Bytes(uid), cell);
        }

        unit.Forgotten.ForEach(uid => _tables.Cases.SendAgain(Bytes(uid)));
        if (unit.Forgotten.Count > 0)
        {
            ForgetNotes();
        }

        unit.Vanished.ForEach(uid => _tables.Vanished.Delete(Bytes(uid)));
        unit.Released.ForEach(uid => _tables.Quarantine.Release(Bytes(uid)));
        unit.Sound.ForEach(sound => _tables.Quarantine.Supersede(sound, run));
        unit.Quarantined.ForEach(entry => _tables.Quarantine.Put(entry, run));
        unit.Retried.ForEach(entry => _tables.Quarantine.Delete(entry, exceptRun: run));
        foreach (var input in unit.Finished)
        {
            if (input.IsWhole)
            {
                _tables.Quarantine.ReleaseHealed(input.Source, input.File, input.BehindRow, run);
            }

            Keep(input.Source, input.Notes, run);
        }

        foreach (var (source, input) in unit.Moved)
        {
            _tables.Quarantine.Move(source, input.EarlierName, input.Name);
            Keep(source, input.Notes, run);
        }

        unit.Shapes.ForEach(entry => Keep(entry.Shape, entry.Source, run));
        if (unit.Batch is { } batch)
        {
            _batches.Insert(batch);
        }
    }
}
