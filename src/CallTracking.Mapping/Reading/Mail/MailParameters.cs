using System.Globalization;
using System.Text;

namespace CallTracking.Mapping.Reading.Mail;

/// <summary>A header with parameters, such as <c>text/plain; charset=utf-8</c>; long and encoded ones (RFC 2231) put together.</summary>
internal sealed class MailParameters
{
    private const int MostParameters = 100;

    private readonly SortedDictionary<(string Name, int Part), (string Value, bool IsEncoded)> _parts = [];

    private MailParameters(string value) => Value = value;

    /// <summary>What stands before the first semicolon, in small letters.</summary>
    public string Value { get; }

    public static MailParameters Parse(string? header)
    {
        var rest = (header ?? string.Empty).AsSpan();
        var end = rest.IndexOf(';');
        var found = new MailParameters(WithoutComment(end < 0 ? rest : rest[..end]).ToString().ToLowerInvariant());
        rest = end < 0 ? [] : rest[(end + 1)..];
        while (!rest.IsEmpty && found._parts.Count < MostParameters)
        {
            found.Take(ref rest);
        }

        return found;
    }

    /// <summary>A parameter that is written in ASCII; null when there is none.</summary>
    public string? Plain(string name)
    {
        var parts = _parts.Where(part => part.Key.Name == name).Select(part => part.Value.Value).ToList();
        return parts.Count == 0 ? null : string.Concat(parts);
    }

    public bool Has(string name) => _parts.Keys.Any(part => part.Name == name);

    /// <summary>A parameter's text; null when there is none, or when it is no text of its charset.</summary>
    public string? Get(string name, MailCharsets charsets, EncodedWords words)
    {
        var parts = _parts.Where(part => part.Key.Name == name).Select(part => part.Value).ToList();
        if (parts.Count == 0)
        {
            return null;
        }

        if (!parts.Any(part => part.IsEncoded))
        {
            var plain = string.Concat(parts.Select(part => part.Value));
            var text = charsets.Decode(Encoding.Latin1.GetBytes(plain), null);
            return text is null ? null : words.Decode(text);
        }

        var first = parts[0].Value.Split('\'', 3);
        var charset = first.Length == 3 ? first[0] : null;
        var bytes = new List<byte>();
        for (var index = 0; index < parts.Count; index++)
        {
            var value = index == 0 && first.Length == 3 ? first[2] : parts[index].Value;
            bytes.AddRange(parts[index].IsEncoded ? Unescaped(value) : Encoding.Latin1.GetBytes(value));
        }

        return charsets.Decode(bytes.ToArray(), charset);
    }

    private static ReadOnlySpan<char> WithoutComment(ReadOnlySpan<char> text)
    {
        var comment = text.IndexOf('(');
        return (comment < 0 ? text : text[..comment]).Trim();
    }

    private static byte[] Unescaped(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var isEscape = text[at] == '%' && at + 2 < text.Length && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]);
            bytes.Add(isEscape ? Convert.FromHexString(text.AsSpan(at + 1, 2))[0] : (byte)text[at]);
            at += isEscape ? 2 : 0;
        }

        return [.. bytes];
    }

    private void Take(ref ReadOnlySpan<char> rest)
    {
        var equals = rest.IndexOfAny('=', ';');
        if (equals < 0 || rest[equals] == ';')
        {
            rest = equals < 0 ? [] : rest[(equals + 1)..];
            return;
        }

        var name = rest[..equals].Trim().ToString().ToLowerInvariant();
        rest = rest[(equals + 1)..].TrimStart();
        var value = ValueOf(ref rest);
        var isEncoded = name.EndsWith('*');
        name = name.TrimEnd('*');
        var star = name.LastIndexOf('*');
        var part = 0;
        if (star > 0 && int.TryParse(name.AsSpan(star + 1), NumberStyles.None, CultureInfo.InvariantCulture, out part))
        {
            name = name[..star];
        }

        _parts.TryAdd((name, part), (value, isEncoded));
    }

    private static string ValueOf(ref ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty || rest[0] != '"')
        {
            var end = rest.IndexOf(';');
            var plain = WithoutComment(end < 0 ? rest : rest[..end]).ToString();
            rest = end < 0 ? [] : rest[(end + 1)..];
            return plain;
        }

        var value = new StringBuilder();
        var at = 1;
        for (; at < rest.Length && rest[at] != '"'; at++)
        {
            at += rest[at] == '\\' && at + 1 < rest.Length ? 1 : 0;
            value.Append(rest[at]);
        }

        var next = at < rest.Length ? rest[at..].IndexOf(';') : -1;
        rest = next < 0 ? [] : rest[(at + next + 1)..];
        return value.ToString();
    }
}
