using System.Text;
using System.Text.Json;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Json;

/// <summary>
/// Reads the bytes of one JSON record: one pass finds the values that the mapping names; what is no single value is parsed when it is
/// asked for. What is wrong is said with its place, never with its content. Not thread-safe.
/// </summary>
internal sealed class JsonRecord : IDisposable
{
    private const int DefaultMaxDepth = 64;

    private readonly int _maxDepth;
    private readonly TranscodingInput? _through;
    private readonly JsonScan _scan;
    private readonly JsonChars _chars = new();
    private readonly JsonDocument?[] _parts;
    private ReadOnlyMemory<byte> _bytes;
    private bool _hasParts;

    /// <param name="table">The paths that the mapping reads.</param>
    /// <param name="maxDepth">Deeper records are refused.</param>
    /// <param name="through">What made UTF-8 of the file: faults speak of its encoding and count its bytes. Null where the file is UTF-8.</param>
    public JsonRecord(ColumnTable table, int maxDepth = DefaultMaxDepth, TranscodingInput? through = null)
    {
        (_maxDepth, _through) = (maxDepth, through);
        var names = JsonName.Record(table.Columns.Select(column => column.Path!).Where(path => path.LevelsUp == 0).Select(path => path.Lead));
        _scan = new JsonScan(names, maxDepth);
        _parts = new JsonDocument?[names.End];
        Row = new JsonRecordRow(table, names, this);
    }

    public JsonRecordRow Row { get; }

    /// <summary>Only the whole document can tell what its paths lead to.</summary>
    public bool IsUnsure => _scan.IsUnsure;

    /// <summary>Null when the row is shown. <paramref name="badByte"/> is the place in these bytes; -1 when their syntax is sound.</summary>
    public RowFault? Parse(ReadOnlyMemory<byte> bytes, out int badByte)
    {
        badByte = -1;
        if (Decode(bytes) is { } undecodable)
        {
            return undecodable;
        }

        try
        {
            if (!TryPass(bytes.Span))
            {
                return new RowFault(RejectReason.BrokenRecord, "Expected an object as a record, got another JSON value.");
            }
        }
        catch (JsonException broken)
        {
            var place = PlaceOf(broken, bytes.Span);
            if (IsSound(bytes.Span))
            {
                return new RowFault(RejectReason.BrokenRecord, $"The record is nested deeper than {_maxDepth} levels at byte {InFile(place)} of it.");
            }

            badByte = place;
            return new RowFault(RejectReason.BrokenRecord, $"Not JSON at byte {InFile(badByte)} of the record.");
        }

        Row.Show(_chars.HasDamage || _scan.MayHaveDamage);
        return null;
    }

    /// <summary>
    /// The length of the record that begins here, which is then to be shown; false where it is not whole, no object, or broken: who measures and
    /// parses it learns which.
    /// </summary>
    public bool TryFind(ReadOnlySpan<byte> bytes, out int length)
    {
        if (_scan.TryPass(bytes, out length))
        {
            return true;
        }

        length = 0;
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = _maxDepth }));
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject || !_scan.TryPass(ref reader))
            {
                return false;
            }
        }
        catch (JsonException)
        {
            return false;
        }

        length = (int)reader.BytesConsumed;
        return true;
    }

    /// <summary>Shows the record that was found; a fault when it has a byte that its encoding lacks.</summary>
    public RowFault? Show(ReadOnlyMemory<byte> bytes)
    {
        var fault = Decode(bytes);
        if (fault is null)
        {
            Row.Show(_chars.HasDamage || _scan.MayHaveDamage);
        }

        return fault;
    }

    /// <summary>Where the value of each name stands, by its number.</summary>
    public JsonPlace[] Places => _scan.Places;

    /// <summary>The texts of its scalars.</summary>
    public JsonChars Chars => _chars;

    /// <summary>The record's own bytes.</summary>
    public ReadOnlySpan<byte> Bytes => BytesOf(Places[0]).Span;

    /// <summary>The value of a name, of 0 the record's own, with all that is in it.</summary>
    public JsonElement Part(int number)
    {
        _hasParts = true;
        return (_parts[number] ??= JsonDocument.Parse(BytesOf(Places[number]), new JsonDocumentOptions { MaxDepth = _maxDepth })).RootElement;
    }

    public void Dispose()
    {
        LetGo();
        _chars.Dispose();
    }

    private RowFault? Decode(ReadOnlyMemory<byte> bytes)
    {
        LetGo();
        _bytes = bytes;
        return _chars.TryDecode(bytes, out var read) ? null : new RowFault(RejectReason.Undecodable, $"Byte {InFile(read)} of the record is not {_through?.EncodingName ?? "UTF-8"}.");
    }

    // The same place in the record as the file writes it. What stands before a fault is sound.
    private int InFile(int place) => _through is null ? place : _through.Found.Lenient.GetEncoder().GetByteCount(Encoding.UTF8.GetString(_bytes.Span[..place]), flush: false);

    // False when it is no object. Whatever it is, its syntax is looked at to the end.
    private bool TryPass(ReadOnlySpan<byte> bytes)
    {
        if (_scan.TryPass(bytes, out var length) && JsonCursor.Blanks(bytes[length..]) == bytes.Length - length)
        {
            return true;
        }

        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = _maxDepth });
        var isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject && _scan.TryPass(ref reader);
        while (reader.Read())
        {
            // What stands behind the record is a fault.
        }

        return isObject;
    }

    // What was refused and is sound all the same is too deep. A bit a level is all that this takes.
    private static bool IsSound(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
            {
                // To its end.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private ReadOnlyMemory<byte> BytesOf(JsonPlace place) => _bytes.Slice(place.Start, place.Length);

    private void LetGo()
    {
        if (_hasParts)
        {
            Array.ForEach(_parts, part => part?.Dispose());
            Array.Clear(_parts);
            _hasParts = false;
        }
    }

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
