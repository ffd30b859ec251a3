using System.Runtime.CompilerServices;
using System.Text.Json;
using CallTracking.Agent.Alarms;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Schedule;
using CallTracking.Contracts;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Agent.Tests.Alarms;

/// <summary>What is wrong at a region is told there: once when it begins, once when it is over, by a real program.</summary>
public sealed class RegionAlarmsTests : IDisposable
{
    private static readonly Diagnosis Disk = Diagnosis.Doubt("disk-low", "3 MB free", "Make room.");

    private readonly TempFolder _folder = new();
    private readonly LogScope _log = new();
    private readonly Facts _facts = new();

    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero));

    public RegionAlarmsTests()
    {
        _log.ExpectError("ALARM");
        _log.ExpectError("was not told");
    }

    public void Dispose()
    {
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task NightEnded_FailedTwiceThenWhole_IsToldOnceEachWay()
    {
        using var alarms = Alarms(Recording());

        await alarms.NightEndedAsync(new NightEnd(ExitCode.HubNotReachable, "no line to the hub"), default);
        await alarms.TellAsync(default);
        await alarms.NightEndedAsync(new NightEnd(ExitCode.HubNotReachable, "no line to the hub"), default);
        await alarms.TellAsync(default);
        await alarms.NightEndedAsync(NightEnd.Whole, default);
        await alarms.TellAsync(default);

        var told = Told();
        Assert.Equal([("raised", "night-failed"), ("over", "night-failed")], told.Select(one => (Text(one, "act"), Text(one, "code"))));
        Assert.Equal(("DE", "Berlin", "the night's sync ended with 3: no line to the hub"), (Text(told[0], "region"), Text(told[0], "centre"), Text(told[0], "text")));
        Assert.Equal("2026-11-22T00:00:00+00:00", Text(told[1], "over_at"));
        Assert.Equal(["130", "131"], _log.Events.Select(line => $"{line.Id.Id}"));
        Assert.Empty(new AlarmFile(_folder.Path).Load()!.Alarms);
    }

    [Fact]
    public async Task Watch_NightThatDoesNotEnd_IsLateUnlessNightsRest()
    {
        using var alarms = Alarms(Recording());
        using var stop = new CancellationTokenSource();
        var watching = alarms.WatchAsync(stop.Token);

        // Due at 01:30, and six hours are given to it.
        await AdvanceToAsync(new TimeSpan(7, 25, 0));
        Assert.Empty(Told());
        await AdvanceToAsync(new TimeSpan(7, 40, 0));
        await Eventually.TrueAsync(() => Told().Count == 1);
        Assert.Equal(("raised", "night-late"), (Text(Told()[0], "act"), Text(Told()[0], "code")));
        Assert.Contains("the night of 2026-11-22 01:30:00Z has not ended whole; the last one that did began never", Text(Told()[0], "text"), StringComparison.Ordinal);

        _facts.Whole = _clock.GetUtcNow();
        await AdvanceToAsync(new TimeSpan(8, 0, 0));
        await Eventually.TrueAsync(() => Told().Count == 2);
        Assert.Equal(("over", "night-late"), (Text(Told()[1], "act"), Text(Told()[1], "code")));

        _facts.Paused = true;
        await AdvanceToAsync(new TimeSpan(40, 0, 0));
        _facts.Paused = false;
        await AdvanceToAsync(new TimeSpan(48, 0, 0));
        Assert.Equal(2, Told().Count);

        // Due on the third night; but a ledger that is busy says nothing.
        _facts.Unknown = true;
        await AdvanceToAsync(new TimeSpan(57, 0, 0));
        Assert.Equal(2, Told().Count);
        _facts.Unknown = false;
        await AdvanceToAsync(new TimeSpan(57, 10, 0));
        await Eventually.TrueAsync(() => Told().Count == 3);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
    }

    [Fact]
    public async Task Look_WhatDoctorFinds_IsToldUntilItIsMendedAlsoOverARestart()
    {
        _facts.Found = [Disk, Diagnosis.Well("clock", "right"), Diagnosis.Doubt("agent-at-work", "", ""), Diagnosis.Doubt("run-late", "", ""), Diagnosis.Doubt("run-not-complete", "", "")];
        using (var first = Alarms(Recording()))
        {
            await first.LookAsync(default);
            await first.TellAsync(default);
            await first.LookAsync(default);
            await first.TellAsync(default);
        }

        using var second = Alarms(Recording());
        await second.LookAsync(default);
        await second.TellAsync(default);
        _facts.Found = [];
        await second.LookAsync(default);
        await second.TellAsync(default);
        Assert.Single(Told());
        _clock.Advance(TimeSpan.FromHours(1));
        await second.LookAsync(default);
        await second.TellAsync(default);

        Assert.Equal([("raised", "disk-low"), ("over", "disk-low")], Told().Select(one => (Text(one, "act"), Text(one, "code"))));
        Assert.Equal(("3 MB free", "Make room."), (Text(Told()[0], "text"), Text(Told()[0], "cure")));
    }

    [Fact]
    public async Task Tell_CommandThatRefusesHangsOrIsMissing_IsCalledAgainUntilItTakesIt()
    {
        var refusing = new AlarmCall(["/bin/sh", "-c", "echo private >&2; exit 9"], _folder.Path, De, "Berlin", TimeSpan.FromSeconds(20));
        var hanging = new AlarmCall(["/bin/sh", "-c", "sleep 60"], _folder.Path, De, "Berlin", TimeSpan.FromSeconds(1));
        var missing = new AlarmCall([Path.Combine(_folder.Path, "nothing")], _folder.Path, De, "Berlin", TimeSpan.FromSeconds(20));
        _facts.Found = [Disk];
        foreach (var call in new[] { refusing, hanging, missing })
        {
            using var alarms = Alarms(call);
            await alarms.LookAsync(default);
            await alarms.TellAsync(default);
            Assert.Null(Assert.Single(new AlarmFile(_folder.Path).Load()!.Alarms).ToldAt);
        }

        using var taken = Alarms(Recording());
        await taken.LookAsync(default);
        await taken.TellAsync(default);

        Assert.Single(Told());
        Assert.NotNull(Assert.Single(new AlarmFile(_folder.Path).Load()!.Alarms).ToldAt);
        Assert.Contains("ended with 9", _log.Text, StringComparison.Ordinal);
        Assert.Contains("had not ended after 1 s", _log.Text, StringComparison.Ordinal);
        Assert.Contains("cannot be started", _log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("private", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_AnotherCauseOfOneCode_IsToldAnewAndWhatWasNotLookedAtIsNotOver()
    {
        using var alarms = Alarms(Recording());
        foreach (var found in new[]
        {
            [Disk, Diagnosis.Fault(6, "source-not-reached", "desk: 10 s", "")],
            [Disk with { Text = "2 MB free" }, Diagnosis.Fault(6, "source-not-reached", "desk: 12 s; shop: refused", "")],
            new[] { Diagnosis.Fault(2, "configuration-wrong", "agent.yaml:3:1: Unknown key", "") },
            [Disk],
        })
        {
            _facts.Found = found;
            await alarms.NightEndedAsync(NightEnd.Whole, default);
            await alarms.TellAsync(default);
        }

        Assert.Equal(
            ["raised disk-low 3 MB free", "raised source-not-reached desk: 10 s", "raised source-not-reached desk: 12 s; shop: refused", "raised configuration-wrong agent.yaml:3:1: Unknown key"],
            Told().Where(one => Text(one, "act") == "raised").Select(one => $"{Text(one, "act")} {Text(one, "code")} {Text(one, "text")}"));
        Assert.Equal(["configuration-wrong", "source-not-reached"], Told().Where(one => Text(one, "act") == "over").Select(one => Text(one, "code")).Order());
    }

    [Fact]
    public async Task Tell_CommandThatLeavesSomethingRunning_HasTakenIt()
    {
        var call = new AlarmCall(["/bin/sh", "-c", "sleep 30 & exit 0"], _folder.Path, De, "Berlin", TimeSpan.FromSeconds(20));

        Assert.Null(await call.TryTellAsync("test", new RegionAlarm("test", "words", "cure", _clock.GetUtcNow(), null, null), default));
    }

    [Fact]
    public async Task Look_FolderThatCannotBeWritten_StandsInTheLogAllTheSame()
    {
        _log.ExpectError("could not be kept");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "alarms.json"));
        _facts.Found = [Disk, Diagnosis.Fault(2, "key-open", "others may read it", "")];
        using var alarms = Alarms(null);

        await alarms.LookAsync(default);

        Assert.Contains("ALARM disk-low: 3 MB free", _log.Text, StringComparison.Ordinal);
        Assert.Contains("ALARM key-open", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tell_CommandThatWritesMuchAndReadsNothing_GetsVariablesButNoSecretOfTheService()
    {
        Environment.SetEnvironmentVariable("CT_TEST_STATE_KEY", "secret-of-the-state");
        var seen = Path.Combine(_folder.Path, "environment");
        var call = new AlarmCall(["/bin/sh", "-c", $"env > '{seen}'; head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2"], _folder.Path, De, "Berlin", TimeSpan.FromSeconds(20));

        Assert.Null(await call.TryTellAsync("test", new RegionAlarm("test", "words; $(touch here)", "cure", _clock.GetUtcNow(), null, null), default));

        var variables = await File.ReadAllTextAsync(seen);
        Assert.DoesNotContain("secret-of-the-state", variables, StringComparison.Ordinal);
        Assert.Contains("CALLTRACKING_ALARM_CODE=test", variables, StringComparison.Ordinal);
        Assert.Contains("CALLTRACKING_ALARM_TEXT=words; $(touch here)", variables, StringComparison.Ordinal);
        Assert.Contains("PATH=", variables, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nights_OneFailsAndTheNextHangs_RaiseBothAlarms()
    {
        // The clock may be set on by more than a look has while one is made.
        _log.ExpectError("could not be looked for");
        using var alarms = Alarms(null);
        using var stop = new CancellationTokenSource();
        var nightly = new NightlySchedule(new ScheduleSettings("0 30 1 * * ?", TimeZoneInfo.Utc, TimeSpan.Zero, TimeSpan.FromHours(12)), 0);
        var nights = new Nights(nightly, new TroubledNights(), new NoPauses(), null, _clock, _log.Factory.CreateLogger("run")) { Alarms = alarms }.RunAsync(null, stop.Token);

        await AdvanceToAsync(new TimeSpan(1, 40, 0));
        await Eventually.TrueAsync(() => _log.Text.Contains("ALARM night-failed: the night's sync ended with 6: desk", StringComparison.Ordinal));
        await AdvanceToAsync(new TimeSpan(32, 0, 0));
        await Eventually.TrueAsync(() => _log.Text.Contains("ALARM night-late", StringComparison.Ordinal));

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => nights);
    }

    [Fact]
    public async Task Look_AFileOfAlarmsThatIsBroken_IsBegunAnew()
    {
        _folder.Write("alarms.json", "{\"Alarms\": [");
        _facts.Found = [Disk];
        using var alarms = Alarms(null);

        await alarms.LookAsync(default);
        await alarms.TellAsync(default);

        Assert.Equal("disk-low", Assert.Single(new AlarmFile(_folder.Path).Load()!.Alarms).Code);
    }

    private static RegionCode De => RegionCode.Parse("DE");

    private static string? Text(JsonElement notice, string name) => notice.GetProperty(name).GetString();

    private RegionAlarms Alarms(AlarmCall? call) => new(
        new AlarmFile(_folder.Path), call, new NightlySchedule(new ScheduleSettings("0 30 1 * * ?", TimeZoneInfo.Utc, TimeSpan.Zero, TimeSpan.FromHours(12)), 0),
        AlarmSettings.UsualLateAfter, _facts, _clock, _log.Factory.CreateLogger("run"));

    private AlarmCall Recording() => new(["/bin/sh", "-c", $"cat >> '{Path.Combine(_folder.Path, "told")}'"], _folder.Path, De, "Berlin", TimeSpan.FromSeconds(20));

    private List<JsonElement> Told() => File.Exists(Path.Combine(_folder.Path, "told"))
        ? [.. File.ReadAllLines(Path.Combine(_folder.Path, "told")).Select(line => JsonDocument.Parse(line).RootElement)]
        : [];

    private async Task AdvanceToAsync(TimeSpan hour)
    {
        while (_clock.GetUtcNow() < new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero) + hour)
        {
            await Eventually.TrueAsync(() => _clock.PendingTimers > 0);
            _clock.Advance(TimeSpan.FromMinutes(5));
        }
    }

    // One that fails, then one without end.
    private sealed class TroubledNights : INightWork
    {
        private int _nights;

        public async Task<NightEnd> RunAsync(CancellationToken cancellationToken)
        {
            if (_nights++ > 0)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return new NightEnd(ExitCode.Source, "desk");
        }
    }

    private sealed class NoPauses : IPauses
    {
        public Pause? Find(DateTimeOffset now) => null;

        public Task TellAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Facts : IRegionFacts
    {
        public bool Paused { get; set; }

        public DateTimeOffset? Whole { get; set; }

        public IReadOnlyList<Diagnosis> Found { get; set; } = [];

        public bool IsPaused(DateTimeOffset now) => Paused;

        public bool TryFindLastWholeNight(out DateTimeOffset? began)
        {
            began = Whole;
            return !Unknown;
        }

        public bool Unknown { get; set; }

        public async IAsyncEnumerable<Diagnosis> ExamineAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (var one in Found)
            {
                await Task.Yield();
                yield return one;
            }
        }
    }
}
