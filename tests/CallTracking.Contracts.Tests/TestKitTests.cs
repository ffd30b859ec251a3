using CallTracking.Testing;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CallTracking.Contracts.Tests;

/// <summary>The shared test kit does what the tests of every project rely on.</summary>
public sealed partial class TestKitTests
{
    [Fact]
    public async Task ManualClock_Advance_FiresTimersInOrderAtTheirInstants()
    {
        var clock = new ManualClock();
        var start = clock.GetUtcNow();
        var fired = new List<(string Name, TimeSpan At)>();
        await using var late = clock.CreateTimer(_ => fired.Add(("late", clock.GetUtcNow() - start)), null, Minutes(5), Timeout.InfiniteTimeSpan);
        await using var early = clock.CreateTimer(_ => fired.Add(("early", clock.GetUtcNow() - start)), null, Minutes(1), Minutes(3));

        clock.Advance(Minutes(4.5));
        clock.Advance(Minutes(0.5));

        Assert.Equal([("early", Minutes(1)), ("early", Minutes(4)), ("late", Minutes(5))], fired);
        Assert.Equal(start + Minutes(5), clock.GetUtcNow());
        Assert.Equal(Minutes(5), clock.GetElapsedTime(0));
    }

    [Fact]
    public async Task ManualClock_TaskDelay_EndsWhenTheClockIsThere()
    {
        var clock = new ManualClock();
        var delay = Task.Delay(Minutes(10), clock);

        clock.Advance(Minutes(9.9));
        Assert.False(delay.IsCompleted);
        Assert.Equal(1, clock.PendingTimers);

        clock.Advance(Minutes(0.1));
        await delay;
        Assert.Equal(0, clock.PendingTimers);
    }

    [Fact]
    public async Task ManualClock_SetBackward_MovesTheWallClockButNoTimer()
    {
        var clock = new ManualClock();
        var delay = Task.Delay(Minutes(10), clock);
        var yesterday = clock.GetUtcNow().AddDays(-1);

        clock.Set(yesterday);
        Assert.Equal(yesterday, clock.GetUtcNow());
        clock.Advance(Minutes(10));

        await delay;
        Assert.Equal(Minutes(10), clock.GetElapsedTime(0));
    }

    [Fact]
    public void LogScope_UnannouncedError_FailsAtTheEnd()
    {
        var scope = new LogScope();
        Broke(scope.For<TestKitTests>(), "pump", new IOException("no water"));

        var fault = Assert.Throws<InvalidOperationException>(scope.Dispose);

        Assert.Contains("no water", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LogScope_AnnouncedError_Passes()
    {
        using var scope = new LogScope();
        scope.ExpectError("pump");

        Broke(scope.For<TestKitTests>(), "pump", null);

        Assert.Equal(LogLevel.Error, Assert.Single(scope.Events).Level);
    }

    [Fact]
    public void LogScope_PlantedValueInInnerException_IsFound()
    {
        using var scope = new LogScope();
        scope.ExpectError("pump");
        Broke(scope.For<TestKitTests>(), "pump", new IOException("outer", new IOException("planted-4711")));

        Assert.Throws<InvalidOperationException>(() => scope.MustNotContain("absent", "PLANTED-4711"));
        scope.MustNotContain("absent");
    }

    [Fact]
    public async Task ProgramRun_ProgramThatWritesAndWaits_IsSeenAndKilled()
    {
        await using var run = ProgramRun.Start("/bin/sh", ["-c", "echo one; echo ready now >&2; sleep 60; echo two"]);

        Assert.Equal("ready now", await run.WaitForOutputAsync("ready", TimeSpan.FromSeconds(20)));
        run.Kill();
        var result = await run.WaitForExitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(128 + 9, result.ExitCode);
        Assert.Equal("one\n", result.Output);
        Assert.Equal("ready now", result.LastErrorLine);
    }

    [Fact]
    public async Task ProgramRun_ProgramThatEndsTooSoon_SaysSo()
    {
        await using var run = ProgramRun.Start("/bin/sh", ["-c", "echo failed >&2; exit 7"]);

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(
            () => run.WaitForOutputAsync("ready", TimeSpan.FromSeconds(20)));

        Assert.Contains("ended with 7", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProgramRun_ProgramThatHangs_TimesOut()
    {
        await using var run = ProgramRun.Start("/bin/sh", ["-c", "sleep 60"]);

        await Assert.ThrowsAsync<TimeoutException>(() => run.WaitForExitAsync(TimeSpan.FromMilliseconds(200)));

        Assert.True(run.HasExited);
    }

    private static TimeSpan Minutes(double count) => TimeSpan.FromMinutes(count);

    [LoggerMessage(1, LogLevel.Error, "The {Part} broke")]
    private static partial void Broke(ILogger logger, string part, Exception? fault);
}
