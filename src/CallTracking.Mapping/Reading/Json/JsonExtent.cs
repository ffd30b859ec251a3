using System.Buffers;

namespace CallTracking.Mapping.Reading.Json;

/// <summary>
/// Finds where a JSON value ends, in bytes, without reading what it says. Goes on where it stopped when more bytes come, and can
/// let go of bytes already passed, so that a value of any size is measured in constant memory.
/// </summary>
internal struct JsonExtent
{
    private static readonly SearchValues<byte> Marks = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> ScalarEnds = SearchValues.Create(",]} \t\r\n"u8);

    private int _scan;
    private int _depth;
    private bool _isInString;
    private bool _hasBegun;
    private bool _isScalar;

    /// <summary>True when the value that begins at the first byte ends at <paramref name="length"/>.</summary>
    public bool TryEnd(ReadOnlySpan<byte> bytes, bool isAtEnd, out int length)
    {
        length = 0;
        if (bytes.IsEmpty)
        {
            return false;
        }

        if (!_hasBegun)
        {
            _hasBegun = true;
            _isScalar = bytes[0] is not ((byte)'"' or (byte)'{' or (byte)'[');
        }

        return _isScalar ? TryScalar(bytes, isAtEnd, out length) : TryMarked(bytes, out length);
    }

    /// <summary>How many bytes may be dropped from the front.</summary>
    public int Drop()
    {
        var dropped = _scan;
        _scan = 0;
        return dropped;
    }

    private bool TryScalar(ReadOnlySpan<byte> bytes, bool isAtEnd, out int length)
    {
        var end = bytes[_scan..].IndexOfAny(ScalarEnds);
        length = end < 0 ? bytes.Length : _scan + end;
        _scan = length;
        return end >= 0 || isAtEnd;
    }

    private bool TryMarked(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        while (_scan < bytes.Length)
        {
            var rest = bytes[_scan..];
            var next = _isInString ? rest.IndexOfAny((byte)'"', (byte)'\\') : rest.IndexOfAny(Marks);
            if (next < 0)
            {
                _scan = bytes.Length;
                return false;
            }

            var mark = rest[next];
            if (mark == (byte)'\\')
            {
                // The escaped byte may not be here yet.
                if (next + 1 >= rest.Length)
                {
                    _scan += next;
                    return false;
                }

                _scan += next + 2;
                continue;
            }

            _scan += next + 1;
            _isInString = mark == (byte)'"' ? !_isInString : _isInString;
            _depth += mark is (byte)'{' or (byte)'[' ? 1 : mark is (byte)'}' or (byte)']' ? -1 : 0;
            if (_depth <= 0 && !_isInString)
            {
                length = _scan;
                return true;
            }
        }

        return false;
    }
}
