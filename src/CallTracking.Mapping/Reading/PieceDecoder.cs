using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace CallTracking.Mapping.Reading;

/// <summary>
/// Decodes a file in pieces that end at line ends, so that the place of each line in the file is known and an error does not
/// outlive its line. Not thread-safe.
/// </summary>
internal sealed class PieceDecoder
{
    private const int LongestPiece = 1024;

    // A line end seen one byte off: nothing else reads so, since the character does not exist.
    private const ushort ShiftedLineFeed = 0x0A00;

    private readonly SourceEncoding _encoding;
    private readonly NotingFallback _notes;
    private readonly Decoder _decoder;
    private readonly char[] _chars = new char[LongestPiece + 16];
    private readonly bool _isUtf16;
    private readonly bool _isBigEndian;
    private readonly bool _returnsToAsciiAtLineEnds;
    private readonly bool _hasNextLine;
    private readonly bool _endsAtLineEnds;
    private readonly SearchValues<byte> _lineEnds;
    private readonly int _unit;
    private long _offset;
    private long? _begunAt;
    private bool _isFlushed;

    /// <param name="encoding">Of the file.</param>
    /// <param name="offset">Bytes of the file that come before the first piece.</param>
    public PieceDecoder(SourceEncoding encoding, long offset)
    {
        _encoding = encoding;
        _offset = offset;
        _notes = new NotingFallback(encoding.CodePage, Utf8Pieces.BadCharacter);
        _decoder = Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, _notes).GetDecoder();
        _isBigEndian = encoding.CodePage is 1201 or 12001;
        _isUtf16 = encoding.CodePage is 1200 or 1201;
        _unit = _isUtf16 ? 2 : encoding.CodePage is 12000 or 12001 ? 4 : 1;
        _returnsToAsciiAtLineEnds = encoding.CodePage is >= 50220 and <= 50222;
        _hasNextLine = encoding.IsEbcdic;
        _endsAtLineEnds = _unit == 1 && !encoding.IsUtf8 && !encoding.IsSingleByte && !encoding.IsEbcdic && !encoding.Shifts;
        _lineEnds = SearchValues.Create(_hasNextLine ? [0x15, 0x25, 0x0D] : "\r\n"u8);
    }

    /// <summary>Decodes as many whole pieces as there is room for; answers the bytes used.</summary>
    public int Decode(ReadOnlySpan<byte> bytes, bool isAtEnd, Utf8Pieces into)
    {
        into.Next();
        var used = 0;
        while (used < bytes.Length && into.HasRoomFor(_chars.Length))
        {
            var piece = PieceOf(bytes[used..], isAtEnd);
            if (piece.IsEmpty)
            {
                break;
            }

            used += _encoding.IsUtf8 ? Pass(piece, into) : Decode(piece, into);
        }

        if (isAtEnd && used == bytes.Length && !_isFlushed && !_encoding.IsUtf8 && into.HasRoomFor(_chars.Length))
        {
            _isFlushed = true;
            Add(_decoder.GetChars([], _chars, flush: true), into);
        }

        return used;
    }

    private int Pass(ReadOnlySpan<byte> piece, Utf8Pieces into)
    {
        into.AddUtf8(piece, _offset);
        _offset += piece.Length;
        return piece.Length;
    }

    private int Decode(ReadOnlySpan<byte> piece, Utf8Pieces into)
    {
        _notes.Clear();
        if (_isUtf16 && piece.Length >= 2 && UnitOf(piece, piece.Length - 2) == ShiftedLineFeed)
        {
            return Realign(piece, into);
        }

        if (_endsAtLineEnds && piece[^1] is (byte)'\n' or (byte)'\r')
        {
            return DecodeLineEnd(piece, into);
        }

        Add(_decoder.GetChars(piece, _chars, flush: false), into);
        _offset += piece.Length;
        if (_returnsToAsciiAtLineEnds && piece[^1] is (byte)'\n' or (byte)'\r')
        {
            _decoder.Reset();
        }

        return piece.Length;
    }

    // Half a character before a line end would take it along, though no character holds one.
    private int DecodeLineEnd(ReadOnlySpan<byte> piece, Utf8Pieces into)
    {
        var ends = piece is [.., (byte)'\r', (byte)'\n'] ? 2 : 1;
        var written = _decoder.GetChars(piece[..^ends], _chars, flush: true);
        foreach (var end in piece[^ends..])
        {
            _chars[written++] = (char)end;
        }

        Add(written, into);
        _offset += piece.Length;
        return piece.Length;
    }

    // A byte is missing or too many in this line. Little-endian, the line feed's own two bytes come next; big-endian, the first of
    // them is gone with the character before.
    private int Realign(ReadOnlySpan<byte> piece, Utf8Pieces into)
    {
        var kept = piece.Length - 2;
        var written = _decoder.GetChars(piece[..kept], _chars, flush: true);
        _notes.Note(kept);
        _chars[written++] = Utf8Pieces.BadCharacter;
        if (_isBigEndian)
        {
            _chars[written++] = '\n';
        }

        Add(written, into);
        _offset += kept + 1;
        return kept + 1;
    }

    private void Add(int written, Utf8Pieces into)
    {
        var chars = _chars.AsSpan(0, written);
        if (_hasNextLine)
        {
            chars.Replace('\u0085', '\n');
        }

        if (written == 0)
        {
            // Nothing but the first bytes of a character: it began here.
            _begunAt ??= _offset;
            return;
        }

        into.Add(chars, _begunAt ?? _offset, _offset, _isUtf16 && _notes.FirstBad is not null ? BadUnitsOf(chars) : _notes.Bad);
        _begunAt = null;
    }

    // The decoder notices half a pair at the unit behind it.
    private static List<int> BadUnitsOf(ReadOnlySpan<char> chars)
    {
        var bad = new List<int>();
        for (var at = 0; at < chars.Length && chars[at..].IndexOf(Utf8Pieces.BadCharacter) is >= 0 and var next; at++)
        {
            at += next;
            bad.Add(at * 2);
        }

        return bad;
    }

    /// <summary>Up to and with the next line end, of whole units; nothing when that needs more bytes.</summary>
    private ReadOnlySpan<byte> PieceOf(ReadOnlySpan<byte> bytes, bool isAtEnd)
    {
        var most = Math.Min(bytes.Length, LongestPiece);
        var whole = most - (most % _unit);
        if (whole == 0)
        {
            return isAtEnd ? bytes : [];
        }

        var end = _unit switch
        {
            2 => LineEndOf(MemoryMarshal.Cast<byte, ushort>(bytes[..whole])),
            1 => bytes[..whole].IndexOfAny(_lineEnds),
            _ => LineEndOf(MemoryMarshal.Cast<byte, uint>(bytes[..whole])),
        };
        if (end < 0)
        {
            return bytes[..whole];
        }

        // CR and LF together, where both are here.
        end = (end + 1) * _unit;
        return bytes[..(end + _unit <= whole && IsCrLf(bytes[(end - _unit)..]) ? end + _unit : end)];
    }

    private bool IsCrLf(ReadOnlySpan<byte> bytes) => _isUtf16
        ? UnitOf(bytes, 0) == '\r' && UnitOf(bytes, 2) == '\n'
        : _unit == 1 && !_hasNextLine && bytes is [(byte)'\r', (byte)'\n', ..];

    private int LineEndOf(ReadOnlySpan<ushort> units) => _isBigEndian
        ? units.IndexOfAny<ushort>(0x0A00, 0x0D00, 0x000A)
        : units.IndexOfAny<ushort>(0x000A, 0x000D, ShiftedLineFeed);

    private int LineEndOf(ReadOnlySpan<uint> units) => _isBigEndian ? units.IndexOfAny(0x0A000000u, 0x0D000000u) : units.IndexOfAny(0x0Au, 0x0Du);

    private ushort UnitOf(ReadOnlySpan<byte> bytes, int at) => (ushort)(_isBigEndian ? (bytes[at] << 8) | bytes[at + 1] : (bytes[at + 1] << 8) | bytes[at]);
}
