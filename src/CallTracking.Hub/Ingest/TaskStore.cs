using CallTracking.Contracts;
using CallTracking.Hub.Audit;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Npgsql;

namespace CallTracking.Hub.Ingest;

/// <summary>What headquarters asks of the regions. A task is delivered with every push until it is answered.</summary>
internal sealed class TaskStore(NpgsqlDataSource dataSource)
{
    private const string Insert = "insert into region_task (task_id, region, issued_at, body) values ($1, $2, $3, $4)";

    private const string SelectOpen = """
        select task_id, body from region_task where region = $1 and finished_at is null order by issued_at limit 100
        """;

    private const string MarkDelivered = "update region_task set delivered_at = $2 where task_id = $1 and delivered_at is null";

    private const string Finish = """
        update region_task set finished_at = $3, status = $4, reason = $5, count = $6
        where task_id = $1 and region = $2 and finished_at is null
        """;

    /// <summary>Gives the task its id and instant, and keeps it.</summary>
    public async Task AddAsync(RegionCode region, RegionTask task, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7(now);
        task.TaskId = ByteString.CopyFrom(id.ToByteArray(bigEndian: true));
        task.IssuedAt = Timestamp.FromDateTimeOffset(now);
        await using var command = new NpgsqlCommand(Insert);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(region.Value);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(task.ToByteArray());
        await dataSource.ActAsync(command, AuditEntry.Of(AuditCode.TaskIssued, id.ToString(), Describe(region, task)), cancellationToken);
    }

    /// <summary>Tasks that the region has not answered, oldest first, at most 100.</summary>
    public async Task<IReadOnlyList<RegionTask>> FindOpenAsync(RegionCode region, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SelectOpen);
        command.Parameters.AddWithValue(region.Value);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var tasks = new List<RegionTask>();
        while (await reader.ReadAsync(cancellationToken))
        {
            tasks.Add(RegionTask.Parser.ParseFrom(reader.GetFieldValue<byte[]>(1)));
        }

        return tasks;
    }

    public async Task MarkDeliveredAsync(RegionTask task, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(MarkDelivered);
        command.Parameters.AddWithValue(BatchIntake.Uuid(task.TaskId));
        command.Parameters.AddWithValue(now);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Keeps the region's answer. One to a task that is none of its own, or was answered, changes nothing.</summary>
    /// <exception cref="Rpc.RpcException">The stream may not go on.</exception>
    public async Task FinishAsync(StreamRight right, TaskResult result, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await right.LockAsync(transaction, now, cancellationToken);
        await using var command = new NpgsqlCommand(Finish, connection, transaction);
        command.Parameters.AddWithValue(BatchIntake.Uuid(result.TaskId));
        command.Parameters.AddWithValue(right.Region.Value);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue((short)result.Status);
        command.Parameters.AddWithValue(result.Reason);
        command.Parameters.AddWithValue((long)Math.Min(result.Count, long.MaxValue));
        if (await command.ExecuteNonQueryAsync(cancellationToken) > 0)
        {
            await connection.NoteAsync(
                AuditEntry.Of(AuditCode.TaskAnswered, BatchIntake.Uuid(result.TaskId).ToString(), ("region", right.Region.Value), ("status", result.Status.ToString())), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    // Uids are keyed hashes; how many there are is enough.
    private static (string, object?)[] Describe(RegionCode region, RegionTask task) =>
    [
        ("region", region.Value),
        ("kind", task.BodyCase.ToString()),
        ("everything", task.SendAgain?.Everything),
        ("cases", task.SendAgain?.CaseUids.Count),
        ("reason", task.SendAgain?.Reason),
    ];
}
