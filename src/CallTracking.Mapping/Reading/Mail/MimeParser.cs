using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Mail;

/// <summary>
/// Builds a message's tree of parts from its lines. Holds headers and texts only; what is attached is measured. The first thing
/// that is wrong is kept as the fault, and the rest passed over. Not thread-safe.
/// </summary>
internal sealed class MimeParser(int maxTextBytes) : IDisposable
{
    /// <summary>All headers of a message.</summary>
    public const int MaxHeaderBytes = 1024 * 1024;

    private const int MaxDepth = 30;
    private const int MaxParts = 1000;

    private static readonly string[] Signs = ["From", "Date", "Subject", "Message-ID", "To", "Received", "Return-Path", "Sender"];

    // The parts that are open, the message first; the innermost may be one without parts.
    private readonly List<MimePart> _open = [];
    private bool _isInHeaders;
    private long _headerBytes;
    private long _textBytes;
    private int _parts;

    public RowFault? Fault { get; private set; }

    public MimePart Message => _open[0];

    /// <summary>A new message begins.</summary>
    public void Begin()
    {
        Clear();
        _open.Add(new MimePart());
        _isInHeaders = true;
        _headerBytes = _textBytes = _parts = 0;
        Fault = null;
    }

    /// <summary>Takes a line, or a piece of a long one.</summary>
    public void Take(ReadOnlySpan<byte> line, bool beginsLine, bool endsLine)
    {
        if (Fault is not null || (beginsLine && endsLine && TryBoundary(line)))
        {
            return;
        }

        if (_isInHeaders)
        {
            TakeHeader(line, beginsLine && endsLine);
        }
        else if (!_open[^1].IsMultipart)
        {
            TakeBody(line, beginsLine);
        }
    }

    /// <summary>The message ends here.</summary>
    public void End()
    {
        if (Fault is not null)
        {
            return;
        }

        if (_isInHeaders)
        {
            EndHeaders();
        }

        if (!Message.Headers.Fields.Any(field => Signs.Contains(field.Name, StringComparer.OrdinalIgnoreCase)))
        {
            Refuse("It has none of the headers of a mail.");
        }
        else if (_open.Any(part => part.IsMultipart && !part.IsClosed))
        {
            Refuse("The line that ends its parts is missing: the message was cut off.");
        }
    }

    public void Dispose() => Clear();

    private void TakeHeader(ReadOnlySpan<byte> line, bool isWhole)
    {
        _headerBytes += line.Length;
        if (!isWhole && line.Length >= MailLines.LongestPiece)
        {
            Fault = new RowFault(RejectReason.TooLarge, $"A line of its headers is over {MailLines.LongestPiece} bytes.");
        }
        else if (_headerBytes > MaxHeaderBytes)
        {
            Fault = new RowFault(RejectReason.TooLarge, $"Its headers are over {MaxHeaderBytes} bytes.");
        }
        else if (line.IsEmpty)
        {
            EndHeaders();
        }
        else if (!_open[^1].Headers.TryAdd(line))
        {
            Refuse("A line of its headers is none.");
        }
    }

    private void EndHeaders()
    {
        _isInHeaders = false;
        var part = _open[^1];
        part.EndHeaders();
        if (part.IsMultipart && part.Boundary is null)
        {
            Refuse("It has parts, but does not say what stands between them.");
        }
    }

    private void TakeBody(ReadOnlySpan<byte> line, bool beginsLine)
    {
        var part = _open[^1];
        _textBytes += part.IsText ? line.Length + 1 : 0;
        if (_textBytes > maxTextBytes)
        {
            Fault = new RowFault(RejectReason.TooLarge, $"Its texts are over max_record_bytes, {maxTextBytes}.");
            return;
        }

        part.Add(line, beginsLine);
    }

    /// <summary>True when the line stands between parts of an open one, or ends them.</summary>
    private bool TryBoundary(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("--"u8))
        {
            return false;
        }

        line = line[2..].TrimEnd(" \t"u8);
        for (var index = _open.Count - 1; index >= 0; index--)
        {
            var boundary = _open[index].Boundary;
            if (boundary is null || _open[index].IsClosed || !line.StartsWith(boundary))
            {
                continue;
            }

            var rest = line[boundary.Length..];
            if (rest.IsEmpty || rest.SequenceEqual("--"u8))
            {
                Leave(index, isLast: !rest.IsEmpty);
                return true;
            }
        }

        return false;
    }

    private void Leave(int index, bool isLast)
    {
        if (_isInHeaders)
        {
            EndHeaders();
        }

        if (_open.Skip(index + 1).Any(part => part.IsMultipart && !part.IsClosed))
        {
            Refuse("The line that ends some of its parts is missing.");
            return;
        }

        _open.RemoveRange(index + 1, _open.Count - index - 1);
        _open[index].IsClosed = isLast;
        if (isLast)
        {
            return;
        }

        if (_open.Count > MaxDepth || ++_parts > MaxParts)
        {
            Refuse($"It has more than {MaxParts} parts, or parts in parts more than {MaxDepth} deep.");
            return;
        }

        var part = new MimePart();
        _open[index].Parts.Add(part);
        _open.Add(part);
        _isInHeaders = true;
    }

    private void Refuse(string message) => Fault ??= new RowFault(RejectReason.BrokenRecord, message);

    private void Clear()
    {
        if (_open.Count > 0)
        {
            _open[0].Dispose();
        }

        _open.Clear();
    }
}
