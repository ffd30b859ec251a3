using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CallTracking.Contracts;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Files;

/// <summary>What the properties of an event log are called.</summary>
internal sealed record EventNames
{
    public required string Number { get; init; }

    public required string At { get; init; }

    public required string Kind { get; init; }

    /// <summary>Created, commented, state changed.</summary>
    public required string[] Kinds { get; init; }

    public required string Status { get; init; }

    public required string ClosedAt { get; init; }

    public required string Test { get; init; }

    public required string Author { get; init; }

    /// <summary>Customer, agent, note for colleagues.</summary>
    public required string[] Authors { get; init; }

    public required string Body { get; init; }

    public required string Score { get; init; }

    public required string Opinion { get; init; }

    /// <summary>Of the first event: what the case is about.</summary>
    public required string Case { get; init; }

    public required CentreWords Words { get; init; }
}

/// <summary>
/// A log of events as JSON lines in UTF-8: all events with a number are one case. The first has what the customer sent, the last
/// where the case stands. The events of some dozen cases stand in the order of their times, mixed as in a real log.
/// </summary>
internal sealed class EventLogFile(Storyteller storyteller, EventNames names, Column[] columns) : RegionFile(storyteller), IDisposable
{
    private const int MixedCases = 48;

    private static readonly byte[] NoUtf8 = [(byte)'"', 0xFF, 0xFE, (byte)'"'];

    private readonly Utf8JsonWriter _json = new(
        Stream.Null, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly List<(DateTimeOffset At, byte[] Line)> _mixed = [];
    private int _cases;

    public override bool CanHold(Quirk quirk) => true;

    public override int RowsOf(CaseDraft draft, Quirk quirk) => EventsOf(draft, quirk).Count();

    public override void Begin(IBufferWriter<byte> output)
    {
        // Each line is a document.
    }

    public override void Row(IBufferWriter<byte> output, CaseDraft draft, Quirk quirk)
    {
        foreach (var one in EventsOf(draft, quirk))
        {
            _line.ResetWrittenCount();
            _json.Reset(_line);
            Write(draft, quirk, one);
            _json.Flush();
            _mixed.Add((one.At, [.. _line.WrittenSpan, (byte)'\n']));
        }

        if (++_cases % MixedCases == 0)
        {
            WriteMixed(output);
        }
    }

    public override void BlankRow(IBufferWriter<byte> output) => output.Write("\n"u8);

    public override void End(IBufferWriter<byte> output) => WriteMixed(output);

    public override void Note(CaseDraft draft)
    {
        foreach (var column in columns)
        {
            column.Take(new Cells(draft, Quirk.None, Storyteller.Region, Storyteller));
        }
    }

    public void Dispose() => _json.Dispose();

    // A sound row of a case that lacks its number would be rejected alone, one that cannot be read too: such cases have one event.
    private static IEnumerable<Event> EventsOf(CaseDraft draft, Quirk quirk) => quirk switch
    {
        Quirk.MissingKey or Quirk.Undecodable => All(draft).Take(1),
        Quirk.Duplicate => All(draft).TakeLast(1),
        _ => All(draft),
    };

    private static IEnumerable<Event> All(CaseDraft draft)
    {
        var timeline = draft.Timeline;
        yield return new Event(timeline.Opened, 0, CaseStatus.New, null, null);
        var born = draft.Remarks.Count - timeline.Changes.Count;
        foreach (var remark in draft.Remarks.Take(born))
        {
            yield return new Event(remark.At, 1, CaseStatus.Open, null, remark);
        }

        if (timeline.StatusAtBirth != CaseStatus.New)
        {
            yield return new Event(timeline.UpdatedAtBirth, 2, timeline.StatusAtBirth, timeline.ClosedAtBirth, null);
        }

        var closed = timeline.ClosedAtBirth;
        for (var i = 0; i < timeline.Changes.Count; i++)
        {
            var change = timeline.Changes[i];
            closed ??= change.To == CaseStatus.Resolved ? change.At : null;
            yield return new Event(change.At, 2, change.To, closed, draft.Remarks[born + i]);
        }
    }

    private void Write(CaseDraft draft, Quirk quirk, Event one)
    {
        var isLast = one.At == draft.Timeline.Updated && one.Kind != 1;
        _json.WriteStartObject();
        if (quirk != Quirk.MissingKey)
        {
            _json.WriteString(names.Number, draft.LocalId);
        }

        _json.WriteString(names.At, Instant(one.At));
        _json.WriteString(names.Kind, names.Kinds[one.Kind]);
        _json.WriteString(names.Status, quirk == Quirk.UnknownStatus && isLast ? names.Words.UnknownStatus : names.Words.Of(one.Status));
        _json.WriteBoolean(names.Test, quirk == Quirk.Filtered);
        if (quirk == Quirk.Undecodable)
        {
            _json.WritePropertyName(names.Opinion);
            _json.WriteRawValue(NoUtf8, skipInputValidation: true);
        }

        if (one.Remark is { } remark)
        {
            _json.WriteString(names.Author, names.Authors[(int)remark.Author]);
            _json.WriteString(names.Body, remark.Body);
        }

        if (one.ClosedAt is { } closed)
        {
            _json.WriteString(names.ClosedAt, Instant(closed));
            WriteSatisfaction(draft);
        }

        if (one.Kind == 0)
        {
            WriteCase(new Cells(draft, quirk, Storyteller.Region, Storyteller));
        }

        _json.WriteEndObject();
    }

    private void WriteSatisfaction(CaseDraft draft)
    {
        if (draft.Satisfaction is { } score)
        {
            _json.WriteNumber(names.Score, score);
        }

        if (draft.SatisfactionComment is { } comment)
        {
            _json.WriteString(names.Opinion, comment);
        }
    }

    private void WriteCase(Cells cells)
    {
        _json.WriteStartObject(names.Case);
        foreach (var column in columns)
        {
            if (column.Take(cells) is { Length: > 0 } value)
            {
                _json.WriteString(column.Header, value);
            }
        }

        _json.WriteEndObject();
    }

    private void WriteMixed(IBufferWriter<byte> output)
    {
        foreach (var (_, line) in _mixed.OrderBy(one => one.At))
        {
            output.Write(line);
        }

        _mixed.Clear();
    }

    private string Instant(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, Storyteller.Region.Zone).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>One line of the log.</summary>
    private readonly record struct Event(DateTimeOffset At, int Kind, CaseStatus Status, DateTimeOffset? ClosedAt, Remark? Remark);
}
