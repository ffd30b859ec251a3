using CallTracking.Agent.Alarms;
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
        var schedule = new NightlySchedule(new ScheduleSettings("0 30 1 * * ?", TimeZoneInfo.Utc, TimeSpan.Zero, TimeSpan.FromHours(12)), 0);
        using var stop = new CancellationTokenSource();
        var loop = new Nights(schedule, work, new SetPauses(), null, clock, NullLogger.Instance).RunAsync(null, stop.Token);

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
        var schedule = new NightlySchedule(new ScheduleSettings("0 30 1 * * ?", TimeZoneInfo.Utc, TimeSpan.Zero, TimeSpan.FromHours(12)), 0);
        using var stop = new CancellationTokenSource();
        var loop = new Nights(schedule, work, new SetPauses(), null, clock, NullLogger.Instance).RunAsync(null, stop.Token);
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
        var schedule = new NightlySchedule(new ScheduleSettings("0 30 1 * * ?", TimeZoneInfo.Utc, TimeSpan.Zero, TimeSpan.Zero), 0);
        using var stop = new CancellationTokenSource();
        var loop = new Nights(schedule, new CountedWork(clock), new SetPauses(), null, clock, NullLogger.Instance).RunAsync(null, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task RunAsync_RunOfThirtyHours_NightsMeanwhileAreSkippedAndSaid()
    {
        var clock = new ManualClock(new DateTimeOffset(2026, 11, 22, 1, 0, 0, TimeSpan.Zero));
        var work = new CountedWork(clock) { Takes = TimeSpan.FromHours(30) };
        using var logs = new LogScope();
        using var stop = new CancellationTokenSource();
        var loop = new Nights(Nightly(), work, new SetPauses(), null, clock, logs.Factory.CreateLogger("run")).RunAsync(null, stop.Token);

        await AdvanceUntilAsync(clock, () => work.StartedAt.Count == 2);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop);
        Assert.Equal([22, 24], work.StartedAt.Select(at => at.Day));
        Assert.Contains(logs.Events, line => line.Text.Contains("1 nights began while the run of", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_PausedOverTheNight_RunsOnceWhenThePauseEnds()
    {
        var clock = new ManualClock(new DateTimeOffset(2026, 11, 22, 1, 0, 0, TimeSpan.Zero));
        var (work, pauses) = (new CountedWork(clock), new SetPauses { Pause = new Pause("export server is moved", clock.GetUtcNow(), clock.GetUtcNow().AddHours(5)) });
        using var stop = new CancellationTokenSource();
        var loop = new Nights(Nightly(), work, pauses, null, clock, NullLogger.Instance).RunAsync(null, stop.Token);

        await AdvanceUntilAsync(clock, () => work.StartedAt.Count == 2);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop);
        Assert.Equal([new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 23, 1, 30, 0, TimeSpan.Zero)], work.StartedAt);
        Assert.True(pauses.Tellings > 2);
    }

    [Fact]
    public async Task RunAsync_PausedForTwoDays_WaitsForTheNextNight()
    {
        var clock = new ManualClock(new DateTimeOffset(2026, 11, 22, 1, 0, 0, TimeSpan.Zero));
        var (work, pauses) = (new CountedWork(clock), new SetPauses { Pause = new Pause("export server is moved", clock.GetUtcNow(), clock.GetUtcNow().AddHours(46)) });
        using var stop = new CancellationTokenSource();
        var loop = new Nights(Nightly(), work, pauses, null, clock, NullLogger.Instance).RunAsync(null, stop.Token);

        await AdvanceUntilAsync(clock, () => work.StartedAt.Count == 1);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop);
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 1, 30, 0, TimeSpan.Zero), Assert.Single(work.StartedAt));
    }

    [Theory]
    [InlineData(false, 6)]
    [InlineData(true, 0)]
    public async Task RunAsync_FastLane_IsDrivenBetweenNightsUnlessPaused(bool isPaused, int polls)
    {
        var clock = new ManualClock(new DateTimeOffset(2026, 11, 22, 1, 0, 0, TimeSpan.Zero));
        var (work, lane) = (new CountedWork(clock), new CountedLane());
        var pauses = new SetPauses { Pause = isPaused ? new Pause("export server is moved", clock.GetUtcNow(), clock.GetUtcNow().AddMinutes(30)) : null };
        using var stop = new CancellationTokenSource();
        var loop = new Nights(Nightly(), work, pauses, lane, clock, NullLogger.Instance).RunAsync(null, stop.Token);

        await AdvanceUntilAsync(clock, () => lane.Nights == 1);
        var (done, seen) = (lane.Nights, lane.PollsAtNight);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop);
        Assert.Equal((1, polls), (done, seen));
    }

    private static NightlySchedule Nightly() =>
        new(new ScheduleSettings("0 30 1 * * ?", TimeZoneInfo.Utc, TimeSpan.Zero, TimeSpan.FromHours(12)), 0);

    private static async Task AdvanceUntilAsync(ManualClock clock, Func<bool> enough)
    {
        while (!enough())
        {
            await Eventually.TrueAsync(() => clock.PendingTimers > 0 || enough());
            clock.Advance(TimeSpan.FromMinutes(5));
        }
    }

    private sealed class SetPauses : IPauses
    {
        public Pause? Pause { get; init; }

        public int Tellings { get; private set; }

        public Pause? Find(DateTimeOffset now) => Pause is { } pause && pause.Holds(now) ? pause : null;

        public Task TellAsync(CancellationToken cancellationToken)
        {
            Tellings++;
            return Task.CompletedTask;
        }
    }

    private sealed class CountedLane : IFastLane
    {
        private int _polls;

        public TimeSpan Every => TimeSpan.FromMinutes(5);

        public int Nights { get; private set; }

        public int PollsAtNight { get; private set; }

        public Task PollAsync(CancellationToken cancellationToken)
        {
            _polls++;
            return Task.CompletedTask;
        }

        public void NightDone() => (Nights, PollsAtNight) = (Nights + 1, Nights == 0 ? _polls : PollsAtNight);
    }

    private sealed class CountedWork(ManualClock clock) : INightWork
    {
        public List<DateTimeOffset> StartedAt { get; } = [];

        public TimeSpan Takes { get; init; }

        public Task<NightEnd> RunAsync(CancellationToken cancellationToken)
        {
            StartedAt.Add(clock.GetUtcNow());
            clock.Advance(Takes);
            return Task.FromResult(NightEnd.Whole);
        }
    }
}
