using CallTracking.Hub.Access;
using CallTracking.Hub.Ingest;
using Google.Protobuf;
using Npgsql;

namespace CallTracking.Hub.Reconciliation;

/// <summary>
/// Whose ledger is compared: the certificate is good, and the ledger is the one that holds the region's lease. Comparing fences nobody off.
/// It is asked for with every range, and before anything is written.
/// </summary>
/// <param name="Caller">The region, by its certificate.</param>
/// <param name="Epoch">Of the ledger.</param>
/// <param name="Lease">Proof of it.</param>
internal sealed record ReconcileRight(Caller Caller, long Epoch, ByteString Lease)
{
    private const string Check = """
        select exists (select from region_certificate where thumbprint = $1 and revoked_at is null and expires_at > $2),
               exists (select from region where code = $3 and epoch = $4 and lease = $5)
        """;

    public string Region => Caller.Region.Value;

    /// <summary>The look as part of a batch; its row is for <see cref="RequireAsync"/>.</summary>
    public NpgsqlBatchCommand ToCommand(DateTimeOffset now) => new(Check)
    {
        Parameters =
        {
            new() { Value = Caller.Thumbprint }, new() { Value = now }, new() { Value = Region }, new() { Value = Epoch }, new() { Value = Lease.ToByteArray() },
        },
    };

    /// <summary>Reads what the look found.</summary>
    /// <exception cref="Rpc.RpcException">The right has ended; the status says why.</exception>
    public static async Task RequireAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        await reader.ReadAsync(cancellationToken);
        if (!reader.GetBoolean(0))
        {
            throw AccessStatus.UnknownCertificate();
        }

        if (!reader.GetBoolean(1))
        {
            throw SyncStatus.EpochFenced();
        }
    }

    /// <summary>Locks the region until the transaction ends, then looks.</summary>
    /// <exception cref="Rpc.RpcException">The right has ended; the status says why.</exception>
    public async Task LockAsync(NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction)
        {
            BatchCommands = { new(StreamRight.LockRegion) { Parameters = { new() { Value = Region } } }, ToCommand(now) },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await RequireAsync(reader, cancellationToken);
    }
}
