namespace CallTracking.Agent.Tests;

/// <summary>The system's clock, moved: time can be let pass at once, and the wall clock set to another time. Timers are real.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private long _passed;
    private long _set;

    /// <summary>Starts at a time of its own: a test that lets days pass must not pass the day on which a law comes into force, whenever it runs.</summary>
    public static ShiftedClock At(DateTimeOffset start)
    {
        var clock = new ShiftedClock();
        clock.Set(start - clock.GetUtcNow());
        return clock;
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Volatile.Read(ref _passed) + Volatile.Read(ref _set));

    public override long GetTimestamp() => System.GetElapsedTime(0).Ticks + Volatile.Read(ref _passed);

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time) => Interlocked.Add(ref _passed, time.Ticks);

    /// <summary>Sets the wall clock; no time passes.</summary>
    public void Set(TimeSpan by) => Interlocked.Add(ref _set, by.Ticks);
}
