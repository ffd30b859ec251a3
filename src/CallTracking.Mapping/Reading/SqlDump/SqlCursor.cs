using System.Buffers;
using System.Text;
using CallTracking.Contracts;

namespace CallTracking.Mapping.Reading.SqlDump;

/// <summary>Steps through the statements of a dump: words, names, groups, lines. Not thread-safe.</summary>
internal sealed class SqlCursor(ByteWindow window, SqlDumpStart start, string fileName)
{
    private const int LongestName = 512;

    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n\f\v\0"u8);

    /// <summary>The line of the next byte, from 1.</summary>
    public long Line { get; private set; } = 1;

    public long Offset => window.Offset;

    /// <summary>The comment that ends a complete dump has been passed, and no statement since.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>A statement begins: the dump goes on.</summary>
    public void Begin() => IsComplete = false;

    /// <summary>The next byte that is no white space and in no comment, not consumed; -1 at the end.</summary>
    public async ValueTask<int> PeekAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await window.RequireAsync(LongestName, cancellationToken).ConfigureAwait(false);
            var blanks = window.Unread.IndexOfAnyExcept(Blanks);
            Consume(blanks < 0 ? window.Unread.Length : blanks);
            if (blanks > 0 || (blanks < 0 && !window.IsAtEnd))
            {
                continue;
            }

            if (blanks < 0)
            {
                return -1;
            }

            if (CommentEnd() is not { } end)
            {
                return window.Unread[0];
            }

            IsComplete |= window.Unread.StartsWith(Encoding.ASCII.GetBytes(start.EndMark));
            await SkipPastAsync(end, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The next word in capitals; empty when there is none.</summary>
    public async ValueTask<string> WordAsync(CancellationToken cancellationToken)
    {
        await PeekAsync(cancellationToken).ConfigureAwait(false);
        var length = WordLength(window.Unread);
        var word = Encoding.ASCII.GetString(window.Unread[..length]).ToUpperInvariant();
        Consume(length);
        return word;
    }

    /// <summary>A name, in quotes or without.</summary>
    /// <exception cref="SourceFormatException">There is none.</exception>
    public async ValueTask<string> NameAsync(CancellationToken cancellationToken)
    {
        await PeekAsync(cancellationToken).ConfigureAwait(false);
        await window.RequireAsync(LongestName, cancellationToken).ConfigureAwait(false);
        return SqlNames.TryRead(window.Unread, out var length) is { } name ? Taken(name, length) : throw Broken("expected a name");
    }

    /// <exception cref="SourceFormatException">The next byte is another.</exception>
    public async ValueTask ExpectAsync(char mark, CancellationToken cancellationToken)
    {
        if (await PeekAsync(cancellationToken).ConfigureAwait(false) != mark)
        {
            throw Broken($"expected '{mark}'");
        }

        Consume(1);
    }

    /// <summary>Length of the group or statement that begins here, complete in the window; null when it is over the limit.</summary>
    public async ValueTask<int?> MeasureAsync(bool isGroup, int limit, CancellationToken cancellationToken)
    {
        var extent = new SqlExtent(start, isGroup);
        while (true)
        {
            if (extent.TryEnd(window.Unread, out var length))
            {
                return length > limit ? null : length;
            }

            if (window.Unread.Length > limit)
            {
                return null;
            }

            await FillOrFailAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Passes over the group or statement that begins here, whatever its size.</summary>
    public async ValueTask SkipAsync(bool isGroup, CancellationToken cancellationToken)
    {
        var extent = new SqlExtent(start, isGroup);
        int length;
        while (!extent.TryEnd(window.Unread, out length))
        {
            Consume(extent.Drop(window.Unread));
            await FillOrFailAsync(cancellationToken).ConfigureAwait(false);
        }

        Consume(length);
    }

    /// <summary>Length of the line that begins here without its end, and with it; null when it is over the limit.</summary>
    public async ValueTask<(int Length, int Consumed)?> MeasureLineAsync(int limit, CancellationToken cancellationToken)
    {
        var scanned = 0;
        while (true)
        {
            var end = window.Unread[scanned..].IndexOf((byte)'\n');
            if (end >= 0)
            {
                var length = scanned + end;
                return length > limit ? null : (length > 0 && window.Unread[length - 1] == '\r' ? length - 1 : length, length + 1);
            }

            scanned = window.Unread.Length;
            if (scanned > limit)
            {
                return null;
            }

            await FillOrFailAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Passes over all up to and with these bytes; at the end of the file, over all there is.</summary>
    public async ValueTask SkipPastAsync(ReadOnlyMemory<byte> mark, CancellationToken cancellationToken)
    {
        int at;
        while ((at = window.Unread.IndexOf(mark.Span)) < 0)
        {
            Consume(Math.Max(0, window.Unread.Length - (window.IsAtEnd ? 0 : mark.Length - 1)));
            if (window.IsAtEnd)
            {
                return;
            }

            await window.FillAsync(cancellationToken).ConfigureAwait(false);
        }

        Consume(at + mark.Length);
    }

    public ReadOnlyMemory<byte> Peek(int length) => window.Peek(Math.Min(length, window.Unread.Length));

    public void Consume(int bytes)
    {
        Line += window.Unread[..bytes].Count((byte)'\n');
        window.Advance(bytes);
    }

    public SourceFormatException Broken(string what) => new(new Fault(
        fileName,
        (int)Line,
        1,
        $"Broken dump at byte {window.Offset}: {what}.",
        "Ask for the dump again: rows before this place have been read, those behind it cannot be found."));

    private static int WordLength(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        while (length < bytes.Length && length < LongestName && (bytes[length] == '_' || char.IsAsciiLetterOrDigit((char)bytes[length])))
        {
            length++;
        }

        return length;
    }

    /// <summary>How the comment that begins here ends; null when none begins.</summary>
    private byte[]? CommentEnd()
    {
        var bytes = window.Unread;
        var isLine = bytes.StartsWith("--"u8) || (bytes[0] == '#' && start.Dialect == SqlDialect.MySql);
        return isLine ? "\n"u8.ToArray() : bytes.StartsWith("/*"u8) ? "*/"u8.ToArray() : null;
    }

    private string Taken(string name, int length)
    {
        Consume(length);
        return name;
    }

    private async ValueTask FillOrFailAsync(CancellationToken cancellationToken)
    {
        if (window.IsAtEnd)
        {
            throw Broken("the file ends inside a statement");
        }

        await window.FillAsync(cancellationToken).ConfigureAwait(false);
    }
}
