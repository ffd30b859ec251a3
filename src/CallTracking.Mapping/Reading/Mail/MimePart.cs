namespace CallTracking.Mapping.Reading.Mail;

/// <summary>A message, or a part of one: its headers, and its parts, its text or its size.</summary>
internal sealed class MimePart
{
    private static readonly string[] Texts = ["", "text", "text/plain", "text/html"];

    public MailHeaders Headers { get; } = new();

    public MailParameters Type { get; private set; } = MailParameters.Parse(null);

    public MailParameters Disposition { get; private set; } = MailParameters.Parse(null);

    /// <summary>How bytes are written: in small letters, such as base64.</summary>
    public string Transfer { get; private set; } = string.Empty;

    public List<MimePart> Parts { get; } = [];

    /// <summary>What stands between the parts; null when there are none.</summary>
    public byte[]? Boundary { get; private set; }

    /// <summary>The line after which no part follows has been read.</summary>
    public bool IsClosed { get; set; }

    public bool IsMultipart => Type.Value.StartsWith("multipart/", StringComparison.Ordinal);

    /// <summary>The part is read by people as the message itself.</summary>
    public bool IsText { get; private set; }

    /// <summary>A text that nobody reads as such, like an invitation's calendar beside it.</summary>
    public bool IsIgnored => !IsText && Type.Value.StartsWith("text/", StringComparison.Ordinal) && !IsAttached;

    public bool IsHtml => Type.Value == "text/html";

    /// <summary>A text's bytes as they were sent, lines ended by line feeds.</summary>
    public PooledBuffer? Content { get; private set; }

    /// <summary>Bytes of what is not a text, decoded.</summary>
    public long Size { get; private set; }

    private bool IsAttached => Disposition.Value == "attachment" || Disposition.Has("filename") || Type.Has("name");

    private bool _hasLine;
    private long _symbols;

    /// <summary>The headers are complete.</summary>
    public void EndHeaders()
    {
        Type = MailParameters.Parse(Headers.Plain("Content-Type"));
        Disposition = MailParameters.Parse(Headers.Plain("Content-Disposition"));
        Transfer = MailParameters.Parse(Headers.Plain("Content-Transfer-Encoding")).Value;
        IsText = Texts.Contains(Type.Value) && !IsAttached;
        Content = IsText ? new PooledBuffer() : null;
        Boundary = IsMultipart && Type.Plain("boundary") is { Length: > 0 } boundary ? System.Text.Encoding.Latin1.GetBytes(boundary) : null;
    }

    /// <summary>Takes a line, or a piece of one, of a part without parts.</summary>
    public void Add(ReadOnlySpan<byte> line, bool beginsLine)
    {
        // The end of a line before a boundary belongs to the boundary.
        var breaks = beginsLine && _hasLine;
        _hasLine = true;
        if (Content is not null)
        {
            if (breaks)
            {
                Content.Append("\n"u8);
            }

            Content.Append(line);
        }
        else if (Transfer == "base64")
        {
            _symbols += line.Length - line.Count((byte)'=') - line.Count((byte)' ') - line.Count((byte)'\t');
            Size = _symbols * 3 / 4;
        }
        else
        {
            var escapes = Transfer == "quoted-printable" ? line.Count((byte)'=') : 0;
            var isSoft = escapes > 0 && line[^1] == '=';
            Size += line.Length - (2L * (isSoft ? escapes - 1 : escapes)) + (breaks ? 1 : 0) - (isSoft ? 2 : 0);
        }
    }

    public void Dispose()
    {
        Content?.Dispose();
        foreach (var part in Parts)
        {
            part.Dispose();
        }
    }
}
