using System.Diagnostics.Metrics;

namespace CallTracking.Hub.Alarms;

/// <summary>Alarms as metrics of the meter <c>CallTracking.Hub</c>: those that are open, as this process saw them last, how old each region's last night is, and what channels took or refused.</summary>
internal sealed class AlarmMeter : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly Meter _meter = new("CallTracking.Hub");
    private readonly Counter<long> _deliveries;
    private Look? _last;
    private IReadOnlyList<NightRow> _nights = [];

    public AlarmMeter(TimeProvider clock)
    {
        _clock = clock;
        _meter.CreateObservableGauge("calltracking.hub.alarms.open", Observe, "{alarm}", "Alarms that are open.");
        _meter.CreateObservableGauge("calltracking.hub.alarms.look_age", ObserveAge, "s", "Seconds since alarms were looked at last.");
        _meter.CreateObservableGauge("calltracking.hub.night.age", ObserveNights, "s", "Seconds since the last whole run of a region with a deadline came.");
        _deliveries = _meter.CreateCounter<long>("calltracking.hub.alarms.deliveries", "{notice}", "Notices that a channel took or refused.");
    }

    /// <summary>For whoever listens to this one alone: the name is shared.</summary>
    public Meter Instruments => _meter;

    /// <param name="open">What the look found.</param>
    /// <param name="at">When it was over: a timestamp of the clock.</param>
    public void Show(IReadOnlyList<Alarm> open, long at) => Volatile.Write(ref _last, new Look(open, at));

    /// <param name="nights">Regions with a deadline or a pause, as they were found last.</param>
    public void Show(IReadOnlyList<NightRow> nights) => Volatile.Write(ref _nights, nights);

    public void Delivered(string channel, bool isTaken) =>
        _deliveries.Add(1, new KeyValuePair<string, object?>("channel", channel), new KeyValuePair<string, object?>("outcome", isTaken ? "taken" : "refused"));

    public void Dispose() => _meter.Dispose();

    // Zero is told, too: a gauge that falls silent is not the same as one that is well. Before the first look nothing is: nobody knows.
    private IEnumerable<Measurement<long>> Observe() => Volatile.Read(ref _last) switch
    {
        null => [],
        { Open.Count: 0 } => [new Measurement<long>(0)],
        var last => last.Open.Select(alarm => new Measurement<long>(1, new KeyValuePair<string, object?>("code", alarm.Code), new KeyValuePair<string, object?>("region", alarm.Region))),
    };

    private IEnumerable<Measurement<double>> ObserveAge() =>
        Volatile.Read(ref _last) is { } last ? [new Measurement<double>(_clock.GetElapsedTime(last.At).TotalSeconds)] : [];

    // Of a region that never came there is no age: its alarm tells.
    private IEnumerable<Measurement<double>> ObserveNights()
    {
        var now = _clock.GetUtcNow();
        foreach (var night in Volatile.Read(ref _nights))
        {
            if (!night.IsShutOut && night.LastRunAt is { } last)
            {
                yield return new Measurement<double>((now - last).TotalSeconds, new KeyValuePair<string, object?>("region", night.Region.Value));
            }
        }
    }

    private sealed record Look(IReadOnlyList<Alarm> Open, long At);
}
