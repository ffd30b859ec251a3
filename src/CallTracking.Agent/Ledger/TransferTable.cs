using CallTracking.Contracts;
using Google.Protobuf;
using Microsoft.Data.Sqlite;

namespace CallTracking.Agent.Ledger;

/// <summary>The tables <c>transfer</c> and <c>task_result</c>: what went into files, and what waits to. Called within <see cref="LedgerFile"/>'s turn.</summary>
internal sealed class TransferTable(SqliteConnection connection) : IDisposable
{
    private readonly SqlStatement _begin = new(
        connection, "insert into transfer (number, file_id, made_at) values ((select coalesce(max(number), 0) + 1 from transfer), ?1, ?2) returning number");

    private readonly SqlStatement _answer = new(connection, "update transfer set answered_at = ?2 where number = ?1 and file_id = ?3 and answered_at is null returning number");

    private readonly SqlStatement _keep = new(connection, "insert or replace into task_result (task_id, result) values (?1, ?2)");

    private readonly SqlStatement _results = new(connection, "select result from task_result order by task_id");

    private readonly SqlStatement _export = new(connection, "update task_result set exported = ?1 where exported = 0");

    private readonly SqlStatement _forget = new(connection, "delete from task_result where exported > 0 and exported <= ?1");

    /// <summary>Gives a file its number. The answers that wait go with it.</summary>
    public long Begin(byte[] fileId, DateTimeOffset now)
    {
        long number;
        using (var rows = _begin.Query(fileId, now.ToUnixTimeMilliseconds()))
        {
            rows.Read();
            number = rows.Number(0);
        }

        _export.Execute(number);
        return number;
    }

    /// <summary>Notes that headquarters took the file in; false where that was known, or the file is not this ledger's.</summary>
    public bool Answer(long number, byte[] fileId, DateTimeOffset now)
    {
        using (var rows = _answer.Query(number, now.ToUnixTimeMilliseconds(), fileId))
        {
            if (!rows.Read())
            {
                return false;
            }
        }

        _forget.Execute(number);
        return true;
    }

    public void Keep(TaskResult result) => _keep.Execute(result.TaskId.ToByteArray(), result.ToByteArray());

    public IReadOnlyList<TaskResult> Results()
    {
        using var rows = _results.Query();
        var results = new List<TaskResult>();
        while (rows.Read())
        {
            results.Add(TaskResult.Parser.ParseFrom(rows.Bytes(0)));
        }

        return results;
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _begin, _answer, _keep, _results, _export, _forget })
        {
            statement.Dispose();
        }
    }
}
