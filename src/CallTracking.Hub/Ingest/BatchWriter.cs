using CallTracking.Contracts;
using CallTracking.Hub.Storage;
using Google.Protobuf;
using Npgsql;
using NpgsqlTypes;

namespace CallTracking.Hub.Ingest;

/// <summary>
/// Stores batches of one push stream, each in one transaction: who may, receipt, door, cases, history, receipt again, counts.
/// It keeps a connection from batch to batch until <see cref="ReleaseAsync"/>. What it writes to staging is redacted already.
/// Not thread-safe.
/// </summary>
internal sealed partial class BatchWriter(NpgsqlDataSource dataSource, StreamRight right, CaseSeal seal, IngestMeter meter, TimeProvider clock) : IAsyncDisposable
{
    // Two regions can claim one uid at the same instant; the loser looks again and finds a foreign case.
    private const int Attempts = 3;
    private readonly string _region = right.Region.Value;
    private NpgsqlConnection? _connection;

    /// <summary>Applies the batch, or finds that it was applied before. When this returns, it is committed.</summary>
    /// <exception cref="Rpc.RpcException">The caller may not (any more), or the policy moved; nothing was stored.</exception>
    public async Task<BatchAck> ApplyAsync(IncomingBatch batch, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ApplyOnceAsync(await ConnectAsync(cancellationToken), batch, cancellationToken);
            }
            catch (PostgresException clash) when (clash.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected && attempt < Attempts)
            {
                // The transaction was rolled back with its scope; the next attempt sees what the other one wrote.
            }
        }
    }

    /// <summary>Gives the connection back to the pool; the next batch takes another.</summary>
    public async ValueTask ReleaseAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }

    public ValueTask DisposeAsync() => ReleaseAsync();

    private async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_connection is null)
        {
            var connection = await dataSource.OpenConnectionAsync(cancellationToken);
            await using var prepare = new NpgsqlCommand(PrepareSession, connection);
            await prepare.ExecuteNonQueryAsync(cancellationToken);
            _connection = connection;
        }

        return _connection;
    }

    private async Task<BatchAck> ApplyOnceAsync(NpgsqlConnection connection, IncomingBatch batch, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var found = await LookAsync(connection, batch, now, cancellationToken);
        if (found.IsCopy)
        {
            // Somebody else pushed what this ledger never gave out: two agents share a ledger's copy. Neither goes on in this epoch.
            await RetireEpochAsync(connection, now, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            throw SyncStatus.EpochCopied();
        }

        if (found.Receipt is not null)
        {
            var stored = BatchAck.Parser.ParseFrom(found.Receipt);
            stored.RepeatedBatch = true;
            stored.CreditBytes = (ulong)batch.Bytes;
            return stored;
        }

        var plan = BatchPlan.Of(batch, _region, found.Cases, found.Removed, await FindResumedAsync(connection, found, cancellationToken), now);
        await WriteCasesAsync(connection, batch, plan, now, cancellationToken);
        await WriteEventsAsync(connection, batch, plan, now, cancellationToken);
        var ack = plan.ToAck(batch);
        await FinishAsync(connection, batch, plan, ack, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        meter.Committed(_region, ack);
        ack.CreditBytes = (ulong)batch.Bytes;
        return ack;
    }

    private async Task<Found> LookAsync(NpgsqlConnection connection, IncomingBatch batch, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var uids = batch.Records.Where(record => record.Settled is null).Select(record => record.CaseUid).ToArray();
        await using var look = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Command(StreamRight.LockRegion, _region),
                Command(StreamRight.CheckCertificate, right.Caller.Thumbprint, now),
                Command(PolicyInForce, now),
                Command(FindReceipt, _region, batch.BatchId),
                Command(LockCases, uids),
                Command(FindRemoved, uids),
            },
        };
        await using var reader = await look.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var epoch = reader.GetInt64(0);
        var lastSequence = reader.GetInt64(1);
        var newest = reader.GetFieldValue<Guid?>(2);

        await NextAsync(reader, cancellationToken);
        right.Require(reader.GetBoolean(0), newest);
        if (epoch != batch.Epoch)
        {
            throw SyncStatus.EpochFenced();
        }

        await NextAsync(reader, cancellationToken);
        var policy = reader.GetInt64(0);
        await reader.NextResultAsync(cancellationToken);
        var receipt = await reader.ReadAsync(cancellationToken) ? reader.GetFieldValue<byte[]>(0) : null;
        if (receipt is null && policy != batch.RedactedUnder)
        {
            throw SyncStatus.PolicyMoved();
        }

        await reader.NextResultAsync(cancellationToken);
        var cases = await ReadCasesAsync(reader, now, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return new Found(receipt, receipt is null && batch.FirstSequence <= lastSequence, cases, await ReadRemovedAsync(reader, cancellationToken));
    }

    private static async Task NextAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
    }

    private static async Task<Dictionary<Guid, KnownCase>> ReadCasesAsync(NpgsqlDataReader reader, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var cases = new Dictionary<Guid, KnownCase>();
        while (await reader.ReadAsync(cancellationToken))
        {
            cases.Add(reader.GetGuid(0), new KnownCase(
                reader.GetString(1),
                new CaseOrder((ulong)reader.GetInt64(2), (ulong)reader.GetInt64(3)),
                reader.GetGuid(4),
                CaseDoor.Believed(reader.GetFieldValue<DateTime?>(5), now.UtcDateTime),
                reader.GetInt64(6),
                reader.GetBoolean(7),
                CodedCase.Read(reader, 8)));
        }

        return cases;
    }

    private static async Task<Dictionary<Guid, RemovedCase>> ReadRemovedAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var removed = new Dictionary<Guid, RemovedCase>();
        while (await reader.ReadAsync(cancellationToken))
        {
            removed.Add(reader.GetGuid(0), new RemovedCase(
                reader.GetString(1),
                reader.GetString(2),
                reader.GetFieldValue<DateTime>(3),
                new CaseOrder((ulong)reader.GetInt64(4), (ulong)reader.GetInt64(5))));
        }

        return removed;
    }

    private async Task WriteCasesAsync(NpgsqlConnection connection, IncomingBatch batch, BatchPlan plan, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (plan.Inserts.Count > 0)
        {
            await CopyCasesAsync(connection, CopyIntoCases, plan.Inserts, batch, now, cancellationToken);
        }

        if (plan.Updates.Count > 0)
        {
            await CopyCasesAsync(connection, CopyIntoStaging, plan.Updates, batch, now, cancellationToken);
            await using var update = new NpgsqlCommand(UpdateFromStaging, connection);
            await update.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private async Task CopyCasesAsync(
        NpgsqlConnection connection, string copy, List<IncomingRecord> records, IncomingBatch batch, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Writes go to a buffer; awaiting each of forty values a row would cost more than all of them.
        await using var rows = await connection.BeginBinaryImportAsync(copy, cancellationToken);
        foreach (var record in records)
        {
            var row = record.Row!;
            await rows.StartRowAsync(cancellationToken);
            rows.Write(record.CaseUid, NpgsqlDbType.Uuid);
            rows.Write(_region, NpgsqlDbType.Text);
            rows.Write(batch.Epoch, NpgsqlDbType.Bigint);
            rows.Write((long)record.Sequence, NpgsqlDbType.Bigint);
            rows.Write(record.ChangeHash, NpgsqlDbType.Uuid);
            WriteInstant(rows, record.SourceUpdatedAt);
            rows.Write(now.UtcDateTime, NpgsqlDbType.TimestampTz);
            rows.Write(batch.RedactedUnder, NpgsqlDbType.Bigint);
            row.Coded.Write(rows);
            rows.Write(row.Subject, NpgsqlDbType.Text);
            rows.Write(row.Description, NpgsqlDbType.Text);
            rows.Write(row.Record, NpgsqlDbType.Bytea);
            rows.Write(SealOf(record, row, batch), NpgsqlDbType.Uuid);
        }

        await rows.CompleteAsync(cancellationToken);
    }

    private Guid SealOf(IncomingRecord record, IncomingRow row, IncomingBatch batch) => seal.Of(new SealedRow(
        record.CaseUid, _region, batch.Epoch, (long)record.Sequence, record.ChangeHash, batch.RedactedUnder, row.Record, new CaseTexts(row.Subject, row.Description)));

    private async Task FinishAsync(NpgsqlConnection connection, IncomingBatch batch, BatchPlan plan, BatchAck ack, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var finish = new NpgsqlBatch(connection);
        if (plan.Returned.Count > 0)
        {
            finish.BatchCommands.Add(Command(ForgetGone, plan.Returned.ToArray()));
        }

        if (plan.Removals.Count > 0)
        {
            finish.BatchCommands.Add(Command(DeleteCases, plan.Removals.Select(removal => removal.Record.CaseUid).ToArray()));
            finish.BatchCommands.Add(Command(
                RememberRemoved,
                plan.Removals.Select(removal => removal.Record.CaseUid).ToArray(),
                plan.Removals.Select(removal => removal.Reason).ToArray(),
                plan.Removals.Select(removal => (long)removal.Record.Sequence).ToArray(),
                _region,
                now,
                batch.Epoch));
        }

        finish.BatchCommands.Add(Command(
            InsertReceipt, _region, batch.BatchId, batch.RunId, batch.Epoch, batch.FirstSequence, batch.LastSequence, now, batch.RedactedUnder, ack.ToByteArray()));
        if (batch.Redactions.Count > 0)
        {
            var counts = Command(AddRedactions, _region, batch.RunId);
            RedactionParameters.Add(counts.Parameters, batch.Redactions);
            finish.BatchCommands.Add(counts);
        }

        finish.BatchCommands.Add(Command(AdvanceRegion, _region, batch.LastSequence, now));
        await finish.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task RetireEpochAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var retire = new NpgsqlCommand(RetireEpoch, connection) { Parameters = { new() { Value = _region }, new() { Value = now } } };
        await retire.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void WriteInstant(NpgsqlBinaryImporter rows, DateTime? at)
    {
        if (at is { } known)
        {
            rows.Write(known, NpgsqlDbType.TimestampTz);
        }
        else
        {
            rows.WriteNull();
        }
    }

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    /// <summary>What the database had when the batch came.</summary>
    private sealed record Found(byte[]? Receipt, bool IsCopy, Dictionary<Guid, KnownCase> Cases, Dictionary<Guid, RemovedCase> Removed);
}
