using CallTracking.Contracts;
using CallTracking.Hub.Alarms;
using CallTracking.Hub.Audit;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Testing;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace CallTracking.Hub.Tests.Alarms;

/// <summary>Late regions on a real database, with as many hubs as it takes and a channel that remembers.</summary>
public sealed class AlarmBeatTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IAsyncLifetime, IDisposable
{
    private static readonly RegionCode Japan = RegionCode.Parse("JP");
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero));
    private readonly LogScope _log = new();
    private PostgresDatabase _database = null!;
    private StalledSeals? _seals;

    public async Task InitializeAsync()
    {
        _database = await postgres.CreateMigratedAsync();
        await ExecuteAsync("insert into region (code, name, centre, country, created_at) values ('JP', 'Japan', 'tokyo', 'JP', now()), ('DE', 'Germany', 'berlin', 'DE', now())");
        await SetDeadlineAsync(new TimeOnly(6, 0));
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    public void Dispose() => _log.Dispose();

    private NightStore Nights => new(_database.DataSource);

    private AlarmStore Alarms => new(_database.DataSource);

    [PostgresFact]
    public async Task LookAsync_NightThatIsLateAndComesTwoHoursLater_IsToldOnceEachByTwoHubsAndAfterARestart()
    {
        _log.ExpectError("region-late JP");
        var channel = new KeptChannel();
        await LookAsync(channel);
        _clock.Set(At(24, 21, 1));
        for (var look = 0; look < 3; look++)
        {
            // Each is a hub of its own, the second pair after a restart.
            await Task.WhenAll(LookAsync(channel), LookAsync(channel));
            _clock.Advance(TimeSpan.FromMinutes(10));
        }

        var open = Assert.Single(await Alarms.ListOpenAsync(default));
        await ReportAsync(RunKind.FastLane, RunOutcome.Complete);
        await ReportAsync(RunKind.Partial, RunOutcome.Complete);
        await ReportAsync(RunKind.Unspecified, RunOutcome.Failed);
        await LookAsync(channel);
        Assert.Single(await Alarms.ListOpenAsync(default));

        await ReportAsync(RunKind.Unspecified, RunOutcome.Complete);
        await Task.WhenAll(LookAsync(channel), LookAsync(channel));
        await LookAsync(channel);

        Assert.Empty(await Alarms.ListOpenAsync(default));
        Assert.Equal([$"{open.Id}-raised", $"{open.Id}-cleared"], channel.Taken);
        Assert.Equal((1, 1), (_log.Events.Count(line => line.Id.Id == 2701), _log.Events.Count(line => line.Id.Id == 2702)));

        // The night that came late is no run for the next deadline.
        _log.ExpectError("region-late JP");
        _clock.Set(At(25, 21, 1));
        await LookAsync(channel);
        Assert.Equal(3, channel.Taken.Count);
    }

    [PostgresTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LookAsync_PausedRegion_RaisesNothingForADeadlineOfThePauseButForTheNextOne(bool resumes)
    {
        _log.ExpectError("region-late JP");
        var channel = new KeptChannel();
        await Nights.SetPauseAsync(Japan, new PauseRow("export server is moved", _clock.GetUtcNow(), resumes ? null : At(25, 3, 0)), _clock.GetUtcNow(), default);
        _clock.Set(At(24, 21, 1));
        await LookAsync(channel);
        _clock.Set(At(25, 3, 0));
        if (resumes)
        {
            await Nights.SetPauseAsync(Japan, null, _clock.GetUtcNow(), default);
        }

        _clock.Set(At(25, 3, 1));
        await LookAsync(channel);
        Assert.Empty(channel.Taken);

        _clock.Set(At(25, 21, 1));
        await LookAsync(channel);
        Assert.Single(channel.Taken);
    }

    [PostgresFact]
    public async Task LookAsync_DeadlineSetAgain_KeepsItsAlarmUntilANightComes()
    {
        _log.ExpectError("region-late JP");
        var channel = new KeptChannel();
        _clock.Set(At(24, 21, 1));
        await LookAsync(channel);
        await SetDeadlineAsync(new TimeOnly(6, 0));
        await LookAsync(channel);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await SetDeadlineAsync(new TimeOnly(7, 0));
        await LookAsync(channel);
        Assert.Single(await Alarms.ListOpenAsync(default));

        await ReportAsync(RunKind.Unspecified, RunOutcome.Complete);
        await LookAsync(channel);
        Assert.Empty(await Alarms.ListOpenAsync(default));
    }

    [PostgresFact]
    public async Task LookAsync_DayThatBecomesAHoliday_ClearsItsAlarm()
    {
        _log.ExpectError("region-late JP");
        var channel = new KeptChannel();
        _clock.Set(At(24, 20, 0));
        await ReportAsync(RunKind.Unspecified, RunOutcome.Complete);
        _clock.Set(At(25, 21, 1));
        await LookAsync(channel);
        Assert.Single(await Alarms.ListOpenAsync(default));

        await SetDeadlineAsync(new TimeOnly(6, 0), new DateOnly(2026, 11, 26));
        await LookAsync(channel);
        Assert.Empty(await Alarms.ListOpenAsync(default));
    }

    [PostgresFact]
    public async Task LookAsync_ZoneThatThisMachineDoesNotKnow_SilencesNoOtherRegionAndIsSaidOnce()
    {
        _log.ExpectError("region-late JP");
        _log.ExpectError("Mars/Base");
        await ExecuteAsync("insert into region_deadline (region, at, zone, days, holidays, reach, set_at) values ('DE', '06:00', 'Mars/Base', 127, '{}', '12 hours', '2026-11-01')");
        var (channel, late) = (new KeptChannel(), Late());
        _clock.Set(At(24, 21, 1));
        await late.LookAsync(default);
        await late.LookAsync(default);

        Assert.Equal("JP", Assert.Single(await Alarms.ListOpenAsync(default)).Region);
        Assert.Single(_log.Events, line => line.Id.Id == 2707);
        await LookAsync(channel);
    }

    [PostgresFact]
    public async Task LookAsync_RevokedRegion_IsNeverLateButOneWhoseCertificateRanOutIs()
    {
        _log.ExpectError("region-late JP");
        var channel = new KeptChannel();
        await ExecuteAsync("insert into region_certificate (thumbprint, region, serial_number, issued_at, expires_at) values ('\\x01', 'JP', '1', '2026-01-01', '2026-11-01')");
        _clock.Set(At(24, 21, 1));
        await LookAsync(channel);
        Assert.Single(await Alarms.ListOpenAsync(default));

        await ExecuteAsync("update region_certificate set revoked_at = '2026-11-24'");
        await LookAsync(channel);
        Assert.Empty(await Alarms.ListOpenAsync(default));
        _clock.Set(At(25, 21, 1));
        await LookAsync(channel);
        Assert.Empty(await Alarms.ListOpenAsync(default));
    }

    [PostgresFact]
    public async Task LookAsync_RowsOfTheAuditLogThatWaitForLong_RaiseAnAlarmUntilTheyAreSealed()
    {
        _log.ExpectError("audit-unsealed");
        var channel = new KeptChannel();
        await LookAsync(channel);
        Assert.Empty(await Alarms.ListOpenAsync(default));

        await ExecuteAsync("set session_replication_role = replica; update audit_log set at = at - interval '11 minutes'; set session_replication_role = origin");
        await LookAsync(channel);

        // As a hub finds it that was away: it has a moment to seal what waits.
        Assert.Empty(await Alarms.ListOpenAsync(default));
        _clock.Advance(TimeSpan.FromMinutes(2));
        await LookAsync(channel);
        Assert.Equal(("audit-unsealed", "-"), (await Alarms.ListOpenAsync(default)).Select(alarm => (alarm.Code, alarm.Region)).Single());

        await ExecuteAsync("insert into audit_seal select 1, 1, max(sequence), '', '', '', '' from audit_log");
        await LookAsync(channel);
        Assert.Empty(await Alarms.ListOpenAsync(default));
        Assert.Equal(["raised", "cleared"], channel.Taken.Select(key => key.Split('-')[1]));
    }

    [PostgresFact]
    public async Task ListAsync_PausedRegionWithoutADeadline_IsThere()
    {
        await Nights.SetPauseAsync(RegionCode.Parse("DE"), new PauseRow("moving", _clock.GetUtcNow(), null), _clock.GetUtcNow(), default);

        var german = Assert.Single(await Nights.ListAsync(default), row => row.Region.Value == "DE");

        Assert.Equal((null, "moving"), (german.Deadline, german.Pause?.Note));
    }

    [PostgresFact]
    public async Task LookAsync_DeadlineTakenAway_ClearsItsAlarm()
    {
        _log.ExpectError("region-late JP");
        var channel = new KeptChannel();
        _clock.Set(At(24, 21, 1));
        await LookAsync(channel);
        Assert.True(await Nights.RemoveDeadlineAsync(Japan, default));
        await LookAsync(channel);

        Assert.Equal(2, channel.Taken.Count);
        Assert.Empty(await Alarms.ListOpenAsync(default));
    }

    [PostgresFact]
    public async Task LookAsync_ChannelThatRefuses_IsTriedAgainLaterAndLaterAndToldTheBeginningBeforeTheEnd()
    {
        _log.ExpectError("region-late JP");
        var channel = new KeptChannel { Refusals = 3 };
        _clock.Set(At(24, 21, 1));
        await LookAsync(channel);
        await LookAsync(channel);
        Assert.Equal(1, channel.Attempts);
        await ReportAsync(RunKind.Unspecified, RunOutcome.Complete);
        foreach (var wait in (int[])[29, 1, 59, 1, 119, 1, 0])
        {
            _clock.Advance(TimeSpan.FromSeconds(wait));
            await LookAsync(channel);
        }

        Assert.Equal(5, channel.Attempts);
        Assert.Equal(["raised", "cleared"], channel.Taken.Select(key => key.Split('-')[1]));
    }

    private async Task LookAsync(IAlarmChannel channel)
    {
        using var meter = new AlarmMeter(_clock);
        var delivery = new AlarmDelivery(Alarms, [channel], meter, _clock, _log.For<AlarmDelivery>());
        var late = new LateRegions(Nights, Alarms, delivery, meter, _clock, _log.For<LateRegions>());
        _seals ??= new StalledSeals(new AuditLogStore(_database.DataSource), Alarms, delivery, _clock, _log.For<StalledSeals>());
        using var beat = new AlarmBeat(late, _seals, delivery, Alarms, meter, _clock, NullLogger<AlarmBeat>.Instance);
        await beat.LookAsync(default);
        await delivery.DeliverAsync(default);
    }

    private LateRegions Late() => new(Nights, Alarms, new AlarmDelivery(Alarms, [], new AlarmMeter(_clock), _clock, _log.For<AlarmDelivery>()), new AlarmMeter(_clock), _clock, _log.For<LateRegions>());

    private Task SetDeadlineAsync(TimeOnly at, params DateOnly[] holidays) => Nights.SetDeadlineAsync(
        new Deadline(Japan, at, TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"), DayOfWeekSet.All, holidays.ToHashSet(), Deadline.DefaultReach, _clock.GetUtcNow()), default);

    private async Task ReportAsync(RunKind kind, RunOutcome outcome)
    {
        var report = new RunReport { Kind = kind, Outcome = outcome, FinishedAt = Timestamp.FromDateTimeOffset(_clock.GetUtcNow()) };
        await using var command = _database.DataSource.CreateCommand(
            "insert into run_report (region, run_id, finished_at, closes, agrees, report, hub_count, kind, complete, received_at) values ('JP', gen_random_uuid(), $1, true, true, $2, '', $3, $4, $1)");
        command.Parameters.AddWithValue(_clock.GetUtcNow());
        command.Parameters.AddWithValue(report.ToByteArray());
        command.Parameters.AddWithValue((short)kind);
        command.Parameters.AddWithValue(outcome == RunOutcome.Complete);
        await command.ExecuteNonQueryAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using NpgsqlCommand command = _database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static DateTimeOffset At(int day, int hour, int minute) => new(2026, 11, day, hour, minute, 0, TimeSpan.Zero);
}
