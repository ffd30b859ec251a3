using System.Text;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Json;

/// <summary>Escapes in texts of JSON whose syntax is known to be sound.</summary>
internal static class JsonEscapes
{
    private const int CodeStart = 2;
    private const int CodeDigits = 4;

    /// <summary>True when one stands for <see cref="TextRules.Damage"/>.</summary>
    public static bool HasDamage(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\\') is >= 0 and var next && bytes.Length - next > CodeStart)
        {
            if (IsDamage(bytes[next..]))
            {
                return true;
            }

            bytes = bytes[(next + CodeStart)..];
        }

        return false;
    }

    /// <summary>True when the escape that begins here stands for <see cref="TextRules.Damage"/>.</summary>
    public static bool IsDamage(ReadOnlySpan<byte> escape) =>
        escape.Length >= CodeStart + CodeDigits && escape[1] == 'u' && Ascii.EqualsIgnoreCase(escape.Slice(CodeStart, CodeDigits), "fffd"u8);

    /// <summary>
    /// Puts the characters in the place of their escapes; false, with the text changed in part, where one stands for U+0000 or half a
    /// surrogate pair.
    /// </summary>
    public static bool TryUnescape(Span<char> text, out int length)
    {
        length = 0;
        var read = 0;
        while (text[read..].IndexOf('\\') is >= 0 and var next)
        {
            text.Slice(read, next).CopyTo(text[length..]);
            read += next;
            length += next;
            var letter = LetterOf(text[read..]);
            if (letter == '\0' || char.IsSurrogate(letter))
            {
                return false;
            }

            read += text[read + 1] == 'u' ? CodeStart + CodeDigits : CodeStart;
            text[length++] = letter;
        }

        text[read..].CopyTo(text[length..]);
        length += text.Length - read;
        return true;
    }

    private static char LetterOf(ReadOnlySpan<char> escape) => escape[1] switch
    {
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => (char)((DigitOf(escape[2]) << 12) | (DigitOf(escape[3]) << 8) | (DigitOf(escape[4]) << 4) | DigitOf(escape[5])),
        var letter => letter,
    };

    private static int DigitOf(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | ' ') - 'a' + 10;
}
