using CallTracking.Contracts;
using CallTracking.Hub.Alarms;
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

    public async Task InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync();
        await new CallTracking.Hub.Storage.SchemaMigrator(_database.DataSource, CallTracking.Hub.Storage.MigrationFile.OfThisBuild, TimeProvider.System).MigrateAsync(default);
        await ExecuteAsync("insert into region (code, name, centre, country, created_at) values ('JP', 'Japan', 'tokyo', 'JP', now()), ('DE', 'Germany', 'berlin', 'DE', now())");
        await Nights.SetDeadlineAsync(
            new Deadline(Japan, new TimeOnly(6, 0), TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"), DayOfWeekSet.All, new HashSet<DateOnly>(), Deadline.DefaultReach, _clock.GetUtcNow()), default);
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

    [PostgresFact]
    public async Task LookAsync_PausedRegion_RaisesNothingUntilThePauseIsOver()
    {
        _log.ExpectError("region-late JP");
        var channel = new KeptChannel();
        await Nights.SetPauseAsync(Japan, new PauseRow("export server is moved", _clock.GetUtcNow(), At(25, 3, 0)), default);
        _clock.Set(At(24, 21, 1));
        await LookAsync(channel);
        Assert.Empty(channel.Taken);

        _clock.Set(At(25, 3, 0));
        await LookAsync(channel);
        Assert.Single(channel.Taken);
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
        using var meter = new AlarmMeter();
        var delivery = new AlarmDelivery(Alarms, [channel], meter, _clock, _log.For<AlarmDelivery>());
        var late = new LateRegions(Nights, Alarms, delivery, _clock, _log.For<LateRegions>());
        using var beat = new AlarmBeat(late, delivery, Alarms, meter, _clock, NullLogger<AlarmBeat>.Instance);
        await beat.LookAsync(default);
    }

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

    private sealed class KeptChannel : IAlarmChannel
    {
        private readonly Lock _gate = new();
        private readonly List<string> _taken = [];

        public int Refusals { get; set; }

        public int Attempts { get; private set; }

        public List<string> Taken => _taken;

        public string Name => "kept";

        public Task<string> SendAsync(AlarmNotice notice, CancellationToken cancellationToken)
        {
            lock (_gate)
            {
                Attempts++;
                if (Refusals-- > 0)
                {
                    throw new AlarmChannelException("HTTP 503");
                }

                _taken.Add(notice.Key);
                return Task.FromResult("taken");
            }
        }
    }
}
