using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Json;

/// <summary>
/// The characters of one record, so that a text of it that is only looked at needs no string. Texts are valid until the next record.
/// Not thread-safe.
/// </summary>
internal sealed class JsonChars : IDisposable
{
    // For texts that do not stand in the record as they are; those for which it is too small become strings.
    private const int MostRoom = 16 * 1024;

    private readonly PooledChars _chars = new();
    private ReadOnlyMemory<byte> _bytes;
    private int _used;
    private bool _isAscii;

    /// <summary>The record holds <see cref="TextRules.Damage"/>, as it is: an escape may stand for it besides.</summary>
    public bool HasDamage { get; private set; }

    /// <summary>Decodes a record strictly; false with the place of the first byte that is not UTF-8.</summary>
    public bool TryDecode(ReadOnlyMemory<byte> bytes, out int badByte)
    {
        _bytes = bytes;
        _chars.MakeRoom(bytes.Length + Math.Min(bytes.Length, MostRoom), kept: 0);
        if (Utf8.ToUtf16(bytes.Span, _chars.All, out badByte, out var written, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            return false;
        }

        // Then a byte is a character and its place the same.
        _isAscii = written == bytes.Length;
        _used = _isAscii ? written : 0;
        HasDamage = !_isAscii && _chars.All.AsSpan(0, written).Contains(TextRules.Damage);
        return true;
    }

    /// <summary>The text of a scalar, a number as the record writes it; a fault when an escape makes no text of it.</summary>
    public RowFault? Text(in JsonPlace place, out CellText text)
    {
        if (place.IsEscaped)
        {
            return TryUnescape(place, out text) ? null : Unescaped(_bytes.Span.Slice(place.Start, place.Length), out text);
        }

        text = place.Kind == JsonTokenType.String ? Plain(place.Start + 1, place.Length - 2, isInvariant: false) : Plain(place.Start, place.Length, place.Kind == JsonTokenType.Number);
        return null;
    }

    public void Dispose() => _chars.Dispose();

    private CellText Plain(int start, int length, bool isInvariant)
    {
        if (_isAscii)
        {
            return new CellText(_chars.All.AsSpan(start, length), isInvariant);
        }

        var bytes = _bytes.Span.Slice(start, length);
        return TryTakeRoom(length, out var room)
            ? new CellText(room[..Encoding.UTF8.GetChars(bytes, room)], isInvariant)
            : new CellText(Encoding.UTF8.GetString(bytes), isInvariant);
    }

    // False where the place is too small, or an escape has more to it.
    private bool TryUnescape(in JsonPlace place, out CellText text)
    {
        text = default;
        var start = place.Start + 1;
        var length = place.Length - 2;
        if (!TryTakeRoom(length, out var room))
        {
            return false;
        }

        var written = Encoding.UTF8.GetChars(_bytes.Span.Slice(start, length), room);
        if (!JsonEscapes.TryUnescape(room[..written], out var unescaped))
        {
            return false;
        }

        text = new CellText(room[..unescaped]);
        return true;
    }

    private RowFault? Unescaped(ReadOnlySpan<byte> quoted, out CellText text)
    {
        text = default;
        try
        {
            var reader = new Utf8JsonReader(quoted);
            reader.Read();
            text = TryTakeRoom(quoted.Length, out var room) ? new CellText(room[..reader.CopyString(room)]) : new CellText(reader.GetString()!);
        }
        catch (InvalidOperationException)
        {
            // Escapes that make half a surrogate pair: the only way to learn of them.
            return JsonText.HalfPair;
        }

        return text.Span.Contains('\0') ? JsonText.Nul : null;
    }

    private bool TryTakeRoom(int most, out Span<char> room)
    {
        var hasRoom = most <= _chars.All.Length - _used;
        room = hasRoom ? _chars.All.AsSpan(_used, most) : [];
        _used += room.Length;
        return hasRoom;
    }
}
