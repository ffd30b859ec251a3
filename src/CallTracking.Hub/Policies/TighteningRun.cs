using System.Text.Json;
using CallTracking.Privacy;
using Npgsql;
using NpgsqlTypes;

namespace CallTracking.Hub.Policies;

/// <summary>How far the stored cases are brought to what holds.</summary>
/// <param name="Version">The policies.</param>
/// <param name="Since">The day since which just this holds under them.</param>
/// <param name="StartedAt">Cases received later were shaped by it already.</param>
/// <param name="FinishedAt">Null while it goes on.</param>
/// <param name="Concerned">Cases to look at.</param>
/// <param name="Looked">Cases looked at.</param>
/// <param name="Changed">Cases of which something was taken.</param>
/// <param name="AskedAgain">Cases asked for again; null before that was done.</param>
/// <param name="LastUid">Where it stands, in the order of uids.</param>
/// <param name="Removed">Values that were tightened or dropped, by class and action: <c>postcode drop</c>.</param>
internal sealed record TighteningRun(
    long Version,
    DateOnly Since,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    long Concerned,
    long Looked,
    long Changed,
    long? AskedAgain,
    Guid LastUid,
    IReadOnlyDictionary<string, long> Removed)
{
    /// <summary>The run after a batch.</summary>
    public TighteningRun With(IReadOnlyCollection<Guid> looked, long changed, RedactionTally tally)
    {
        var removed = new SortedDictionary<string, long>(Removed.ToDictionary(), StringComparer.Ordinal);
        foreach (var count in tally.ToCounts())
        {
            var key = $"{DataClassNames.Of(count.DataClass)} {RuleWords.Of(count.Action)}";
            removed[key] = removed.GetValueOrDefault(key) + count.Count;
        }

        return this with { Looked = Looked + looked.Count, Changed = Changed + changed, LastUid = looked.Last(), Removed = removed };
    }
}

/// <summary>Keeps the runs. A run's row is the lock of its batches.</summary>
internal static class TighteningRunStore
{
    private const string Columns =
        "select version, since, started_at, finished_at, concerned, looked, changed, asked_again, last_uid, removed from policy_tightening";

    private const string SelectOne = Columns + " where version = $1 and since = $2";
    private const string SelectForUpdate = SelectOne + " for update";
    private const string SelectLatest = Columns + " order by version desc, since desc limit 1";

    private const string Insert = """
        insert into policy_tightening (version, since, started_at, concerned) values ($1, $2, $3, $4) on conflict do nothing
        """;

    private const string Update = """
        update policy_tightening set finished_at = $3, looked = $4, changed = $5, asked_again = $6, last_uid = $7, removed = $8
        where version = $1 and since = $2
        """;

    public static Task<TighteningRun?> FindAsync(NpgsqlConnection connection, long version, DateOnly since, CancellationToken cancellationToken) =>
        ReadAsync(new NpgsqlCommand(SelectOne, connection), [version, since], cancellationToken);

    public static async Task<TighteningRun> LockAsync(NpgsqlConnection connection, long version, DateOnly since, CancellationToken cancellationToken) =>
        (await ReadAsync(new NpgsqlCommand(SelectForUpdate, connection), [version, since], cancellationToken))!;

    public static Task<TighteningRun?> FindLatestAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        ReadAsync(new NpgsqlCommand(SelectLatest, connection), [], cancellationToken);

    public static async Task AddAsync(
        NpgsqlConnection connection, long version, DateOnly since, DateTimeOffset now, long concerned, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Insert, connection);
        command.Parameters.AddWithValue(version);
        command.Parameters.AddWithValue(since);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(concerned);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task SaveAsync(NpgsqlConnection connection, TighteningRun run, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Update, connection);
        command.Parameters.AddWithValue(run.Version);
        command.Parameters.AddWithValue(run.Since);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)run.FinishedAt ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.AddWithValue(run.Looked);
        command.Parameters.AddWithValue(run.Changed);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)run.AskedAgain ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.AddWithValue(run.LastUid);
        command.Parameters.AddWithValue(NpgsqlDbType.Jsonb, JsonSerializer.Serialize(run.Removed));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<TighteningRun?> ReadAsync(NpgsqlCommand command, object[] values, CancellationToken cancellationToken)
    {
        await using var disposed = command;
        foreach (var value in values)
        {
            command.Parameters.AddWithValue(value);
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new TighteningRun(
                reader.GetInt64(0),
                reader.GetFieldValue<DateOnly>(1),
                reader.GetFieldValue<DateTimeOffset>(2),
                reader.GetFieldValue<DateTimeOffset?>(3),
                reader.GetInt64(4),
                reader.GetInt64(5),
                reader.GetInt64(6),
                reader.GetFieldValue<long?>(7),
                reader.GetGuid(8),
                JsonSerializer.Deserialize<Dictionary<string, long>>(reader.GetString(9))!)
            : null;
    }
}
