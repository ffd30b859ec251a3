using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace CallTracking.Testing;

/// <summary>The bytes in which a value can stand on a disk or in a stream.</summary>
public static class NeedleForms
{
    /// <summary>Shorter ones are found by chance.</summary>
    public const int LeastBytes = 8;

    /// <summary>
    /// UTF-8 (which a protobuf string is, too), UTF-16, the source's encoding, base64 of UTF-8 and UTF-16 at every alignment, hexadecimal, and the
    /// escapes of JSON, URLs and HTML; as it stands, in other case, decomposed, and without its signs. The name of each is for reports.
    /// </summary>
    /// <param name="value">What is looked for.</param>
    /// <param name="source">An encoding beside the usual ones.</param>
    public static IEnumerable<(string Form, byte[] Bytes)> Of(string value, Encoding source)
    {
        ArgumentNullException.ThrowIfNull(value);
        var all = Spellings(value).SelectMany(spelling => OfSpelling(spelling.Text, source).Select(form => ($"{form.Form}{spelling.Name}", form.Bytes)));
        return all.Where(form => form.Bytes.Length >= LeastBytes).DistinctBy(form => Convert.ToHexString(form.Bytes));
    }

    /// <summary>Every value that stands in some bytes, with its form; for a few values and little content.</summary>
    public static IReadOnlyList<string> Find(ReadOnlySpan<byte> content, IEnumerable<string> values)
    {
        var found = new List<string>();
        foreach (var value in values)
        {
            foreach (var (form, bytes) in Of(value, Encoding.Latin1))
            {
                if (content.IndexOf(bytes) >= 0)
                {
                    found.Add($"{value} ({form})");
                }
            }
        }

        return found;
    }

    private static IEnumerable<(string Name, string Text)> Spellings(string value)
    {
        yield return ("", value);
        yield return (", lower case", value.ToLowerInvariant());
        yield return (", upper case", value.ToUpperInvariant());
        yield return (", decomposed", value.Normalize(NormalizationForm.FormD));
        var bare = string.Concat(value.Where(char.IsLetterOrDigit));
        // Below nine digits a number without its signs is found by chance.
        if (bare.Length >= (bare.All(char.IsAsciiDigit) ? 9 : 8))
        {
            yield return (", without signs", bare);
        }
    }

    private static IEnumerable<(string Form, byte[] Bytes)> OfSpelling(string value, Encoding source)
    {
        var utf8 = Encoding.UTF8.GetBytes(value);
        var wide = Encoding.Unicode.GetBytes(value);
        yield return ("UTF-8", utf8);
        yield return ("UTF-16LE", wide);
        yield return ("UTF-16BE", Encoding.BigEndianUnicode.GetBytes(value));
        if (TryEncode(value, source) is { } encoded)
        {
            yield return (source.WebName, encoded);
        }

        yield return ("hexadecimal", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(utf8)));
        for (var alignment = 0; alignment < 3; alignment++)
        {
            yield return ("base64", Base64(utf8, alignment));
            yield return ("base64 of UTF-16LE", Base64(wide, alignment));
        }

        foreach (var (form, escaped) in Escapes(value))
        {
            yield return (form, Encoding.UTF8.GetBytes(escaped));
        }
    }

    private static byte[]? TryEncode(string value, Encoding source)
    {
        try
        {
            return source.GetBytes(value);
        }
        catch (EncoderFallbackException)
        {
            return null; // Most old encodings have no letter that stands apart from its accent.
        }
    }

    private static IEnumerable<(string Form, string Text)> Escapes(string value)
    {
        yield return ("JSON", JsonEncodedText.Encode(value).ToString());
        yield return ("JSON", Ascii(value, "x4"));
        yield return ("JSON", Ascii(value, "X4"));
        var url = Uri.EscapeDataString(value);
        yield return ("URL", url);
        yield return ("URL", Lower(url));
        yield return ("URL", WebUtility.UrlEncode(value));
        yield return ("HTML", WebUtility.HtmlEncode(value));
    }

    // The characters that depend on what stands before and behind are cut off.
    private static byte[] Base64(byte[] bytes, int alignment)
    {
        var text = Convert.ToBase64String([.. new byte[alignment], .. bytes]).TrimEnd('=');
        var first = alignment == 0 ? 0 : alignment + 1;
        var rest = (alignment + bytes.Length) % 3;
        return Encoding.ASCII.GetBytes(text[first..(rest == 0 ? text.Length : text.Length - 1)]);
    }

    private static string Ascii(string value, string hexadecimal) => string.Concat(
        value.Select(letter => letter < 0x80 ? letter.ToString() : "\\u" + ((int)letter).ToString(hexadecimal, CultureInfo.InvariantCulture)));

    private static string Lower(string url) => string.Concat(url.Select(
        (letter, index) => (index > 0 && url[index - 1] == '%') || (index > 1 && url[index - 2] == '%') ? char.ToLowerInvariant(letter) : letter));
}
