using System.Diagnostics.Metrics;

namespace CallTracking.Hub.Alarms;

/// <summary>Alarms as metrics of the meter <c>CallTracking.Hub</c>: those that are open, as this process saw them last, and what channels took or refused.</summary>
internal sealed class AlarmMeter : IDisposable
{
    private readonly Meter _meter = new("CallTracking.Hub");
    private readonly Counter<long> _deliveries;
    private IReadOnlyList<Alarm> _open = [];

    public AlarmMeter()
    {
        _meter.CreateObservableGauge("calltracking.hub.alarms.open", Observe, "{alarm}", "Alarms that are open.");
        _deliveries = _meter.CreateCounter<long>("calltracking.hub.alarms.deliveries", "{notice}", "Notices that a channel took or refused.");
    }

    public void Show(IReadOnlyList<Alarm> open) => Volatile.Write(ref _open, open);

    public void Delivered(string channel, bool isTaken) =>
        _deliveries.Add(1, new KeyValuePair<string, object?>("channel", channel), new KeyValuePair<string, object?>("outcome", isTaken ? "taken" : "refused"));

    public void Dispose() => _meter.Dispose();

    // Zero is told, too: a gauge that falls silent is not the same as one that is well.
    private IEnumerable<Measurement<long>> Observe()
    {
        var open = Volatile.Read(ref _open);
        return open.Count == 0
            ? [new Measurement<long>(0)]
            : open.Select(alarm => new Measurement<long>(1, new KeyValuePair<string, object?>("code", alarm.Code), new KeyValuePair<string, object?>("region", alarm.Region)));
    }
}
