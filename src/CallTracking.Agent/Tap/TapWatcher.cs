using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using CallTracking.Mapping;
using Google.Protobuf;

namespace CallTracking.Agent.Tap;

/// <summary>One who watches: what it asked for, and the lines that wait for it. What it is too slow for is dropped and counted.</summary>
internal sealed class TapWatcher(TapRequest request)
{
    /// <summary>Lines that may wait.</summary>
    public const int MostWaiting = 64;

    private const int MostRawBytes = 16 * 1024;
    private const int MostCaseBytes = 128 * 1024;
    private static readonly JsonSerializerOptions Legible = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Channel<string> _lines = Channel.CreateBounded<string>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, SingleWriter = true });
    private long _seen;
    private long _dropped;
    private long _told;

    /// <summary>Lines as they come, with a line that counts the dropped ones where some were; ends when the sync does.</summary>
    public async IAsyncEnumerable<string> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in _lines.Reader.ReadAllAsync(cancellationToken))
        {
            if (Dropped() is { } dropped)
            {
                yield return dropped;
            }

            yield return line;
        }

        if (Dropped() is { } rest)
        {
            yield return rest;
        }
    }

    /// <summary>Takes a row if it is asked for and there is room.</summary>
    public void Offer(string source, RowOutcome outcome, Func<int, string> rawText)
    {
        if ((request.Source is not null && request.Source != source) || _seen++ % request.Every != 0)
        {
            return;
        }

        // Looked at first: a line that nobody takes is not worth making.
        if (_lines.Reader.Count >= MostWaiting)
        {
            Interlocked.Increment(ref _dropped);
            return;
        }

        if (request.Rows)
        {
            Add(RowLine(source, outcome, rawText(MostRawBytes)));
        }

        if (request.Cases && outcome is RowOutcome.Mapped { IsGone: false } mapped)
        {
            Add(CaseLine(source, mapped));
        }
    }

    /// <summary>Nothing more comes.</summary>
    public void Close() => _lines.Writer.TryComplete();

    private void Add(string line)
    {
        if (!_lines.Writer.TryWrite(line))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    private string? Dropped()
    {
        var dropped = Interlocked.Read(ref _dropped);
        if (dropped == _told)
        {
            return null;
        }

        _told = dropped;
        return new JsonObject { ["stage"] = "dropped", ["count"] = dropped }.ToJsonString(Legible);
    }

    private static string RowLine(string source, RowOutcome outcome, string raw)
    {
        var line = Head("row", source, outcome);
        line["outcome"] = outcome.GetType().Name.ToLowerInvariant();
        line["reason"] = outcome switch
        {
            RowOutcome.Rejected rejected => rejected.Reason,
            RowOutcome.Filtered filtered => filtered.Rule,
            _ => null,
        };
        line["local"] = raw;
        return line.ToJsonString(Legible);
    }

    private static string CaseLine(string source, RowOutcome.Mapped mapped)
    {
        var line = Head("case", source, mapped);
        line["case"] = mapped.Case.CalculateSize() <= MostCaseBytes ? JsonNode.Parse(JsonFormatter.Default.Format(mapped.Case)) : "larger than a tap shows";
        return line.ToJsonString(Legible);
    }

    private static JsonObject Head(string stage, string source, RowOutcome outcome) => new()
    {
        ["stage"] = stage,
        ["source"] = source,
        ["file"] = outcome.Position.File,
        ["row"] = outcome.Position.Row,
    };
}
