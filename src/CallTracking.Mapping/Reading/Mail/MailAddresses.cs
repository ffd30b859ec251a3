using System.Text;

namespace CallTracking.Mapping.Reading.Mail;

/// <summary>Someone in a header: name and address, either of which may be missing.</summary>
internal readonly record struct MailAddress(string? Name, string? Address);

/// <summary>Cuts headers such as <c>To</c> into addresses: names in quotes, in comments, in encoded words, groups.</summary>
internal static class MailAddresses
{
    /// <summary>Null when a name is no text of its charset.</summary>
    public static List<MailAddress>? Parse(string header, EncodedWords words)
    {
        var found = new List<MailAddress>();
        foreach (var entry in new Splitter(header).Entries())
        {
            var name = words.Decode(entry.Name.Length > 0 ? entry.Name : entry.Address.Length > 0 ? entry.Comment : string.Empty);
            if (name is null)
            {
                return null;
            }

            if (name.Length > 0 || entry.Address.Length > 0)
            {
                found.Add(new MailAddress(name.Length > 0 ? name : null, entry.Address.Length > 0 ? entry.Address : null));
            }
        }

        return found;
    }

    private readonly record struct Entry(string Name, string Comment, string Address);

    /// <summary>One walk over the header, whatever stands in it.</summary>
    private sealed class Splitter(string text)
    {
        private readonly StringBuilder _words = new();
        private readonly StringBuilder _comment = new();
        private string? _address;
        private int _at;

        public IEnumerable<Entry> Entries()
        {
            while (_at < text.Length)
            {
                switch (text[_at])
                {
                    case ',' or ';':
                        _at++;
                        yield return Taken();
                        break;
                    case ':':
                        // The name of a group, such as "undisclosed-recipients:".
                        _at++;
                        _words.Clear();
                        break;
                    case '"':
                        Quoted();
                        break;
                    case '(':
                        Comment();
                        break;
                    case '<':
                        Angle();
                        break;
                    case '=' when WordEnd() is > 0 and var end:
                        // An encoded word may hold any of these signs.
                        _words.Append(text, _at, end - _at);
                        _at = end;
                        break;
                    default:
                        _words.Append(text[_at++]);
                        break;
                }
            }

            yield return Taken();
        }

        private Entry Taken()
        {
            var words = string.Join(' ', _words.ToString().Split((char[])[' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
            var isBare = _address is null && words.Contains('@', StringComparison.Ordinal) && !words.Contains(' ', StringComparison.Ordinal);
            var entry = new Entry(isBare ? string.Empty : words, _comment.ToString().Trim(), isBare ? words : _address ?? string.Empty);
            _words.Clear();
            _comment.Clear();
            _address = null;
            return entry;
        }

        private int WordEnd()
        {
            if (string.CompareOrdinal(text, _at, "=?", 0, 2) != 0)
            {
                return -1;
            }

            var question = _at + 1;
            for (var part = 0; part < 2 && question > 0; part++)
            {
                question = text.IndexOf('?', question + 1, Math.Min(80, text.Length - question - 1));
            }

            var end = question < 0 ? -1 : text.IndexOf("?=", question + 1, Math.Min(400, text.Length - question - 1), StringComparison.Ordinal);
            return end < 0 ? -1 : end + 2;
        }

        private void Quoted()
        {
            for (_at++; _at < text.Length && text[_at] != '"'; _at++)
            {
                _at += text[_at] == '\\' && _at + 1 < text.Length ? 1 : 0;
                _words.Append(text[_at]);
            }

            _at++;
        }

        private void Comment()
        {
            var depth = 0;
            for (; _at < text.Length; _at++)
            {
                depth += text[_at] == '(' ? 1 : text[_at] == ')' ? -1 : 0;
                if (depth == 0)
                {
                    break;
                }

                if (depth > 1 || text[_at] != '(')
                {
                    _comment.Append(text[_at]);
                }
            }

            _at++;
        }

        private void Angle()
        {
            var end = text.IndexOf('>', _at);
            end = end < 0 ? text.Length : end;
            var inner = text.AsSpan(_at + 1, end - _at - 1).Trim();
            var route = inner.StartsWith("@") ? inner.LastIndexOf(':') : -1;
            _address = inner[(route + 1)..].ToString();
            _at = end + 1;
        }
    }
}
