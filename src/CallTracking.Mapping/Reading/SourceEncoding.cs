using System.Text;
using System.Text.Unicode;

namespace CallTracking.Mapping.Reading;

/// <summary>A named encoding: how to find it, and whether records can be cut in its bytes as they are.</summary>
internal sealed class SourceEncoding
{
    private const int Utf8CodePage = 65001;

    // Pages in which ASCII bytes below 0x40 other than digits always stand for themselves: the single-byte ones, and the
    // double-byte ones, whose second bytes are 0x40 or above (GB18030: digits too).
    private static readonly HashSet<int> CutInPlace =
    [
        Utf8CodePage, 20127, 437, 737, 775, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865, 866, 869, 874, 932, 936, 949, 950, 1250, 1251, 1252,
        1253, 1254, 1255, 1256, 1257, 1258, 10000, 20866, 21866, 28591, 28592, 28593, 28594, 28595, 28596, 28597, 28598, 28599,
        28603, 28605, 51932, 51936, 51949, 54936,
    ];

    // What Windows-31J is called where it is used; .NET knows some of them only.
    private static readonly Dictionary<string, int> OtherNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["cp932"] = 932,
        ["windows-31j"] = 932,
        ["ms932"] = 932,
        ["sjis"] = 932,
        ["shift_jis"] = 932,
        ["shift-jis"] = 932,
        ["utf8"] = Utf8CodePage,
        ["utf-8-bom"] = Utf8CodePage,
        ["latin1"] = 28591,
        ["ansi"] = 1252,
        ["gbk"] = 936,
        ["euc-jp"] = 51932,
    };

    static SourceEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private SourceEncoding(string name, Encoding encoding)
    {
        Name = name;
        CodePage = encoding.CodePage;
        Strict = encoding;
    }

    public static SourceEncoding Utf8 => Find("utf-8")!;

    /// <summary>As the mapping writes it.</summary>
    public string Name { get; }

    public int CodePage { get; }

    /// <summary>Throws on bytes that it does not have.</summary>
    public Encoding Strict { get; }

    /// <summary>Shows what it does not have as U+FFFD: for a person's eyes, never for a case.</summary>
    public Encoding Lenient => Encoding.GetEncoding(CodePage);

    public bool IsUtf8 => CodePage == Utf8CodePage;

    /// <summary>Null when there is no such encoding, or when it is UTF-7, which no strict reader takes.</summary>
    public static SourceEncoding? Find(string name)
    {
        try
        {
            var known = OtherNames.TryGetValue(name, out var page)
                || (name.StartsWith("cp", StringComparison.OrdinalIgnoreCase) && int.TryParse(name.AsSpan(2), out page))
                || int.TryParse(name, out page);
            var encoding = known
                ? Encoding.GetEncoding(page, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                : Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            return encoding.CodePage == 65000 ? null : new SourceEncoding(name, encoding);
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>True when these signs never occur inside another character, so that records are cut before decoding.</summary>
    public bool CanCutAt(params ReadOnlySpan<char> signs)
    {
        foreach (var sign in signs)
        {
            if (sign >= 0x80 || ((sign >= 0x40 || char.IsAsciiDigit(sign)) && !IsSingleByte))
            {
                return false;
            }
        }

        return CutInPlace.Contains(CodePage);
    }

    private bool IsSingleByte => IsUtf8 || Strict.IsSingleByte;
}

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
        _mapsUndefinedBytes = encoding.CodePage is 874 or 932 or 936 or 949 or 950 or (>= 1250 and <= 1258);
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
