using System.Globalization;
using CallTracking.Contracts;
using CallTracking.Hub.Ingest;

namespace CallTracking.Hub.Transfer;

/// <summary>What became of one file: counted from the answers as they go into its receipts.</summary>
internal sealed class TransferCount
{
    private readonly RunReportAck _outcomes = new();
    private int _repeated;
    private int _reshaped;
    private int _runs;
    private int _disagreeing;
    private int _tasks;

    /// <summary>The epoch that the region goes on with.</summary>
    public ulong Epoch { get; set; }

    public int Batches { get; private set; }

    public long Cases => (long)_outcomes.Received;

    public void Add(PushResponse response)
    {
        switch (response.MessageCase)
        {
            case PushResponse.MessageOneofCase.Ack:
                Batches++;
                _repeated += response.Ack.RepeatedBatch ? 1 : 0;
                RunSums.Add(_outcomes, response.Ack);
                break;
            case PushResponse.MessageOneofCase.Reshape:
                _reshaped += response.Reshape.BatchIds.Count;
                break;
            case PushResponse.MessageOneofCase.RunReportAck:
                _runs++;
                _disagreeing += response.RunReportAck.Agrees ? 0 : 1;
                break;
            case PushResponse.MessageOneofCase.Task:
                _tasks++;
                break;
        }
    }

    public override string ToString()
    {
        var words = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"{Cases:N0} {(Cases == 1 ? "case" : "cases")} in {Batches:N0} {(Batches == 1 ? "batch" : "batches")}"),
        };
        foreach (var (name, count) in ((string, ulong)[])[
            ("new", _outcomes.New), ("changed", _outcomes.Changed), ("unchanged", _outcomes.Unchanged + _outcomes.Superseded), ("gone", _outcomes.Gone),
            ("held", _outcomes.Held), ("suppressed", _outcomes.Suppressed), ("rejected", _outcomes.Rejected)])
        {
            if (count > 0)
            {
                words.Add(string.Create(CultureInfo.InvariantCulture, $"{name} {count:N0}"));
            }
        }

        Tell(words, _repeated, "here already");
        Tell(words, _reshaped, "to be shaped again");
        Tell(words, _runs, "run reports counted");
        Tell(words, _disagreeing, "of them DIFFERENT from the hub's own count");
        Tell(words, _tasks, "tasks");
        return string.Join(", ", words);
    }

    private static void Tell(List<string> words, int count, string what)
    {
        if (count > 0)
        {
            words.Add(string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}"));
        }
    }
}
