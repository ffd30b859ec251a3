using CallTracking.Contracts;
using Microsoft.Data.Sqlite;

namespace CallTracking.Agent.Ledger;

/// <summary>How far a run has come.</summary>
internal enum RunState
{
    /// <summary>The source is being read; found so at start-up, the run was interrupted.</summary>
    Reading = 0,

    /// <summary>Nothing more is added; batches or the report may still be on their way.</summary>
    Draining = 1,

    /// <summary>The hub has acknowledged the report.</summary>
    Closed = 2,
}

/// <summary>One run with its counts as of the last commit. <see cref="Ack"/> is null until the hub has counted it too.</summary>
internal sealed record RunRow(long Number, RunState State, RunReport Report, RunReportAck? Ack);

/// <summary>The table <c>runs</c>. Called within <see cref="LedgerFile"/>'s turn.</summary>
internal sealed class RunTable(SqliteConnection connection) : IDisposable
{
    private readonly SqlStatement _insert = new(
        connection, "insert into runs (run_id, state, started_at, report) values (?1, 0, ?2, ?3) returning number");

    private readonly SqlStatement _save = new(
        connection, "update runs set state = ?2, report = ?3, ack = ?4 where number = ?1");

    private readonly SqlStatement _find = new(
        connection, "select number, state, report, ack from runs where number = ?1");

    private readonly SqlStatement _open = new(
        connection, "select number, state, report, ack from runs where state < 2 order by number");

    private readonly SqlStatement _last = new(
        connection, "select number, state, report, ack from runs order by number desc limit ?1");

    /// <summary>Adds the run and gives its number.</summary>
    public long Insert(RunReport report)
    {
        using var rows = _insert.Query(
            report.RunId.ToByteArray(), report.StartedAt.ToDateTimeOffset().ToUnixTimeMilliseconds(), Serialise(report));
        rows.Read();
        return rows.Number(0);
    }

    public void Save(RunRow run) =>
        _save.Execute(run.Number, (long)run.State, Serialise(run.Report), run.Ack is { } ack ? Serialise(ack) : null);

    public RunRow? Find(long number) => Rows(_find, number).FirstOrDefault();

    /// <summary>Runs that the hub has not acknowledged, oldest first.</summary>
    public IReadOnlyList<RunRow> Open() => Rows(_open);

    /// <summary>The latest runs, newest first.</summary>
    public IReadOnlyList<RunRow> Last(int limit) => Rows(_last, (long)limit);

    /// <summary>The latest night for which something holds; null when there is none. What was read of one case, one file or by the fast lane is none.</summary>
    public RunRow? LastNight(Func<RunRow, bool> isMeant) => Each(_last, long.MaxValue).FirstOrDefault(run => run.Report.Kind == RunKind.Unspecified && isMeant(run));

    public void Dispose()
    {
        foreach (var statement in new[] { _insert, _save, _find, _open, _last })
        {
            statement.Dispose();
        }
    }

    private static byte[] Serialise(Google.Protobuf.IMessage message) => Google.Protobuf.MessageExtensions.ToByteArray(message);

    private static List<RunRow> Rows(SqlStatement statement, params SqlValue[] values) => [.. Each(statement, values)];

    private static IEnumerable<RunRow> Each(SqlStatement statement, params SqlValue[] values)
    {
        using var rows = statement.Query(values);
        while (rows.Read())
        {
            yield return new RunRow(
                rows.Number(0),
                (RunState)rows.Number(1),
                RunReport.Parser.ParseFrom(rows.Bytes(2)),
                rows.IsNull(3) ? null : RunReportAck.Parser.ParseFrom(rows.Bytes(3)));
        }
    }
}
