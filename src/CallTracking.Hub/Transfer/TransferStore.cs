using CallTracking.Contracts;
using CallTracking.Hub.Audit;
using CallTracking.Hub.Ingest;
using Npgsql;

namespace CallTracking.Hub.Transfer;

/// <summary>What is known of a file that comes.</summary>
/// <param name="ImportedAt">When it was taken in first; null when it was not.</param>
/// <param name="Epoch">That it was answered with.</param>
/// <param name="NewerNumber">The highest number of a file that was made after it and has been taken in; null when there is none.</param>
internal sealed record TransferHistory(DateTimeOffset? ImportedAt, long? Epoch, long? NewerNumber);

/// <summary>Remembers the transfer files that were taken in.</summary>
internal sealed class TransferStore(NpgsqlDataSource dataSource)
{
    private const string Look = """
        select (select imported_at from transfer_file where region = $1 and file_id = $2),
               (select epoch from transfer_file where region = $1 and file_id = $2),
               (select max(number) from transfer_file where region = $1 and number > $3 and made_at > $4)
        """;

    private const string Keep = """
        insert into transfer_file (region, file_id, number, made_at, imported_at, epoch) values ($1, $2, $3, least($4, $5), $5, $6)
        on conflict (region, file_id) do update set epoch = excluded.epoch
        """;

    public async Task<TransferHistory> FindAsync(RegionCode region, TransferHeader header, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Look);
        command.Parameters.AddWithValue(region.Value);
        command.Parameters.AddWithValue(BatchIntake.Uuid(header.FileId));
        command.Parameters.AddWithValue((long)header.Number);
        command.Parameters.AddWithValue(header.MadeAt.ToDateTimeOffset());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new TransferHistory(
            await reader.IsDBNullAsync(0, cancellationToken) ? null : reader.GetFieldValue<DateTimeOffset>(0),
            await reader.IsDBNullAsync(1, cancellationToken) ? null : reader.GetInt64(1),
            await reader.IsDBNullAsync(2, cancellationToken) ? null : reader.GetInt64(2));
    }

    /// <summary>Notes, in list and audit log, that all of the file was taken in.</summary>
    public async Task KeepAsync(RegionCode region, TransferHeader header, TransferCount count, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Keep);
        command.Parameters.AddWithValue(region.Value);
        command.Parameters.AddWithValue(BatchIntake.Uuid(header.FileId));
        command.Parameters.AddWithValue((long)header.Number);
        command.Parameters.AddWithValue(header.MadeAt.ToDateTimeOffset());
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue((long)count.Epoch);
        var entry = AuditEntry.Of(
            AuditCode.TransferImported, region.Value, ("file", (long)header.Number), ("batches", count.Batches), ("cases", count.Cases), ("epoch", (long)count.Epoch));
        await dataSource.ActAsync(command, entry, cancellationToken);
    }
}
