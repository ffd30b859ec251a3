using System.Buffers;
using System.Globalization;

namespace CallTracking.Mapping.Reading.Excel;

/// <summary>A text put together from pieces; what is beyond <paramref name="mostChars"/> is counted as too long and not held.</summary>
internal sealed class TextBuffer(int mostChars) : IDisposable
{
    private char[] _chars = ArrayPool<char>.Shared.Rent(1024);
    private int _length;

    public bool IsTooLong { get; private set; }

    public ReadOnlySpan<char> Text => _chars.AsSpan(0, _length);

    public int Length => _length;

    public void Clear()
    {
        _length = 0;
        IsTooLong = false;
    }

    public void Append(ReadOnlySpan<char> piece)
    {
        if (piece.Length > mostChars - _length)
        {
            IsTooLong = true;
            return;
        }

        if (_length + piece.Length > _chars.Length)
        {
            var larger = ArrayPool<char>.Shared.Rent(Math.Max(_length + piece.Length, _chars.Length * 2));
            Text.CopyTo(larger);
            ArrayPool<char>.Shared.Return(_chars, clearArray: true);
            _chars = larger;
        }

        piece.CopyTo(_chars.AsSpan(_length));
        _length += piece.Length;
    }

    /// <summary>Reads Excel's own escapes of characters that XML cannot hold, from here to the end: _x000D_ is U+000D.</summary>
    public void Unescape(int from)
    {
        var text = _chars.AsSpan(from, _length - from);
        var written = text.IndexOf("_x");
        if (written < 0)
        {
            return;
        }

        for (var at = written; at < text.Length; written++)
        {
            if (text.Length - at >= 7 && text[at] == '_' && text[at + 1] == 'x' && text[at + 6] == '_'
                && ushort.TryParse(text.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                text[written] = (char)code;
                at += 7;
            }
            else
            {
                text[written] = text[at++];
            }
        }

        _length = from + written;
    }

    // Personal data: the pool gets a clean buffer.
    public void Dispose()
    {
        if (_chars.Length > 0)
        {
            ArrayPool<char>.Shared.Return(_chars, clearArray: true);
            _chars = [];
            _length = 0;
        }
    }
}
