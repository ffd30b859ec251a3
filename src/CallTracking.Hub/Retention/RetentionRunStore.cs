using System.Text.Json;
using CallTracking.Hub.Audit;
using Npgsql;
using NpgsqlTypes;

namespace CallTracking.Hub.Retention;

/// <summary>Keeps previews and results. A run's row is the lock of its batches.</summary>
internal sealed class RetentionRunStore(NpgsqlDataSource dataSource)
{
    private const string Insert = """
        insert into retention_run (run_id, previewed_at, as_of, policy_version, preview) values ($1, $2, $3, $4, $5)
        """;

    private const string Columns =
        "select run_id, previewed_at, as_of, policy_version, confirmed_at, finished_at, preview, result from retention_run";

    private const string SelectOne = Columns + " where run_id = $1";
    private const string SelectForUpdate = SelectOne + " for update";
    private const string SelectLatest = Columns + " order by previewed_at desc, run_id limit $1";
    private const string Confirm = "update retention_run set confirmed_at = coalesce(confirmed_at, $2) where run_id = $1";
    private const string SaveResult = "update retention_run set result = $2, finished_at = $3 where run_id = $1";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static async Task AddAsync(NpgsqlTransaction transaction, RetentionRun run, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Insert, transaction.Connection, transaction);
        command.Parameters.AddWithValue(run.RunId);
        command.Parameters.AddWithValue(run.PreviewedAt);
        command.Parameters.AddWithValue(run.AsOf);
        command.Parameters.AddWithValue(run.PolicyVersion);
        command.Parameters.AddWithValue(NpgsqlDbType.Jsonb, JsonSerializer.Serialize(run.Preview, Json));
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.Connection!.NoteAsync(
            AuditEntry.Of(AuditCode.RetentionPreviewed, run.RunId.ToString(), ("as_of", run.AsOf), ("policy", run.PolicyVersion), ("cases", run.PreviewCount)), cancellationToken);
    }

    public async Task<RetentionRun?> FindAsync(Guid runId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SelectOne);
        command.Parameters.AddWithValue(runId);
        return (await ReadAsync(command, cancellationToken)).SingleOrDefault();
    }

    /// <summary>The latest previews first.</summary>
    public async Task<IReadOnlyList<RetentionRun>> ListAsync(int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SelectLatest);
        command.Parameters.AddWithValue(limit);
        return await ReadAsync(command, cancellationToken);
    }

    public async Task ConfirmAsync(Guid runId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Confirm);
        command.Parameters.AddWithValue(runId);
        command.Parameters.AddWithValue(now);
        await dataSource.ActAsync(command, AuditEntry.Of(AuditCode.RetentionConfirmed, runId.ToString()), cancellationToken);
    }

    /// <summary>Reads the run and keeps others from its next batch until the transaction ends.</summary>
    public static async Task<RetentionRun> LockAsync(NpgsqlTransaction transaction, Guid runId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SelectForUpdate, transaction.Connection, transaction);
        command.Parameters.AddWithValue(runId);
        return (await ReadAsync(command, cancellationToken)).Single();
    }

    public static async Task SaveAsync(
        NpgsqlTransaction transaction, Guid runId, IReadOnlyList<RetentionLine> result, DateTimeOffset? finishedAt, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SaveResult, transaction.Connection, transaction);
        command.Parameters.AddWithValue(runId);
        command.Parameters.AddWithValue(NpgsqlDbType.Jsonb, JsonSerializer.Serialize(result, Json));
        command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, (object?)finishedAt ?? DBNull.Value);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<List<RetentionRun>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var runs = new List<RetentionRun>();
        while (await reader.ReadAsync(cancellationToken))
        {
            runs.Add(new RetentionRun
            {
                RunId = reader.GetGuid(0),
                PreviewedAt = reader.GetFieldValue<DateTimeOffset>(1),
                AsOf = reader.GetFieldValue<DateTimeOffset>(2),
                PolicyVersion = reader.GetInt64(3),
                ConfirmedAt = ReadTime(reader, 4),
                FinishedAt = ReadTime(reader, 5),
                Preview = ReadLines(reader, 6),
                Result = ReadLines(reader, 7),
            });
        }

        return runs;
    }

    private static DateTimeOffset? ReadTime(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);

    private static List<RetentionLine> ReadLines(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? [] : JsonSerializer.Deserialize<List<RetentionLine>>(reader.GetString(column), Json)!;
}
