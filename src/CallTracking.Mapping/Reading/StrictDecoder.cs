using System.Text;
using System.Text.Unicode;

namespace CallTracking.Mapping.Reading;

/// <summary>Decodes one record at a time and says where it cannot, without an exception per record. Not thread-safe.</summary>
internal sealed class StrictDecoder
{
    private readonly bool _isUtf8;
    private readonly bool _mapsUndefinedBytes;
    private readonly Encoding _encoding;
    private readonly NotingFallback _fallback;

    public StrictDecoder(SourceEncoding encoding)
    {
        _isUtf8 = encoding.IsUtf8;
        _mapsUndefinedBytes = encoding.MapsUndefinedBytes;
        _fallback = new NotingFallback(encoding.CodePage);
        _encoding = Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, _fallback);
    }

    /// <summary>Chars that <paramref name="bytes"/> may need.</summary>
    public static int Room(int bytes) => bytes + 16;

    /// <summary>False with the place of the first byte that the encoding does not have.</summary>
    public bool TryDecode(ReadOnlySpan<byte> bytes, Span<char> chars, out int written, out int badByte)
    {
        badByte = 0;
        if (_isUtf8)
        {
            var status = Utf8.ToUtf16(bytes, chars, out badByte, out written, replaceInvalidSequences: false);
            return status == System.Buffers.OperationStatus.Done;
        }

        _fallback.Clear();
        written = _encoding.GetChars(bytes, chars);
        if (_fallback.FirstBad is { } at)
        {
            badByte = Math.Clamp(at, 0, bytes.Length);
            return false;
        }

        return !_mapsUndefinedBytes || IsDefined(chars[..written], out badByte);
    }

    // .NET gives bytes that a Windows page leaves undefined a control or private character instead of a failure.
    private bool IsDefined(ReadOnlySpan<char> chars, out int badByte)
    {
        var control = chars.IndexOfAnyInRange('\u0080', '\u009F');
        var at = control >= 0 ? control : chars.IndexOfAnyInRange('\uF880', '\uF8FF');
        badByte = at < 0 ? 0 : _encoding.GetByteCount(chars[..at]);
        return at < 0;
    }
}
