using System.Numerics;
using System.Text.Unicode;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace CallTracking.Contracts;

/// <summary>
/// Encodes cases into one growing array, byte for byte as Google.Protobuf does. That asks every message for its size before it is
/// written, and so counts each text once for every message around it; here a length is written when it is known. Not thread-safe.
/// </summary>
/// <param name="room">Bytes to begin with.</param>
public sealed class MessageBuffer(int room)
{
    private const int VarintMost = 10;
    private const int TagMost = 5;
    private const int OneByteTag = 15;
    private const int ShortHead = 3;

    // Up to here room is taken for the most bytes that a text can have; longer ones are counted first.
    private const int ShortText = 4096;
    private const int BytesPerChar = 3;

    private byte[] _bytes = new byte[room];
    private int _length;

    private enum Wire
    {
        Varint = 0,
        Fixed64 = 1,
        Length = 2,
    }

    /// <summary>What was encoded last; until the next.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Bytes that the buffer holds on to.</summary>
    public int Capacity => _bytes.Length;

    /// <summary>Encodes a case, in place of what was encoded before.</summary>
    public ReadOnlySpan<byte> Encode(Case value)
    {
        _length = 0;
        value.Encode(this);
        return Written;
    }

    /// <summary>Encodes a record, in place of what was encoded before.</summary>
    public ReadOnlySpan<byte> Encode(CaseRecord record)
    {
        _length = 0;
        record.Encode(this);
        return Written;
    }

    internal void Text(int field, string value)
    {
        if (value.Length > 0)
        {
            AnyText(field, value);
        }
    }

    internal void Texts(int field, RepeatedField<string>? values)
    {
        for (var index = 0; index < values?.Count; index++)
        {
            AnyText(field, values[index]);
        }
    }

    /// <summary>A text that is written though it may be empty.</summary>
    internal void AnyText(int field, string value)
    {
        MakeRoom(TagMost + VarintMost + MostBytes(value));
        Tag(field, Wire.Length);

        // Mostly a character is a byte.
        var guessed = VarintSize(value.Length);
        var content = _bytes.AsSpan(_length + guessed);
        var written = ShortAscii.TryWrite(value, content) ? value.Length : Write(value, content);
        var size = VarintSize(written);
        if (size != guessed)
        {
            content[..written].CopyTo(_bytes.AsSpan(_length + size));
        }

        Varint((uint)written);
        _length += written;
    }

    /// <summary>A message with nothing but a text, which is written though it may be empty: as <see cref="AnyText"/> between Begin and End.</summary>
    internal void TextMessage(int field, int textField, string value)
    {
        MakeRoom((2 * (TagMost + VarintMost)) + MostBytes(value));
        Tag(field, Wire.Length);
        if (value.Length <= ShortAscii.Longest && textField <= OneByteTag && TryShortTextMessage(textField, value, _bytes.AsSpan(_length)))
        {
            _length += ShortHead + value.Length;
            return;
        }

        // Mostly a character is a byte.
        var guessed = HeadSize(textField, value.Length);
        var content = _bytes.AsSpan(_length + guessed);
        var written = ShortAscii.TryWrite(value, content) ? value.Length : Write(value, content);
        var size = HeadSize(textField, written);
        if (size != guessed)
        {
            content[..written].CopyTo(_bytes.AsSpan(_length + size));
        }

        Varint((uint)MessageSize(textField, written));
        Tag(textField, Wire.Length);
        Varint((uint)written);
        _length += written;
    }

    internal void Bytes(int field, ByteString value)
    {
        if (value.Length > 0)
        {
            MakeRoom(TagMost + VarintMost + value.Length);
            Tag(field, Wire.Length);
            Varint((uint)value.Length);
            value.Span.CopyTo(_bytes.AsSpan(_length));
            _length += value.Length;
        }
    }

    /// <summary>An enumeration, or a number without a sign.</summary>
    internal void Number(int field, long value)
    {
        if (value != 0)
        {
            MakeRoom(TagMost + VarintMost);
            Tag(field, Wire.Varint);
            Varint((ulong)value);
        }
    }

    /// <summary>A number of the kind whose sign stands in the lowest bit, written though it may be 0.</summary>
    internal void Signed(int field, long value)
    {
        MakeRoom(TagMost + VarintMost);
        Tag(field, Wire.Varint);
        Varint((ulong)((value << 1) ^ (value >> 63)));
    }

    /// <summary>A number that is written though it may be 0.</summary>
    internal void Double(int field, double value)
    {
        MakeRoom(TagMost + sizeof(double));
        Tag(field, Wire.Fixed64);
        System.Buffers.Binary.BinaryPrimitives.WriteDoubleLittleEndian(_bytes.AsSpan(_length), value);
        _length += sizeof(double);
    }

    /// <summary>A number that is written though it may be 0.</summary>
    internal void AnyNumber(int field, long value)
    {
        MakeRoom(TagMost + VarintMost);
        Tag(field, Wire.Varint);
        Varint((ulong)value);
    }

    internal void Time(int field, Timestamp? value)
    {
        if (value is not null)
        {
            var start = Begin(field);
            Number(Timestamp.SecondsFieldNumber, value.Seconds);
            Number(Timestamp.NanosFieldNumber, value.Nanos);
            End(start);
        }
    }

    /// <summary>A message that few cases have: as its own code writes it.</summary>
    internal void Other(int field, IMessage? value)
    {
        if (value is not null)
        {
            var size = value.CalculateSize();
            MakeRoom(TagMost + VarintMost + size);
            Tag(field, Wire.Length);
            Varint((uint)size);
            value.WriteTo(_bytes.AsSpan(_length, size));
            _length += size;
        }
    }

    internal void Others<T>(int field, RepeatedField<T>? values)
        where T : IMessage
    {
        for (var index = 0; index < values?.Count; index++)
        {
            Other(field, values[index]);
        }
    }

    /// <summary>Fields of a later contract.</summary>
    internal void Unknown(UnknownFieldSet? fields)
    {
        if (fields is not null)
        {
            var size = fields.CalculateSize();
            MakeRoom(size);
            var bytes = new byte[size];
            using var output = new CodedOutputStream(bytes);
            fields.WriteTo(output);
            output.Flush();
            bytes.CopyTo(_bytes, _length);
            _length += size;
        }
    }

    /// <summary>Begins a message; what is written until <see cref="End"/> is in it.</summary>
    internal int Begin(int field)
    {
        MakeRoom(TagMost + 1);
        Tag(field, Wire.Length);
        return _length++;
    }

    internal void End(int start)
    {
        // One byte is kept for the length; where it needs more, the content makes room.
        var length = _length - start - 1;
        var size = VarintSize(length);
        if (size > 1)
        {
            MakeRoom(size);
            _bytes.AsSpan(start + 1, length).CopyTo(_bytes.AsSpan(start + size));
        }

        _length = start;
        Varint((uint)length);
        _length += length;
    }

    // Its two lengths and its tag are a byte each.
    private static bool TryShortTextMessage(int textField, string value, Span<byte> into)
    {
        if (!ShortAscii.TryWrite(value, into[ShortHead..]))
        {
            return false;
        }

        into[2] = (byte)value.Length;
        into[1] = (byte)((textField << 3) | (int)Wire.Length);
        into[0] = (byte)(value.Length + 2);
        return true;
    }

    private void Tag(int field, Wire wire) => Varint(((uint)field << 3) | (uint)wire);

    private void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            _bytes[_length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _bytes[_length++] = (byte)value;
    }

    // Half a surrogate pair becomes U+FFFD, as in the generated code.
    private static int Write(string value, Span<byte> into)
    {
        Utf8.FromUtf16(value, into, out _, out var written);
        return written;
    }

    private static int MostBytes(string value) => value.Length <= ShortText ? value.Length * BytesPerChar : System.Text.Encoding.UTF8.GetByteCount(value);

    // Of what stands before the text.
    private static int HeadSize(int textField, int bytes)
    {
        var size = MessageSize(textField, bytes);
        return VarintSize(size) + size - bytes;
    }

    private static int MessageSize(int textField, int bytes) => VarintSize(textField << 3) + VarintSize(bytes) + bytes;

    private static int VarintSize(int value) => ((BitOperations.Log2((uint)value) * 9) + 73) >> 6;

    private void MakeRoom(int more)
    {
        if (_bytes.Length - _length < more)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + more));
        }
    }
}
