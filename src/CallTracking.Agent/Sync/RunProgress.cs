using CallTracking.Agent.Tap;

namespace CallTracking.Agent.Sync;

/// <summary>How far a sync is, for whoever shows it. Thread-safe; one thread reports.</summary>
internal sealed class RunProgress
{
    private long _rows;
    private long _run;
    private long _total;
    private long _passed;
    private long _inInput;
    private readonly Lock _gate = new();
    private (TimeProvider Clock, long At)? _began;

    /// <summary>Where rows can be watched.</summary>
    public RowTap Tap { get; } = new();

    /// <summary>Rows read by the current run.</summary>
    public long Rows => Volatile.Read(ref _rows);

    /// <summary>The current run's number; 0 before one has begun.</summary>
    public long Run => Volatile.Read(ref _run);

    /// <summary>How much of what the current run reads was read, 0 to 1; null where its size is not known beforehand.</summary>
    public double? Share => Volatile.Read(ref _total) is > 0 and var total
        ? Math.Clamp((double)(Volatile.Read(ref _passed) + Volatile.Read(ref _inInput)) / total, 0, 1)
        : null;

    /// <summary>How long the current run has been at work.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_gate)
            {
                return _began is { } began ? began.Clock.GetElapsedTime(began.At) : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Each run has counts and a rate of its own: what the connection took, and the run before, is none of it.</summary>
    public void Begin(long run, TimeProvider clock)
    {
        lock (_gate)
        {
            _began = (clock, clock.GetTimestamp());
        }

        Volatile.Write(ref _rows, 0);
        Volatile.Write(ref _total, 0);
        Volatile.Write(ref _passed, 0);
        Volatile.Write(ref _inInput, 0);
        Volatile.Write(ref _run, run);
    }

    /// <summary>What the run will read, in bytes; 0 where that is not known.</summary>
    public void Expect(long bytes) => Volatile.Write(ref _total, bytes);

    /// <summary>A part of what was expected is of another size.</summary>
    public void Correct(long expected, long actual)
    {
        if (_total > 0)
        {
            Volatile.Write(ref _total, Math.Max(_total - expected + actual, 0));
        }
    }

    /// <param name="bytesBefore">Of its input.</param>
    public void RowRead(long bytesBefore = 0)
    {
        Interlocked.Increment(ref _rows);
        Volatile.Write(ref _inInput, bytesBefore);
    }

    /// <summary>An input was read to its end, or given up.</summary>
    public void Passed(long bytes)
    {
        Volatile.Write(ref _inInput, 0);
        Volatile.Write(ref _passed, _passed + bytes);
    }
}
