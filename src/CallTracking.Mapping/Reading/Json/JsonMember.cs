using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CallTracking.Mapping.Reading.Json;

/// <summary>
/// Gives a record that is a member of an object the name under which it stands, as one more value at its end: what stands before it keeps its place. Holds one record.
/// Not thread-safe.
/// </summary>
internal sealed class JsonMember
{
    // The text goes into no page: letters of every language stay legible in the quarantine.
    private static readonly JsonEncodedText Name = JsonEncodedText.Encode(JsonPath.Member);

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private JsonEncodedText _value;

    /// <summary>The next record is the member of this name.</summary>
    public void Begin(string name) => _value = JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);

    /// <summary>The record with its name; as it is where it is no object, which is its own fault. Valid until the next.</summary>
    public ReadOnlyMemory<byte> Named(ReadOnlyMemory<byte> record)
    {
        var inner = record.Span;
        if (inner is not [(byte)'{', .., (byte)'}'])
        {
            return record;
        }

        inner = inner[..^1];
        _bytes.ResetWrittenCount();
        _bytes.Write(inner);
        _bytes.Write(inner.TrimEnd(" \t\r\n"u8) is [(byte)'{'] ? "\""u8 : ",\""u8);
        _bytes.Write(Name.EncodedUtf8Bytes);
        _bytes.Write("\":\""u8);
        _bytes.Write(_value.EncodedUtf8Bytes);
        _bytes.Write("\"}"u8);
        return _bytes.WrittenMemory;
    }
}
