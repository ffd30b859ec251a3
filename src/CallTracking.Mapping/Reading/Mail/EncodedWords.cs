using System.Text;

namespace CallTracking.Mapping.Reading.Mail;

/// <summary>
/// Decodes the encoded words of headers (RFC 2047): <c>=?utf-8?B?…?=</c>. Words that follow each other are one text, since writers
/// cut in the middle of a character.
/// </summary>
internal sealed class EncodedWords(MailCharsets charsets)
{
    // 75 by the rule, which many writers do not keep.
    private const int LongestWord = 4096;

    /// <summary>Null when a word is no text in its charset; what is not written as a word stays as it is.</summary>
    public string? Decode(string text)
    {
        if (!text.Contains("=?", StringComparison.Ordinal))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        var pending = new Run();
        var at = 0;
        while (at < text.Length)
        {
            if (TryWord(text, at, out var charset, out var bytes, out var end))
            {
                if (!pending.Fits(charset) && !Flush(pending, result))
                {
                    return null;
                }

                pending.Add(charset, bytes);
                at = EndOfGap(text, end);
                continue;
            }

            if (!Flush(pending, result))
            {
                return null;
            }

            var next = text.IndexOf("=?", at + 1, StringComparison.Ordinal);
            next = next < 0 ? text.Length : next;
            result.Append(text, at, next - at);
            at = next;
        }

        return Flush(pending, result) ? result.ToString() : null;
    }

    private bool Flush(Run pending, StringBuilder into)
    {
        if (pending.Charset is not { } charset)
        {
            return true;
        }

        var decoded = charsets.Decode(pending.Bytes.ToArray(), charset);
        pending.Clear();
        into.Append(decoded);
        return decoded is not null;
    }

    /// <summary>White space between two words is no part of the text; behind the last it is.</summary>
    private static int EndOfGap(string text, int end)
    {
        var next = end;
        while (next < text.Length && text[next] is ' ' or '\t')
        {
            next++;
        }

        return next > end && next < text.Length && TryWord(text, next, out _, out _, out _) ? next : end;
    }

    private static bool TryWord(string text, int at, out string charset, out byte[] bytes, out int end)
    {
        charset = string.Empty;
        bytes = [];
        end = at;
        if (string.CompareOrdinal(text, at, "=?", 0, 2) != 0)
        {
            return false;
        }

        // What is longer is no word, and is not searched to its end.
        var name = text.IndexOf('?', at + 2, Math.Min(80, text.Length - at - 2));
        if (name <= at + 2 || name + 2 >= text.Length || text[name + 2] != '?')
        {
            return false;
        }

        var close = text.IndexOf("?=", name + 3, Math.Min(LongestWord, text.Length - name - 3), StringComparison.Ordinal);
        if (close < 0)
        {
            return false;
        }

        var content = text.AsSpan(name + 3, close - name - 3);
        var language = text.AsSpan(at + 2, name - at - 2).IndexOf('*');
        charset = text.Substring(at + 2, language >= 0 ? language : name - at - 2);
        end = close + 2;
        return text[name + 1] switch
        {
            'B' or 'b' => TryBase64(content, out bytes),
            'Q' or 'q' => TryQ(content, out bytes),
            _ => false,
        };
    }

    private static bool TryBase64(ReadOnlySpan<char> content, out byte[] bytes)
    {
        var padded = content.TrimEnd('=').ToString();
        padded += (padded.Length % 4) switch { 2 => "==", 3 => "=", _ => string.Empty };
        bytes = new byte[(padded.Length / 4 * 3) + 3];
        var isSound = Convert.TryFromBase64String(padded, bytes, out var written);
        bytes = isSound ? bytes[..written] : [];
        return isSound;
    }

    private static bool TryQ(ReadOnlySpan<char> content, out byte[] bytes)
    {
        var found = new List<byte>(content.Length);
        bytes = [];
        for (var at = 0; at < content.Length; at++)
        {
            if (content[at] > 0x7F)
            {
                return false;
            }

            if (content[at] != '=')
            {
                found.Add(content[at] == '_' ? (byte)' ' : (byte)content[at]);
                continue;
            }

            if (at + 2 >= content.Length || !char.IsAsciiHexDigit(content[at + 1]) || !char.IsAsciiHexDigit(content[at + 2]))
            {
                return false;
            }

            found.Add(Convert.FromHexString(content.Slice(at + 1, 2))[0]);
            at += 2;
        }

        bytes = [.. found];
        return true;
    }

    private sealed class Run
    {
        public string? Charset { get; private set; }

        public List<byte> Bytes { get; } = [];

        public bool Fits(string charset) => Charset is null || charset.Equals(Charset, StringComparison.OrdinalIgnoreCase);

        public void Add(string charset, byte[] bytes)
        {
            Charset = charset;
            Bytes.AddRange(bytes);
        }

        public void Clear()
        {
            Charset = null;
            Bytes.Clear();
        }
    }
}
