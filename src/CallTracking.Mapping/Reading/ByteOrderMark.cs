using CallTracking.Contracts;

namespace CallTracking.Mapping.Reading;

/// <summary>The mark at the start of a file. It is passed over, and refused when it says that the mapping names another encoding.</summary>
internal static class ByteOrderMark
{
    /// <summary>The longest mark.</summary>
    public const int Most = 4;

    // UTF-32 before UTF-16, whose little-endian mark it begins with.
    private static readonly (byte[] Mark, int CodePage, string Name)[] Marks =
    [
        ([0xEF, 0xBB, 0xBF], 65001, "utf-8"),
        ([0xFF, 0xFE, 0x00, 0x00], 12000, "utf-32"),
        ([0x00, 0x00, 0xFE, 0xFF], 12001, "utf-32BE"),
        ([0xFF, 0xFE], 1200, "utf-16"),
        ([0xFE, 0xFF], 1201, "utf-16BE"),
        ([0x84, 0x31, 0x95, 0x33], 54936, "gb18030"),
    ];

    /// <summary>For files that are read in their own bytes; what is read through UTF-8 has lost its mark on the way.</summary>
    public static async ValueTask SkipAsync(ByteWindow window, SourceEncoding encoding, string fileName, CancellationToken cancellationToken)
    {
        if (window.Transcoding is not null)
        {
            return;
        }

        await window.RequireAsync(Most, cancellationToken).ConfigureAwait(false);
        window.Advance(Measure(window.Unread, encoding, fileName, out _));
    }

    /// <summary>Behind <see cref="SkipAsync"/>, of what begins with two signs of ASCII, such as JSON: a NUL among them shows characters of two or four bytes, without any mark.</summary>
    /// <exception cref="SourceFormatException">The file has such characters, and the mapping another encoding.</exception>
    public static async ValueTask RequireNarrowAsync(ByteWindow window, SourceEncoding encoding, string fileName, CancellationToken cancellationToken)
    {
        if (window.Transcoding is not null)
        {
            return;
        }

        await window.RequireAsync(Most, cancellationToken).ConfigureAwait(false);
        var name = window.Unread is not [var first, var second, var third, var fourth, ..] ? null : (first, second, third, fourth) switch
        {
            (0, 0, 0, not 0) => "utf-32BE",
            (not 0, 0, 0, 0) => "utf-32",
            (0, not 0, 0, not 0) => "utf-16BE",
            (not 0, 0, not 0, 0) => "utf-16",
            _ => null,
        };
        if (name is not null)
        {
            throw new SourceFormatException(new Fault(fileName, 1, 1, $"The file begins as {name} does, the mapping says {encoding.Name}.", $"Write encoding: {name} under format in the mapping."));
        }
    }

    /// <summary>The encoding that the start of a file names, and how long its mark is; null when there is no mark.</summary>
    public static SourceEncoding? Find(ReadOnlySpan<byte> start, out int length)
    {
        foreach (var (mark, _, name) in Marks)
        {
            if (start.StartsWith(mark))
            {
                length = mark.Length;
                return SourceEncoding.Find(name);
            }
        }

        length = 0;
        return null;
    }

    /// <summary>Bytes to pass over. <paramref name="meant"/>: with <c>utf-16</c> and <c>utf-32</c> the mark decides the order of bytes.</summary>
    /// <exception cref="SourceFormatException">The mark is of another encoding.</exception>
    public static int Measure(ReadOnlySpan<byte> start, SourceEncoding encoding, string fileName, out SourceEncoding meant)
    {
        meant = encoding;
        var marked = Find(start, out var length);
        if (marked is null || marked.CodePage == encoding.CodePage)
        {
            return length;
        }

        if (encoding.LeavesByteOrderOpen && marked.CodePage == encoding.CodePage + 1)
        {
            meant = marked;
            return length;
        }

        // Elsewhere 0x84 0x31 is text.
        return marked.CodePage == 54936 ? 0 : throw new SourceFormatException(new Fault(
            fileName, 1, 1, $"The file starts with the mark of {marked.Name}, the mapping says {encoding.Name}.", $"Write encoding: {marked.Name} under format in the mapping."));
    }
}
