using System.Text.Json;
using System.Text.Unicode;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Json;

/// <summary>Parses the bytes of one JSON record. What is wrong is said with its place, never with its content.</summary>
/// <param name="table">The paths that the mapping reads.</param>
/// <param name="maxDepth">Deeper records are refused.</param>
internal sealed class JsonRecord(ColumnTable table, int maxDepth = JsonRecord.DefaultMaxDepth) : IDisposable
{
    private const int DefaultMaxDepth = 64;

    private readonly JsonDocumentOptions _options = new() { MaxDepth = maxDepth };
    private JsonDocument? _document;

    public JsonRow Row { get; } = new(table);

    /// <summary>Null when the row is shown. <paramref name="badByte"/> is the place in the record; -1 when its syntax is sound.</summary>
    public RowFault? Parse(ReadOnlyMemory<byte> bytes, out int badByte)
    {
        _document?.Dispose();
        _document = null;
        badByte = -1;
        if (!Utf8.IsValid(bytes.Span))
        {
            Utf8.ToUtf16(bytes.Span, new char[bytes.Length], out var read, out _, replaceInvalidSequences: false);
            return new RowFault(RejectReason.Undecodable, $"Byte {read} of the record is not UTF-8.");
        }

        try
        {
            _document = JsonDocument.Parse(bytes, _options);
        }
        catch (JsonException broken)
        {
            badByte = PlaceOf(broken, bytes.Span);
            return new RowFault(RejectReason.BrokenRecord, $"Not JSON at byte {badByte} of the record.");
        }

        if (_document.RootElement.ValueKind != JsonValueKind.Object)
        {
            return new RowFault(RejectReason.BrokenRecord, "Expected an object as a record, got another JSON value.");
        }

        Row.Show(_document.RootElement, around: null);
        return null;
    }

    public void Dispose() => _document?.Dispose();

    private static int PlaceOf(JsonException broken, ReadOnlySpan<byte> bytes)
    {
        var start = 0;
        for (var line = broken.LineNumber ?? 0; line > 0; line--)
        {
            start += bytes[start..].IndexOf((byte)'\n') + 1;
        }

        return (int)Math.Min(bytes.Length, start + (broken.BytePositionInLine ?? 0));
    }
}
