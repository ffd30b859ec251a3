using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace CallTracking.Mapping.Reading.Mail;

/// <summary>
/// Decodes text of mail strictly, by the charset that the message names. Where it names none, or one that nobody knows, UTF-8 is
/// taken when the bytes are sound UTF-8, else what the mapping names; else the text is refused.
/// </summary>
internal sealed class MailCharsets(SourceEncoding? otherwise)
{
    // Letters that are written in ASCII: a text in one of them looks sound in any other.
    private static readonly string[] Hidden = ["utf-7", "unicode-1-1-utf-7", "hz", "iso-2022", "ebcdic", "ibm", "x-imap"];

    private static readonly Dictionary<string, string> Meant = new(StringComparer.OrdinalIgnoreCase)
    {
        // What calls itself ISO 8859-1 in mail is Windows-1252, whose curly quotes it has: browsers read it so.
        ["iso-8859-1"] = "windows-1252",
        ["latin1"] = "windows-1252",

        // As Python's email package writes it.
        ["eucgb2312_cn"] = "gb2312",
        ["big5_tw"] = "big5",
    };

    private readonly Dictionary<string, StrictDecoder?> _decoders = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null when the bytes are no text in this charset.</summary>
    public string? Decode(ReadOnlySpan<byte> bytes, string? charset)
    {
        var name = charset?.Trim() ?? string.Empty;
        if (name.Length == 0 || IsAscii(name))
        {
            return Undeclared(bytes);
        }

        if (DecoderOf(name) is { } decoder)
        {
            return Strictly(decoder, bytes);
        }

        return Hidden.Any(hidden => name.StartsWith(hidden, StringComparison.OrdinalIgnoreCase)) ? null : Undeclared(bytes);
    }

    private static bool IsAscii(string name) => name.Equals("us-ascii", StringComparison.OrdinalIgnoreCase) || name.Equals("ascii", StringComparison.OrdinalIgnoreCase);

    private static string? Strictly(StrictDecoder decoder, ReadOnlySpan<byte> bytes)
    {
        var chars = ArrayPool<char>.Shared.Rent(StrictDecoder.Room(bytes.Length));
        try
        {
            return decoder.TryDecode(bytes, chars, out var written, out _) ? new string(chars, 0, written) : null;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars, clearArray: true);
        }
    }

    private string? Undeclared(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        return otherwise is null ? null : Strictly(DecoderOf(otherwise.Name)!, bytes);
    }

    private StrictDecoder? DecoderOf(string name)
    {
        if (!_decoders.TryGetValue(name, out var decoder))
        {
            decoder = SourceEncoding.Find(Meant.GetValueOrDefault(name, name)) is { } encoding ? new StrictDecoder(encoding) : null;
            if (_decoders.Count < 100)
            {
                _decoders[name] = decoder; // A hostile file has a million names.
            }
        }

        return decoder;
    }
}
