namespace CallTracking.Agent.Sync;

/// <summary>How far a sync is, for whoever shows it. Thread-safe.</summary>
internal sealed class RunProgress
{
    private long _rows;
    private long _run;

    /// <summary>Rows read by the current run.</summary>
    public long Rows => Volatile.Read(ref _rows);

    /// <summary>The current run's number; 0 before one has begun.</summary>
    public long Run => Volatile.Read(ref _run);

    public void Begin(long run)
    {
        Volatile.Write(ref _rows, 0);
        Volatile.Write(ref _run, run);
    }

    public void RowRead() => Interlocked.Increment(ref _rows);
}
