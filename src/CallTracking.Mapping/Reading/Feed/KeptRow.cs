using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Feed;

/// <summary>
/// A row of a feed as the quarantine keeps it: one JSON object of its cells, by which it can be read once more as the same row. Numbers and flags are
/// JSON's own, several values an array, and a cell that was refused an object that says why: it is refused again, never taken for an empty one.
/// </summary>
internal static class KeptRow
{
    private static readonly JsonWriterOptions Legible = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes the cells under their columns' names.</summary>
    public static void Write(IBufferWriter<byte> target, IReadOnlyList<string> names, IReadOnlyList<FeedCell> cells)
    {
        using var json = new Utf8JsonWriter(target, Legible);
        json.WriteStartObject();
        for (var ordinal = 0; ordinal < Math.Min(cells.Count, names.Count); ordinal++)
        {
            json.WritePropertyName(Bytes(names[ordinal]));
            Write(json, cells[ordinal]);
        }

        json.WriteEndObject();
    }

    /// <summary>A feed of the one row; null when the bytes are no whole one.</summary>
    public static RowFeed? Read(ReadOnlyMemory<byte> record)
    {
        try
        {
            return JsonDocument.Parse(record) is { RootElement.ValueKind: JsonValueKind.Object } row ? new OneRow(row) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, FeedCell cell)
    {
        switch (cell)
        {
            case { Items: { } items }:
                json.WriteStartArray();
                foreach (var item in items)
                {
                    json.WriteStringValue(Bytes(item));
                }

                json.WriteEndArray();
                break;
            case { Fault: { } fault }:
                json.WriteStartObject();
                json.WriteString("refused"u8, fault.Reason);
                json.WriteString("message"u8, fault.Message);
                json.WriteEndObject();
                break;
            case { Count: 0 }:
                json.WriteNullValue();
                break;
            case { Kind: UnmappedKind.Flag }:
            case { Kind: UnmappedKind.Number } when IsJsonNumber(cell.Text):
                json.WriteRawValue(cell.Text);
                break;
            default:
                json.WriteStringValue(Bytes(cell.Text));
                break;
        }
    }

    // What a database calls infinite, or no number, is none in JSON.
    private static bool IsJsonNumber(string text)
    {
        var reader = new Utf8JsonReader(Bytes(text));
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.Number && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // Half a surrogate pair, which the writer refuses, becomes U+FFFD on the way.
    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private sealed class OneRow(JsonDocument row) : RowFeed
    {
        private bool _isOver;

        public override ValueTask<IReadOnlyList<string>> ReadColumnsAsync(CancellationToken cancellationToken) =>
            ValueTask.FromResult<IReadOnlyList<string>>([.. row.RootElement.EnumerateObject().Select(cell => cell.Name)]);

        public override ValueTask<bool> ReadAsync(FeedRow target, CancellationToken cancellationToken)
        {
            if (_isOver)
            {
                return ValueTask.FromResult(false);
            }

            _isOver = true;
            foreach (var cell in row.RootElement.EnumerateObject())
            {
                Add(target, cell.Value);
            }

            return ValueTask.FromResult(true);
        }

        public override ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        public override void Dispose() => row.Dispose();

        private static void Add(FeedRow target, JsonElement cell)
        {
            switch (cell.ValueKind)
            {
                case JsonValueKind.String:
                    target.AddText(cell.GetString()!);
                    break;
                case JsonValueKind.Number:
                    target.AddNumber(cell.GetRawText());
                    break;
                case JsonValueKind.True or JsonValueKind.False:
                    target.AddFlag(cell.ValueKind == JsonValueKind.True);
                    break;
                case JsonValueKind.Array:
                    target.AddList([.. cell.EnumerateArray().Select(item => item.GetString()!)]);
                    break;
                case JsonValueKind.Object:
                    target.AddRefused(cell.GetProperty("refused"u8).GetString()!, cell.GetProperty("message"u8).GetString()!);
                    break;
                default:
                    target.AddNothing();
                    break;
            }
        }
    }
}

/// <summary>Reads what was kept of a row as a source of that row alone.</summary>
internal sealed record KeptRowFormat(TableFormat Of, RowFeed Row) : RecordFormat
{
    public override bool IsTree => false;

    public override string Manner => Of.Manner;

    public override string HeaderCure => Of.HeaderCure;

    public override RecordReader Open(Stream content, string fileName, ColumnTable columns, HeaderCheck check) => new FeedReader(Row, Of, fileName, columns, check);
}
