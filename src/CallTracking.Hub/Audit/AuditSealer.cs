using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Privacy;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Npgsql;

namespace CallTracking.Hub.Audit;

/// <summary>
/// Seals the rows that nothing can be added between any more. Nobody who writes waits for it: it waits for them. It reads how far the sequence is,
/// takes a transaction's number, and waits until every transaction with an earlier number has ended; from then on all rows up to there are
/// committed or will never be. Of many processes one seals at a time, and none behind seals that are not its own history (<see cref="SealChain"/>).
/// </summary>
internal sealed class AuditSealer(NpgsqlDataSource dataSource, IdentitySource identity, SealChain chain, SealMemory memory, TimeProvider clock, ILogger<AuditSealer> logger)
{
    /// <summary>The most rows of a seal, so that a seal and its leaves fit in memory whatever the log's length.</summary>
    public const int MostRows = 4096;

    // "CTSEAL" in ASCII.
    private const long LockKey = 0x43545345414C;

    private const string SelectReached = "select case when is_called then last_value else 0 end from audit_sequence";

    private const string TakeNumber = "select pg_current_xact_id()::text::bigint";

    private const string SelectOldest = "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

    private const string SelectRows = $"select {AuditRow.Columns} from audit_log where sequence > $1 and sequence <= $2 order by sequence limit $3";

    private const string Insert = $"insert into audit_seal ({SealedPart.Columns}) values ($1, $2, $3, $4, $5, $6, $7)";

    // A sealer holds the lock while it waits for writers.
    private const int AcceptSeconds = 90;

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    private Horizon? _waiting;

    /// <summary>Seals what can be sealed, and says how many seals that made.</summary>
    /// <param name="patience">How long to wait for transactions that are open now. What was waited for is remembered: the next call goes on with it.</param>
    /// <param name="cancellationToken">Stops between two seals.</param>
    /// <exception cref="HubException">The database holds another history than the one that this hub sealed.</exception>
    public async Task<int> SealAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        if (await ScalarAsync<bool>(connection, "select pg_try_advisory_lock($1)", cancellationToken, LockKey) is false)
        {
            return 0;
        }

        try
        {
            await chain.RequireNewestAsync(connection, cancellationToken);
            var horizon = _waiting ??= await FindHorizonAsync(connection, cancellationToken);
            if (!await IsSettledAsync(connection, horizon, patience, cancellationToken))
            {
                return 0;
            }

            _waiting = null;
            var seals = 0;
            while (await SealNextAsync(connection, horizon.Sequence, cancellationToken))
            {
                seals++;
            }

            return seals;
        }
        catch (NpgsqlException)
        {
            // The next connection may lead to another server, whose transactions have other numbers.
            _waiting = null;
            throw;
        }
        finally
        {
            await UnlockAsync(connection);
        }
    }

    /// <summary>Goes on from what stands in the database, whatever this hub remembers, with a row of who said so and why. Answers the seal from which it goes on; null where there is none.</summary>
    public async Task<SealedPart?> AcceptAsync(string note, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using (var take = Command(connection, "select pg_advisory_lock($1)", LockKey))
        {
            take.CommandTimeout = AcceptSeconds;
            await take.ExecuteNonQueryAsync(cancellationToken);
        }

        try
        {
            var found = await SealChain.NewestAsync(connection, cancellationToken);
            await connection.NoteAsync(
                AuditEntry.Of(AuditCode.AuditAccepted, $"seal {found?.Number ?? 0}", ("found", found is null ? null : SealChain.Hash(found.Envelope)), ("note", note), ("remembered", Remembered())), cancellationToken);
            memory.Save(found?.Envelope);
            return found;
        }
        finally
        {
            await UnlockAsync(connection);
        }
    }

    private string? Remembered()
    {
        try
        {
            return memory.Load() is { } kept ? SealChain.Hash(kept) : null;
        }
        catch (HubException)
        {
            // Damaged: that is why somebody accepts.
            return null;
        }
    }

    private static async Task UnlockAsync(NpgsqlConnection connection)
    {
        if (connection.FullState == System.Data.ConnectionState.Open)
        {
            await ScalarAsync<bool>(connection, "select pg_advisory_unlock($1)", CancellationToken.None, LockKey);
        }
    }

    // Two statements, in this order: each a transaction of its own.
    private static async Task<Horizon> FindHorizonAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var reached = await ScalarAsync<long>(connection, SelectReached, cancellationToken);
        return new Horizon(reached, await ScalarAsync<long>(connection, TakeNumber, cancellationToken));
    }

    private static async Task<bool> IsSettledAsync(NpgsqlConnection connection, Horizon horizon, TimeSpan patience, CancellationToken cancellationToken)
    {
        // Other sessions' transactions go by real time, whatever clock the hub has.
        var since = TimeProvider.System.GetTimestamp();
        while (await ScalarAsync<long>(connection, SelectOldest, cancellationToken) < horizon.Transaction)
        {
            if (TimeProvider.System.GetElapsedTime(since) >= patience)
            {
                return false;
            }

            await Task.Delay(Beat, TimeProvider.System, cancellationToken);
        }

        return true;
    }

    private async Task<bool> SealNextAsync(NpgsqlConnection connection, long upTo, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var last = await chain.RequireNewestAsync(connection, cancellationToken);
        var leaves = await ReadAsync(
            connection, SelectRows, reader => AuditRow.Read(reader) is var row ? new AuditLeaf(row.Sequence, row.Leaf()) : default, cancellationToken, last?.LastSequence ?? 0, upTo, MostRows);
        if (leaves.Count == 0)
        {
            return false;
        }

        var part = Seal(last, leaves, (await identity.GetAsync(cancellationToken)).PolicySigningKey);
        await using var insert = Command(
            connection, Insert, part.Number, part.FirstSequence, part.LastSequence, AuditLeaf.Pack(part.Leaves), part.Envelope.Seal.ToByteArray(), part.Envelope.Signature.ToByteArray(), part.Envelope.KeyId);
        await insert.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        // Behind the commit: a crash between leaves a memory that is behind, which is followed on from.
        chain.Remember(part.Envelope);
        AuditEvents.Sealed(logger, part.LastSequence, part.Number, SealChain.Hash(part.Envelope));
        return true;
    }

    private SealedPart Seal(SealedPart? last, List<AuditLeaf> leaves, System.Security.Cryptography.ECDsa key)
    {
        var tree = new MerkleTree();
        foreach (var leaf in leaves)
        {
            tree.Add(leaf.Hash);
        }

        var (number, first, end) = ((last?.Number ?? 0) + 1, (last?.LastSequence ?? 0) + 1, leaves[^1].Sequence);
        var seal = new AuditSeal
        {
            Number = (ulong)number,
            FirstSequence = (ulong)first,
            LastSequence = (ulong)end,
            Rows = (ulong)leaves.Count,
            Root = ByteString.CopyFrom(tree.Root()),
            Previous = last is null ? ByteString.Empty : AuditSealVerifier.HashOf(last.Envelope),
            SealedAt = Timestamp.FromDateTimeOffset(clock.GetUtcNow()),
        };
        return new SealedPart(number, first, end, leaves, AuditSealSigner.Sign(seal, key));
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        Array.ForEach(values, value => command.Parameters.Add(new NpgsqlParameter { Value = value }));
        return command;
    }

    private static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<List<T>> ReadAsync<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>How far the sequence was, and the transaction before which all that took a number of it had theirs.</summary>
    private sealed record Horizon(long Sequence, long Transaction);
}
