using System.Diagnostics.Metrics;
using CallTracking.Contracts;
using CallTracking.Hub.Alarms;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Hub.Tests.Alarms;

/// <summary>Each channel is told once, whatever another channel, another hub or the past does.</summary>
public sealed class AlarmDeliveryTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero));
    private readonly LogScope _log = new();
    private PostgresDatabase _database = null!;

    public async Task InitializeAsync()
    {
        _database = await postgres.CreateMigratedAsync();
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    public void Dispose() => _log.Dispose();

    private AlarmStore Alarms => new(_database.DataSource);

    [PostgresFact]
    public async Task DeliverAsync_ChannelThatBreaksInAWayNobodyForesaw_KeepsNothingFromTheOthersAndIsTriedLater()
    {
        var (broken, well) = (new KeptChannel("broken") { Before = _ => throw new InvalidOperationException("ops@example.com") }, new KeptChannel("well"));
        await RaiseAsync("A", "broken", "well");
        await RaiseAsync("B", "broken", "well");

        await Delivery(broken, well).DeliverAsync(default);
        await Delivery(broken, well).DeliverAsync(default);

        Assert.Equal((2, 2), (well.Taken.Count, broken.Attempts));
        Assert.Equal(2, _log.Events.Count(line => line.Id.Id == 2703 && line.Text.Contains(nameof(InvalidOperationException), StringComparison.Ordinal)));
        _log.MustNotContain("ops@example.com");
        var answers = await Delivery(broken, well).TryAllAsync(new AlarmNotice(new Alarm(1, AlarmCode.Test, "-", "", _clock.GetUtcNow(), null), AlarmAct.Raised), default);
        Assert.Equal([false, true], answers.Select(answer => answer.IsTaken));
    }

    [PostgresFact]
    public async Task DeliverAsync_HubWhoseLeaseRanOut_NeitherHoldsUpTheOtherNorReopensWhatThatSent()
    {
        var (slow, other) = (new KeptChannel(), new KeptChannel());
        var (began, mayEnd) = (new TaskCompletionSource(), new TaskCompletionSource());
        slow.Before = async _ =>
        {
            began.TrySetResult();
            await mayEnd.Task;
        };
        slow.Refusals = 1;
        for (var region = 0; region < 5; region++)
        {
            await RaiseAsync($"R{region}", "kept");
        }

        var first = Delivery(slow).DeliverAsync(default);
        await began.Task.WaitAsync(Patience);
        await Delivery(other).DeliverAsync(default);
        Assert.Equal(4, other.Taken.Count);
        _clock.Advance(TimeSpan.FromMinutes(3));
        await Delivery(other).DeliverAsync(default);
        Assert.Equal(5, other.Taken.Count);
        mayEnd.SetResult();
        await first.WaitAsync(Patience);
        _clock.Advance(TimeSpan.FromHours(2));
        await Delivery(other).DeliverAsync(default);

        Assert.Equal((5, 1, 0), (other.Taken.Count, slow.Attempts, slow.Taken.Count));
    }

    [PostgresFact]
    public async Task DeliverAsync_HubWithAnotherChannel_TellsItTooAndOfTheEndWhoeverClears()
    {
        var (mail, webhook) = (new KeptChannel("mail"), new KeptChannel("webhook"));
        await RaiseAsync("A", "mail");
        await Delivery(webhook).DeliverAsync(default);
        await Delivery(mail).DeliverAsync(default);
        await Alarms.ClearAsync(AlarmCode.RegionLate, "A", _clock.GetUtcNow(), default);
        await Delivery(webhook).DeliverAsync(default);
        await Delivery(mail).DeliverAsync(default);
        Assert.Equal((2, 2), (webhook.Taken.Count, mail.Taken.Count));

        // Not of what was raised long before.
        await RaiseAsync("B", "mail");
        _clock.Advance(TimeSpan.FromMinutes(61));
        await Delivery(webhook).DeliverAsync(default);
        Assert.Equal(2, webhook.Taken.Count);
    }

    [PostgresFact]
    public async Task DeliverAsync_ChannelThatComesBackAfterAWeek_DoesNotSendItsWholePast()
    {
        _log.ExpectError("was not told by kept");
        await RaiseAsync("A", "kept");
        _clock.Advance(TimeSpan.FromDays(7.1));
        await RaiseAsync("B", "kept");
        var channel = new KeptChannel();

        await Delivery(channel).DeliverAsync(default);

        Assert.Single(channel.Taken);
        Assert.Single(_log.Events, line => line.Id.Id == 2705);
    }

    [Fact]
    public void Meter_BeforeTheFirstLook_SaysNothingAndThenHowOldTheLookIs()
    {
        using var meter = new AlarmMeter(_clock);
        Assert.Empty(Read(meter));

        meter.Show([], _clock.GetTimestamp());
        _clock.Advance(TimeSpan.FromSeconds(95));

        Assert.Equal(new Dictionary<string, double> { ["calltracking.hub.alarms.open"] = 0, ["calltracking.hub.alarms.look_age"] = 95 }, Read(meter));
    }

    [Fact]
    public void Meter_Nights_TellsHowLongAgoEachRegionsLastOneCame()
    {
        using var meter = new AlarmMeter(_clock);
        meter.Show([
            new NightRow(RegionCode.Parse("JP"), null, _clock.GetUtcNow(), null),
            new NightRow(RegionCode.Parse("DE"), null, null, null),
            new NightRow(RegionCode.Parse("BR"), null, _clock.GetUtcNow().AddHours(-1), null) { IsShutOut = true },
        ]);
        _clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(new Dictionary<string, double> { ["calltracking.hub.night.age"] = 7200 }, Read(meter));
    }

    private static Dictionary<string, double> Read(AlarmMeter meter)
    {
        var read = new Dictionary<string, double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, on) =>
        {
            if (ReferenceEquals(instrument.Meter, meter.Instruments))
            {
                on.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => read[instrument.Name] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => read[instrument.Name] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return read;
    }

    private Task<Alarm?> RaiseAsync(string region, params string[] channels) => Alarms.RaiseAsync(AlarmCode.RegionLate, region, "no whole run came", _clock.GetUtcNow(), channels, default);

    private AlarmDelivery Delivery(params KeptChannel[] channels) => new(Alarms, channels, new AlarmMeter(_clock), _clock, _log.For<AlarmDelivery>());
}
