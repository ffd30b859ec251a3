using CallTracking.Contracts;
using CallTracking.Hub.Access;
using Npgsql;

namespace CallTracking.Hub.Ingest;

/// <summary>
/// A push stream's right to go on: its certificate is good, and it is the region's newest push. Whatever the stream writes is
/// written in a transaction that asked here first; before it is sent a task somebody looked, and every two seconds.
/// </summary>
/// <param name="Caller">Whose stream, by which certificate.</param>
/// <param name="Stream">The id under which <see cref="EpochStore"/> made it the region's newest.</param>
internal sealed record StreamRight(Caller Caller, Guid Stream)
{
    /// <summary>Parameter: region. Row: epoch, last_sequence, stream.</summary>
    public const string LockRegion = "select epoch, last_sequence, stream from region where code = $1 for update";

    /// <summary>Parameters: thumbprint, now. Row: whether the certificate is good.</summary>
    public const string CheckCertificate = """
        select exists (select from region_certificate where thumbprint = $1 and revoked_at is null and expires_at > $2)
        """;

    private const string Look = """
        select exists (select from region_certificate where thumbprint = $1 and revoked_at is null and expires_at > $2),
               (select stream from region where code = $3)
        """;

    public RegionCode Region => Caller.Region;

    /// <summary>Looks without waiting for anybody.</summary>
    /// <exception cref="Rpc.RpcException">The right has ended; the status says why.</exception>
    public async Task LookAsync(NpgsqlDataSource dataSource, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Look);
        command.Parameters.AddWithValue(Caller.Thumbprint);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(Region.Value);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        Require(reader.GetBoolean(0), reader.GetFieldValue<Guid?>(1));
    }

    /// <summary>Locks the region until the transaction ends, then looks: nobody revokes or begins a newer push in between.</summary>
    /// <exception cref="Rpc.RpcException">The right has ended; the status says why.</exception>
    public async Task LockAsync(NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction)
        {
            BatchCommands =
            {
                new(LockRegion) { Parameters = { new() { Value = Region.Value } } },
                new(CheckCertificate) { Parameters = { new() { Value = Caller.Thumbprint }, new() { Value = now } } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var newest = reader.GetFieldValue<Guid?>(2);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        Require(reader.GetBoolean(0), newest);
    }

    /// <summary>What a look found, as the status that ends the stream, if it has to.</summary>
    /// <exception cref="Rpc.RpcException">The right has ended.</exception>
    public void Require(bool isCertificateGood, Guid? newest)
    {
        if (!isCertificateGood)
        {
            throw AccessStatus.UnknownCertificate();
        }

        if (newest != Stream)
        {
            throw SyncStatus.EpochFenced();
        }
    }
}
