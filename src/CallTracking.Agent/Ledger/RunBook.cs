using CallTracking.Contracts;
using Google.Protobuf.WellKnownTypes;

namespace CallTracking.Agent.Ledger;

/// <summary>Keeps account of the runs that the hub has not acknowledged. Called within <see cref="LedgerFile"/>'s turn.</summary>
internal sealed class RunBook
{
    private readonly RunTable _table;
    private readonly Dictionary<long, RunRow> _open;

    public RunBook(RunTable table)
    {
        _table = table;
        _open = table.Open().ToDictionary(run => run.Number);
    }

    /// <summary>Oldest first, with their counts so far.</summary>
    public IReadOnlyList<RunRow> Open => [.. _open.Values.OrderBy(run => run.Number)];

    /// <summary>The counts of an open run, to be added to; <see cref="Save"/> writes them.</summary>
    public RunReport Report(long run) => _open[run].Report;

    public void Save(long run) => _table.Save(_open[run]);

    public RunRow Begin(RunReport start)
    {
        var run = new RunRow(_table.Insert(start), RunState.Reading, start, null);
        _open.Add(run.Number, run);
        return run;
    }

    /// <summary>Ends the reading side of a run.</summary>
    public void EndReading(long run, RunOutcome outcome, DateTimeOffset finishedAt)
    {
        var row = _open[run] with { State = RunState.Draining };
        row.Report.Outcome = outcome;
        row.Report.FinishedAt = Timestamp.FromDateTimeOffset(finishedAt);
        _open[run] = row;
        Save(run);
    }

    /// <summary>Keeps the hub's own count and closes the run.</summary>
    public RunRow Close(RunReportAck ack)
    {
        var row = _open.Values.First(open => open.Report.RunId == ack.RunId) with { State = RunState.Closed, Ack = ack };
        _table.Save(row);
        _open.Remove(row.Number);
        return row;
    }

    /// <summary>What puts all back as it is now.</summary>
    public Action Remember()
    {
        var open = _open.Values.Select(run => run with { Report = run.Report.Clone() }).ToList();
        return () =>
        {
            _open.Clear();
            open.ForEach(run => _open.Add(run.Number, run));
        };
    }
}
