using System.Runtime.InteropServices;
using System.Text.Json;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Mail;

/// <summary>Writes a message as the record that mappings name paths of. Not thread-safe.</summary>
internal sealed class MailTree : IDisposable
{
    private readonly MailFormat _format;
    private readonly MailCharsets _charsets;
    private readonly EncodedWords _words;
    private readonly PooledBuffer _decoded = new();
    private readonly Dictionary<string, string> _spellings = new(StringComparer.OrdinalIgnoreCase);
    private RowFault? _fault;

    public MailTree(MailFormat format, ColumnTable table)
    {
        _format = format;
        _charsets = new MailCharsets(format.Encoding);
        _words = new EncodedWords(_charsets);

        // Headers have no case: each is written as the mapping writes it.
        foreach (var names in table.Columns.Select(column => column.Path!.Names).Where(names => names.Count > 1 && names[0] == "headers" && names[1] is not null))
        {
            _spellings.TryAdd(names[1]!, names[1]!);
        }
    }

    /// <summary>Null, or why the message cannot be a record; what was written then is no record.</summary>
    public RowFault? Write(MimePart message, Utf8JsonWriter json)
    {
        _fault = null;
        var headers = HeadersOf(message);
        json.WriteStartObject();
        WriteText(json, "subject", First(headers, "Subject"));
        WriteAddresses(json, headers);
        WriteText(json, "date", First(headers, "Date") is { } date ? MailDate.ToIso(date) : null);
        WriteThread(json, headers);
        WriteText(json, "body", Body(message));
        json.WriteStartArray("attachments");
        WriteAttachments(message, json);
        json.WriteEndArray();
        WriteHeaders(json, headers);
        json.WriteEndObject();
        return _fault;
    }

    public void Dispose() => _decoded.Dispose();

    private static string? First(Dictionary<string, List<string>> headers, string name) =>
        headers.TryGetValue(name, out var values) ? values[0] : null;

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    /// <summary>All headers, decoded but for encoded words.</summary>
    private Dictionary<string, List<string>> HeadersOf(MimePart message)
    {
        var headers = new Dictionary<string, List<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, bytes) in message.Headers.Fields)
        {
            var text = _charsets.Decode(CollectionsMarshal.AsSpan(bytes), null)?.Trim();
            var decoded = text is null ? null : IsOfAddresses(name) ? text : _words.Decode(text);
            if (decoded is null)
            {
                _fault ??= new RowFault(RejectReason.Undecodable, "A header holds bytes that are not in the charset that it names, or in none. Name what is meant as encoding in the mapping.");
                continue;
            }

            (headers.TryGetValue(name, out var values) ? values : headers[name] = []).Add(decoded);
        }

        return headers;
    }

    // Encoded words in them may hold the signs between addresses, so they are cut first.
    private static bool IsOfAddresses(string name) => name.ToUpperInvariant() is "FROM" or "TO" or "CC" or "BCC" or "REPLY-TO" or "SENDER";

    private void WriteAddresses(Utf8JsonWriter json, Dictionary<string, List<string>> headers)
    {
        if (Addresses(headers, "From") is [var from, ..])
        {
            json.WritePropertyName("from");
            Write(json, from);
        }

        foreach (var (name, property) in (ReadOnlySpan<(string, string)>)[("To", "to"), ("Cc", "cc"), ("Bcc", "bcc"), ("Reply-To", "reply_to")])
        {
            json.WriteStartArray(property);
            foreach (var address in Addresses(headers, name))
            {
                Write(json, address);
            }

            json.WriteEndArray();
        }
    }

    private List<MailAddress> Addresses(Dictionary<string, List<string>> headers, string name)
    {
        var found = MailAddresses.Parse(string.Join(',', headers.GetValueOrDefault(name, [])), _words);
        _fault ??= found is null ? new RowFault(RejectReason.Undecodable, $"A name in {name} is not in the charset that it names.") : null;
        return found ?? [];
    }

    private static void Write(Utf8JsonWriter json, MailAddress address)
    {
        json.WriteStartObject();
        WriteText(json, "name", address.Name);
        WriteText(json, "address", address.Address);
        json.WriteEndObject();
    }

    /// <summary>Ids without their brackets; the thread is what the first message of it is called.</summary>
    private static void WriteThread(Utf8JsonWriter json, Dictionary<string, List<string>> headers)
    {
        var id = MessageIds.Of(First(headers, "Message-ID")).FirstOrDefault();
        var answered = MessageIds.Of(First(headers, "In-Reply-To")).FirstOrDefault();
        var references = MessageIds.Of(First(headers, "References"));
        WriteText(json, "message_id", id);
        WriteText(json, "in_reply_to", answered);
        WriteText(json, "thread", references.FirstOrDefault() ?? answered ?? id);
        json.WriteStartArray("references");
        foreach (var reference in references)
        {
            json.WriteStringValue(reference);
        }

        json.WriteEndArray();
    }

    private string? Body(MimePart message)
    {
        var body = BodyOf(message);
        return body is not null && _format.DropsQuoted ? QuotedReplies.Drop(body) : body;
    }

    /// <summary>The part's texts one below the other; of alternatives the plain one, unless it is blank.</summary>
    private string? BodyOf(MimePart part)
    {
        if (!part.IsMultipart)
        {
            return part.IsText ? TextOf(part) : null;
        }

        if (part.Type.Value != "multipart/alternative")
        {
            var texts = part.Parts.Select(BodyOf).Where(text => !string.IsNullOrWhiteSpace(text)).ToList();
            return texts.Count == 0 ? null : string.Join('\n', texts);
        }

        return part.Parts.OrderBy(alternative => HasPlain(alternative) ? 0 : 1).Select(BodyOf).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));
    }

    private static bool HasPlain(MimePart part) => part.IsMultipart ? part.Parts.Any(HasPlain) : part.IsText && !part.IsHtml;

    private string? TextOf(MimePart part)
    {
        if (!TransferEncoding.TryDecode(part.Content!.Written.Span, part.Transfer, _decoded))
        {
            _fault ??= new RowFault(RejectReason.BrokenRecord, "A text is not written as its Content-Transfer-Encoding says.");
            return null;
        }

        var text = _charsets.Decode(_decoded.Written.Span, part.Type.Plain("charset"));
        if (text is null)
        {
            _fault ??= new RowFault(RejectReason.Undecodable, "A text is not in the charset that it names, or names none. Name what is meant as encoding in the mapping.");
            return null;
        }

        text = text.ReplaceLineEndings("\n");
        return part.IsHtml ? HtmlText.Of(text)
            : Is(part.Type.Plain("format"), "flowed") ? FlowedText.Of(text, Is(part.Type.Plain("delsp"), "yes"))
            : text;
    }

    private static bool Is(string? parameter, string word) => string.Equals(parameter, word, StringComparison.OrdinalIgnoreCase);

    private void WriteAttachments(MimePart part, Utf8JsonWriter json)
    {
        foreach (var inner in part.Parts)
        {
            WriteAttachments(inner, json);
        }

        if (part.IsMultipart || part.IsText || part.IsIgnored)
        {
            return;
        }

        json.WriteStartObject();
        WriteText(json, "name", part.Disposition.Get("filename", _charsets, _words) ?? part.Type.Get("name", _charsets, _words));
        WriteText(json, "type", part.Type.Value.Length > 0 ? part.Type.Value : "application/octet-stream");
        json.WriteNumber("size", part.Size);
        json.WriteEndObject();
    }

    private void WriteHeaders(Utf8JsonWriter json, Dictionary<string, List<string>> headers)
    {
        json.WriteStartObject("headers");
        foreach (var (name, values) in headers)
        {
            json.WritePropertyName(_spellings.GetValueOrDefault(name, name));
            if (values.Count > 1)
            {
                json.WriteStartArray();
            }

            foreach (var value in values)
            {
                json.WriteStringValue(IsOfAddresses(name) ? _words.Decode(value) : value);
            }

            if (values.Count > 1)
            {
                json.WriteEndArray();
            }
        }

        json.WriteEndObject();
    }
}
