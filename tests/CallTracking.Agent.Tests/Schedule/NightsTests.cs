using CallTracking.Agent.Configuration;
using CallTracking.Agent.Schedule;
using CallTracking.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CallTracking.Agent.Tests.Schedule;

public sealed class NightsTests
{
    [Fact]
    public async Task RunAsync_ThreeNights_WorksOnceEachAtItsHour()
    {
        var clock = new ManualClock(new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero));
        var work = new CountedWork(clock);
        var schedule = new NightlySchedule(new ScheduleSettings("0 30 1 * * ?", TimeZoneInfo.Utc, TimeSpan.Zero, TimeSpan.FromHours(12)), () => 0);
        using var stop = new CancellationTokenSource();
        var loop = new Nights(schedule, work, clock, NullLogger.Instance).RunAsync(null, stop.Token);

        while (work.StartedAt.Count < 3)
        {
            await Eventually.TrueAsync(() => clock.PendingTimers > 0);
            clock.Advance(TimeSpan.FromMinutes(10));
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop);
        Assert.Equal([22, 23, 24], work.StartedAt.Select(at => at.Day));
        Assert.All(work.StartedAt, at => Assert.Equal(new TimeSpan(1, 30, 0), at.TimeOfDay));
    }

    [Fact]
    public async Task RunAsync_ClockSetBackByYears_WorksAtTheNextNightOfTheRightDate()
    {
        var clock = new ManualClock(new DateTimeOffset(2031, 11, 22, 0, 0, 0, TimeSpan.Zero));
        var work = new CountedWork(clock);
        var schedule = new NightlySchedule(new ScheduleSettings("0 30 1 * * ?", TimeZoneInfo.Utc, TimeSpan.Zero, TimeSpan.FromHours(12)), () => 0);
        using var stop = new CancellationTokenSource();
        var loop = new Nights(schedule, work, clock, NullLogger.Instance).RunAsync(null, stop.Token);
        await Eventually.TrueAsync(() => clock.PendingTimers > 0);

        clock.Set(new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero));
        for (var step = 0; step < 12 && work.StartedAt.Count == 0; step++)
        {
            await Eventually.TrueAsync(() => clock.PendingTimers > 0);
            clock.Advance(TimeSpan.FromMinutes(10));
            await Task.Delay(20);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 1, 30, 0, TimeSpan.Zero), Assert.Single(work.StartedAt));
    }

    [Fact]
    public async Task RunAsync_Stopped_EndsWhileWaiting()
    {
        var clock = new ManualClock();
        var schedule = new NightlySchedule(new ScheduleSettings("0 30 1 * * ?", TimeZoneInfo.Utc, TimeSpan.Zero, TimeSpan.Zero), () => 0);
        using var stop = new CancellationTokenSource();
        var loop = new Nights(schedule, new CountedWork(clock), clock, NullLogger.Instance).RunAsync(null, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    private sealed class CountedWork(TimeProvider clock) : INightWork
    {
        public List<DateTimeOffset> StartedAt { get; } = [];

        public Task RunAsync(CancellationToken cancellationToken)
        {
            StartedAt.Add(clock.GetUtcNow());
            return Task.CompletedTask;
        }
    }
}
