using System.Text.Json;
using CallTracking.Contracts;

namespace CallTracking.Mapping.Reading.Json;

/// <summary>Steps through the outer structure of a JSON document: marks, names, whole values. Not thread-safe.</summary>
internal sealed class JsonCursor(ByteWindow window, string fileName, int maxValueBytes)
{
    private const int LongestName = 64 * 1024;

    /// <summary>The line of the next byte, from 1.</summary>
    public long Line { get; private set; } = 1;

    public long Offset => window.SourceOf(window.Offset);

    /// <summary>How many bytes of white space stand at the beginning.</summary>
    public static int Blanks(ReadOnlySpan<byte> bytes)
    {
        // Mostly none or one: a search for several signs takes longer than these looks.
        var at = 0;
        while (at < bytes.Length && bytes[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            at++;
        }

        return at;
    }

    /// <summary>The next byte that is no white space, not consumed; -1 at the end.</summary>
    public async ValueTask<int> PeekAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Consume(Blanks(window.Unread));
            if (!window.Unread.IsEmpty)
            {
                return window.Unread[0];
            }

            if (window.IsAtEnd)
            {
                return -1;
            }

            await window.FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <exception cref="SourceFormatException">The next byte is another.</exception>
    public async ValueTask ExpectAsync(char mark, CancellationToken cancellationToken)
    {
        if (await PeekAsync(cancellationToken).ConfigureAwait(false) != mark)
        {
            throw await MissingAsync($"'{mark}'", cancellationToken).ConfigureAwait(false);
        }

        Consume(1);
    }

    /// <summary>Length of the value that begins here, complete in the window; null when it is over the limit.</summary>
    public async ValueTask<int?> MeasureAsync(CancellationToken cancellationToken)
    {
        var extent = default(JsonExtent);
        while (true)
        {
            if (extent.TryEnd(window.Unread, window.IsAtEnd, out var length))
            {
                return length > maxValueBytes ? null : length;
            }

            if (window.Unread.Length > maxValueBytes)
            {
                return null;
            }

            await FillOrFailAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Passes over the value that begins here, whatever its size.</summary>
    public async ValueTask SkipAsync(CancellationToken cancellationToken)
    {
        var extent = default(JsonExtent);
        int length;
        while (!extent.TryEnd(window.Unread, window.IsAtEnd, out length))
        {
            Consume(extent.Drop());
            await FillOrFailAsync(cancellationToken).ConfigureAwait(false);
        }

        Consume(length);
    }

    /// <summary>A property's name and its colon.</summary>
    public async ValueTask<string> NameAsync(CancellationToken cancellationToken)
    {
        if (await PeekAsync(cancellationToken).ConfigureAwait(false) != '"')
        {
            throw await MissingAsync("a name in quotes", cancellationToken).ConfigureAwait(false);
        }

        var length = await MeasureAsync(cancellationToken).ConfigureAwait(false);
        if (length is not { } bytes || bytes > LongestName)
        {
            throw Broken("expected a name, got a longer text");
        }

        string name;
        try
        {
            name = JsonSerializer.Deserialize<string>(window.Unread[..bytes])!;
        }
        catch (JsonException)
        {
            throw Broken("expected a name in quotes");
        }

        Consume(bytes);
        await ExpectAsync(':', cancellationToken).ConfigureAwait(false);
        return name;
    }

    public void Consume(int bytes)
    {
        Line += window.Unread[..bytes].Count((byte)'\n');
        window.Advance(bytes);
    }

    /// <summary>The byte of the file, as words; of one that is read through another encoding it is where a piece of it began.</summary>
    public string Place(long bytesOn = 0) => $"{(window.Transcoding is null ? "at" : "at or soon behind")} byte {window.SourceOf(window.Offset + bytesOn)}";

    public SourceFormatException Broken(string what, long bytesOn = 0) => new(new Fault(
        fileName,
        (int)Line,
        1,
        $"Broken JSON {Place(bytesOn)}: {what}.",
        "Ask for the export again: records before this place have been read, those behind it cannot be found."));

    /// <summary>Something else stands here than what must; or nothing does, or a piece of a character, since the file ends.</summary>
    public async ValueTask<SourceFormatException> MissingAsync(string what, CancellationToken cancellationToken)
    {
        await window.RequireAsync(2, cancellationToken).ConfigureAwait(false);
        return Broken(window.Unread is [] or [Utf8Pieces.BadByte] ? $"the file ends where {what} was expected" : $"expected {what}");
    }

    private async ValueTask FillOrFailAsync(CancellationToken cancellationToken)
    {
        if (window.IsAtEnd)
        {
            throw Broken("the file ends inside a value", window.Unread.Length);
        }

        await window.FillAsync(cancellationToken).ConfigureAwait(false);
    }
}
