using System.Security.Cryptography;
using CallTracking.Contracts;
using CallTracking.Hub.Access;
using Npgsql;

namespace CallTracking.Hub.Ingest;

/// <summary>A region's place in its order, as the hub knows it.</summary>
/// <param name="Epoch">0 before the first push.</param>
/// <param name="Lease">Null when the epoch was retired.</param>
/// <param name="LastSequence">The highest that was committed.</param>
/// <param name="Place">Where the agent was that pushed last; null where it did not say.</param>
internal sealed record EpochState(long Epoch, byte[]? Lease, long LastSequence, byte[]? Place = null);

/// <summary>What a push may go on with.</summary>
internal sealed record EpochGrant(long Epoch, byte[] Lease, long LastSequence, EpochNote Note);

/// <summary>
/// Issues epochs, the fencing leases of the regions' order. A ledger that is what the hub remembers goes on; one that is new,
/// restored from a backup or a copy gets a new epoch, whose order is above all that was.
/// </summary>
internal sealed class EpochStore(NpgsqlDataSource dataSource)
{
    private const int LeaseBytes = 16;
    private const int PlaceBytes = 16;

    private const string Lock = "select epoch, lease, last_sequence, place from region where code = $1 for update";

    private const string Save = """
        update region
        set epoch = $2, lease = $3, last_sequence = $4, stream = $5, agent_version = $6, last_push_at = $7, place = $8,
            other_agent_at = case when $9 then $7 else other_agent_at end
        where code = $1
        """;

    // Its own push may have fenced an agent off: one that was killed and began again, or lost its connection.
    private const string MeetOther = "update region set other_agent_at = $3 where code = $1 and (place <> $2 or lease is null)";

    /// <summary>Decides over the caller's ledger and makes its stream the only one that may write. One transaction.</summary>
    /// <exception cref="Rpc.RpcException">The caller's certificate was revoked since the call began: it fences nobody off.</exception>
    public async Task<EpochGrant> OpenAsync(Caller caller, Hello hello, Guid stream, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await OpenAsync(caller, hello, stream, now, Decide, cancellationToken)).Grant!;

    /// <summary>
    /// As the other one, for what a file says: without a grant its ledger is behind the state, and nothing was changed. <paramref name="grantedBefore"/>
    /// is the epoch with which this very file was taken in before; null when it was not.
    /// </summary>
    /// <exception cref="Rpc.RpcException">The caller's certificate was revoked.</exception>
    public Task<(EpochGrant? Grant, EpochState State)> OpenForFileAsync(
        Caller caller, Hello hello, long? grantedBefore, Guid stream, DateTimeOffset now, CancellationToken cancellationToken) =>
        OpenAsync(caller, hello, stream, now, (state, said) => DecideForFile(state, said, grantedBefore), cancellationToken);

    private async Task<(EpochGrant? Grant, EpochState State)> OpenAsync(
        Caller caller, Hello hello, Guid stream, DateTimeOffset now, Func<EpochState, Hello, EpochGrant?> decide, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var state = await LockAsync(transaction, caller, now, cancellationToken);
        if (decide(state, hello) is not { } grant)
        {
            return (null, state);
        }

        await using var save = new NpgsqlCommand(Save, connection, transaction);
        save.Parameters.AddWithValue(caller.Region.Value);
        save.Parameters.AddWithValue(grant.Epoch);
        save.Parameters.AddWithValue(grant.Lease);
        save.Parameters.AddWithValue(grant.LastSequence);
        save.Parameters.AddWithValue(stream);
        save.Parameters.AddWithValue(ShortCode.OfVersion(hello.AgentVersion));
        save.Parameters.AddWithValue(now);
        save.Parameters.AddWithValue(PlaceOf(hello) ?? (object)DBNull.Value);
        save.Parameters.AddWithValue(grant.Note == EpochNote.OtherAgent);
        await save.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (grant, state);
    }

    /// <summary>Notes that a push was fenced off, if by an agent in another place; true if so.</summary>
    public async Task<bool> NoteFencedAsync(Caller caller, Hello hello, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (PlaceOf(hello) is not { } place)
        {
            return false;
        }

        try
        {
            await using var meet = dataSource.CreateCommand(MeetOther);
            meet.Parameters.AddWithValue(caller.Region.Value);
            meet.Parameters.AddWithValue(place);
            meet.Parameters.AddWithValue(now);
            return await meet.ExecuteNonQueryAsync(cancellationToken) == 1;
        }
        catch (NpgsqlException)
        {
            // What ends the push is the fence; two agents meet again.
            return false;
        }
    }

    /// <summary>The rule itself. Pure but for the random lease.</summary>
    public static EpochGrant Decide(EpochState state, Hello hello)
    {
        if (state.Epoch == 0 && hello.Epoch == 0)
        {
            return New(1, EpochNote.First);
        }

        if (hello.Epoch == 0)
        {
            return New(state.Epoch + 1, EpochNote.LedgerNew);
        }

        var holdsLease = hello.Epoch == (ulong)state.Epoch && state.Lease is { } lease && hello.Lease.Span.SequenceEqual(lease);
        return holdsLease && hello.LastSequence >= (ulong)state.LastSequence
            ? new EpochGrant(state.Epoch, state.Lease!, state.LastSequence, EpochNote.Continued)
            // Above the caller's too: the hub itself may have been restored from a backup.
            : New(Math.Max(state.Epoch, (long)Math.Min(hello.Epoch, long.MaxValue - 1)) + 1, IsElsewhere(state, hello) ? EpochNote.OtherAgent : EpochNote.LedgerBehind);
    }

    /// <summary>
    /// The rule for files. What is behind here may be a ledger from a backup, or a file that was overtaken by another one or by a push: that
    /// alone is no reason to begin a new order, so it gets no grant, and the region finds out which it is. Null: behind.
    /// </summary>
    public static EpochGrant? DecideForFile(EpochState state, Hello hello, long? grantedBefore)
    {
        // Its receipts were lost: it gets what it got.
        if (state.Lease is { } lease && grantedBefore == state.Epoch && hello.Epoch != (ulong)state.Epoch)
        {
            return new EpochGrant(state.Epoch, lease, state.LastSequence, hello.Epoch > 0 ? EpochNote.LedgerBehind : state.Epoch == 1 ? EpochNote.First : EpochNote.LedgerNew);
        }

        // An order that nobody may go on with is followed by another one, whoever asks.
        if (state.Lease is null)
        {
            return Decide(state, hello);
        }

        var isBehind = hello.Epoch == 0 ? grantedBefore is not null : hello.Epoch < (ulong)state.Epoch;
        return isBehind || Decide(state, hello) is not { } grant || (grant.Note != EpochNote.Continued && hello.Epoch == (ulong)state.Epoch && hello.Lease.Span.SequenceEqual(state.Lease))
            ? null
            : grant;
    }

    // An epoch without a lease was retired: two copies of one ledger had used its numbers.
    private static bool IsElsewhere(EpochState state, Hello hello) => state.Lease is null || (state.Place is { } last && PlaceOf(hello) is { } place && !place.AsSpan().SequenceEqual(last));

    // Of no other length: it is kept.
    private static byte[]? PlaceOf(Hello hello) => hello.Place.Length == PlaceBytes ? hello.Place.ToByteArray() : null;

    private static async Task<EpochState> LockAsync(NpgsqlTransaction transaction, Caller caller, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction)
        {
            BatchCommands =
            {
                new(Lock) { Parameters = { new() { Value = caller.Region.Value } } },
                new(StreamRight.CheckCertificate) { Parameters = { new() { Value = caller.Thumbprint }, new() { Value = now } } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var state = new EpochState(
            reader.GetInt64(0),
            await reader.IsDBNullAsync(1, cancellationToken) ? null : reader.GetFieldValue<byte[]>(1),
            reader.GetInt64(2),
            await reader.IsDBNullAsync(3, cancellationToken) ? null : reader.GetFieldValue<byte[]>(3));
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return reader.GetBoolean(0) ? state : throw AccessStatus.UnknownCertificate();
    }

    private static EpochGrant New(long epoch, EpochNote note) => new(epoch, RandomNumberGenerator.GetBytes(LeaseBytes), 0, note);
}
