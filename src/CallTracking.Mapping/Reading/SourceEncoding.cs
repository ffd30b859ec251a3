using System.Text;

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

    /// <summary>Null when the encoding is named; else it is to be detected, with at least this confidence, from 0 to 1.</summary>
    public double? LeastConfidence { get; private init; }

    /// <summary>False while it is to be detected.</summary>
    public bool IsUtf8 => CodePage == Utf8CodePage && LeastConfidence is null;

    public bool IsSingleByte => Strict.IsSingleByte;

    /// <summary>Pages of mainframes, in which not even letters are ASCII's.</summary>
    public bool IsEbcdic => CodePage is 37 or 500 or 870 or 875 or 1026 or 1047 or (>= 1140 and <= 1149) or (>= 20273 and <= 20424) or 20833 or 20838
        or 20871 or 20880 or 20905 or 20924 or 21025;

    /// <summary>What a byte stands for hangs on marks before it: ISO-2022 and HZ.</summary>
    public bool Shifts => CodePage is (>= 50220 and <= 50229) or 52936;

    /// <summary>The name leaves it to the file's mark which byte comes first.</summary>
    public bool LeavesByteOrderOpen => Name.Equals("utf-16", StringComparison.OrdinalIgnoreCase) || Name.Equals("utf-32", StringComparison.OrdinalIgnoreCase);

    /// <summary>To be found in each file, with at least this confidence, from 0 to 1.</summary>
    public static SourceEncoding Detected(double leastConfidence) => new("detect", Utf8.Strict) { LeastConfidence = leastConfidence };

    /// <summary>True when .NET gives bytes that the page leaves undefined a control or private character instead of a failure.</summary>
    public bool MapsUndefinedBytes => CodePage is 874 or 932 or 936 or 949 or 950 or (>= 1250 and <= 1258);

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
        if (LeastConfidence is not null || !CutInPlace.Contains(CodePage))
        {
            return false;
        }

        foreach (var sign in signs)
        {
            if ((sign >= 0x40 || char.IsAsciiDigit(sign)) && !IsUtf8 && !IsSingleByte)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The text's bytes; null when the encoding has no such characters.</summary>
    public byte[]? BytesOf(string text)
    {
        try
        {
            return Strict.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }
}
