using System.Diagnostics.Metrics;
using CallTracking.Contracts;

namespace CallTracking.Hub.Ingest;

/// <summary>What became of pushed records, by region, as a metric of the meter <c>CallTracking.Hub</c>.</summary>
internal sealed class IngestMeter : IDisposable
{
    private static readonly Dictionary<Outcome, string> Words = Enum.GetValues<Outcome>().ToDictionary(outcome => outcome, outcome => outcome.ToString().ToLowerInvariant());
    private readonly Meter _meter = new("CallTracking.Hub");
    private readonly Counter<long> _records;

    public IngestMeter() => _records = _meter.CreateCounter<long>("calltracking.hub.records", "{record}", "Records of pushed batches that were committed.");

    /// <summary>For whoever listens to this one alone: the name is shared.</summary>
    public Meter Instruments => _meter;

    /// <summary>Counts a batch that is committed.</summary>
    public void Committed(string region, BatchAck ack)
    {
        if (!_records.Enabled)
        {
            return;
        }

        foreach (var run in ack.Runs)
        {
            _records.Add(run.Count, new KeyValuePair<string, object?>("region", region), new KeyValuePair<string, object?>("outcome", Words[run.Outcome]));
        }
    }

    public void Dispose() => _meter.Dispose();
}
