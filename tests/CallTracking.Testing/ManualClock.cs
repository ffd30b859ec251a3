namespace CallTracking.Testing;

/// <summary>
/// A clock that moves only when a test says so. Timers made from it fire, in the order of their due times, on the thread
/// that moves it; <c>Task.Delay</c>, <c>PeriodicTimer</c> and <c>CancellationTokenSource</c> given this clock obey it.
/// </summary>
/// <param name="start">The first instant; by default 2026-11-22 00:00 UTC.</param>
public sealed class ManualClock(DateTimeOffset? start = null) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = (start ?? new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero)).ToUniversalTime();
    private long _elapsedTicks;

    /// <summary>The time zone this clock calls local; UTC unless set.</summary>
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    public override TimeZoneInfo LocalTimeZone => Zone;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>The number of timers that wait to fire: lets a test wait until the code under test has gone to sleep.</summary>
    public int PendingTimers
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count(timer => timer.DueAt is not null);
            }
        }
    }

    /// <summary>The number of timers that fire exactly so long from now: tells one sleeper from all others.</summary>
    public int PendingTimersIn(TimeSpan time)
    {
        lock (_gate)
        {
            return _timers.Count(timer => timer.DueAt == _now + time);
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _elapsedTicks;
        }
    }

    /// <summary>Moves forward and fires what falls due on the way, each at its own instant.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative; use <see cref="Set"/> to turn the clock back.</exception>
    public void Advance(TimeSpan step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, TimeSpan.Zero);
        DateTimeOffset target;
        lock (_gate)
        {
            target = _now + step;
        }

        while (TakeDue(target) is { } timer)
        {
            timer.Fire();
        }

        lock (_gate)
        {
            MoveTo(target);
        }
    }

    /// <summary>Puts the clock on an instant. Forward fires timers like <see cref="Advance"/>; backward (a corrected clock) fires none.</summary>
    public void Set(DateTimeOffset instant)
    {
        var now = GetUtcNow();
        if (instant >= now)
        {
            Advance(instant - now);
            return;
        }

        lock (_gate)
        {
            // Timers measure elapsed time: turning the wall clock back does not put them off.
            foreach (var timer in _timers)
            {
                timer.DueAt -= now - instant;
            }

            _now = instant.ToUniversalTime();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private ManualTimer? TakeDue(DateTimeOffset target)
    {
        lock (_gate)
        {
            var next = _timers.Where(timer => timer.DueAt <= target).MinBy(timer => timer.DueAt);
            if (next is null)
            {
                return null;
            }

            MoveTo(next.DueAt!.Value);
            next.DueAt = next.Period > TimeSpan.Zero ? _now + next.Period : null;
            return next;
        }
    }

    private void MoveTo(DateTimeOffset instant)
    {
        if (instant > _now)
        {
            _elapsedTicks += (instant - _now).Ticks;
            _now = instant;
        }
    }

    private sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private bool _disposed;

        public DateTimeOffset? DueAt { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var fireNow = false;
            lock (clock._gate)
            {
                if (_disposed)
                {
                    return false;
                }

                clock._timers.Remove(this);
                clock._timers.Add(this);
                Period = period;
                DueAt = dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime;
                if (dueTime == TimeSpan.Zero)
                {
                    fireNow = true;
                    DueAt = period > TimeSpan.Zero ? clock._now + period : null;
                }
            }

            if (fireNow)
            {
                // Never inside the caller: a real timer with no delay fires on another thread too.
                ThreadPool.QueueUserWorkItem(static timer => timer.Fire(), this, preferLocal: false);
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                _disposed = true;
                DueAt = null;
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
