using System.Net;
using System.Text;

namespace CallTracking.Mapping.Reading.Mail;

/// <summary>Reduces HTML to its text: blocks become lines, scripts, styles and comments go. One walk, whatever stands in it.</summary>
internal static class HtmlText
{
    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "article", "aside", "blockquote", "br", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4",
        "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
    };

    private static readonly HashSet<string> Hidden = new(StringComparer.OrdinalIgnoreCase) { "script", "style", "head", "title", "template", "noscript" };

    public static string Of(string html)
    {
        var result = new StringBuilder(html.Length);
        var rest = html.AsSpan();
        var isSpaced = true;
        while (!rest.IsEmpty)
        {
            var open = rest.IndexOf('<');
            AppendText(open < 0 ? rest : rest[..open], result, ref isSpaced);
            rest = open < 0 ? [] : AfterTag(rest[open..], result, ref isSpaced);
        }

        return Trimmed(result);
    }

    /// <summary>Passes over the tag at the start, or takes its sign as text when it is none.</summary>
    private static ReadOnlySpan<char> AfterTag(ReadOnlySpan<char> rest, StringBuilder result, scoped ref bool isSpaced)
    {
        if (rest.StartsWith("<!--"))
        {
            var close = rest.IndexOf("-->");
            return close < 0 ? [] : rest[(close + 3)..];
        }

        if (rest.Length < 2 || !(char.IsAsciiLetter(rest[1]) || rest[1] is '/' or '!' or '?'))
        {
            AppendText("<", result, ref isSpaced);
            return rest[1..];
        }

        var end = EndOfTag(rest);
        var tag = rest[..end];
        rest = rest[end..];
        var name = NameOf(tag);
        if (Blocks.Contains(name) && !(result.Length == 0 || (result[^1] == '\n' && name is not "br")))
        {
            result.Append('\n');
            isSpaced = true;
        }
        else if (name is "td" or "th" && !isSpaced)
        {
            result.Append(' ');
            isSpaced = true;
        }

        return tag[1] != '/' && Hidden.Contains(name) ? AfterHidden(rest, name) : rest;
    }

    private static ReadOnlySpan<char> AfterHidden(ReadOnlySpan<char> rest, string name)
    {
        var close = rest.IndexOf($"</{name}", StringComparison.OrdinalIgnoreCase);
        if (close < 0)
        {
            return [];
        }

        rest = rest[close..];
        return rest[EndOfTag(rest)..];
    }

    private static string NameOf(ReadOnlySpan<char> tag)
    {
        var from = tag[1] == '/' ? 2 : 1;
        var end = from;
        while (end < tag.Length && char.IsAsciiLetterOrDigit(tag[end]))
        {
            end++;
        }

        return tag[from..end].ToString().ToLowerInvariant();
    }

    /// <summary>Behind the sign that ends the tag and stands in no quotes.</summary>
    private static int EndOfTag(ReadOnlySpan<char> rest)
    {
        var quote = '\0';
        for (var at = 1; at < rest.Length; at++)
        {
            if (quote != '\0')
            {
                quote = rest[at] == quote ? '\0' : quote;
            }
            else if (rest[at] == '>')
            {
                return at + 1;
            }
            else if (rest[at] is '"' or '\'' && rest[at - 1] == '=')
            {
                quote = rest[at];
            }
        }

        return rest.Length;
    }

    private static void AppendText(ReadOnlySpan<char> text, StringBuilder result, ref bool isSpaced)
    {
        if (text.IsEmpty)
        {
            return;
        }

        foreach (var sign in text.Contains('&') ? WebUtility.HtmlDecode(text.ToString()) : text)
        {
            var isSpace = sign is ' ' or '\t' or '\n' or '\r' or '\f' or '\u00A0';
            if (!isSpace || !isSpaced)
            {
                result.Append(isSpace ? ' ' : sign);
            }

            isSpaced = isSpace;
        }
    }

    private static string Trimmed(StringBuilder text)
    {
        var lines = text.ToString().Split('\n').Select(line => line.Trim());
        return string.Join('\n', lines).Trim();
    }
}
