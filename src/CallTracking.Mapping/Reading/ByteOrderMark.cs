using CallTracking.Contracts;

namespace CallTracking.Mapping.Reading;

/// <summary>The mark at the start of a file. It is passed over, and refused when it says that the mapping names another encoding.</summary>
internal static class ByteOrderMark
{
    public static async ValueTask SkipAsync(ByteWindow window, SourceEncoding encoding, string fileName, CancellationToken cancellationToken)
    {
        await window.RequireAsync(3, cancellationToken).ConfigureAwait(false);
        var start = window.Unread;
        var isUtf8 = start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]);
        var isUtf16 = start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]);
        if (isUtf16 || (isUtf8 && CannotStartSo(encoding)))
        {
            var found = isUtf16 ? "utf-16" : "utf-8";
            throw new SourceFormatException(new Fault(
                fileName, 1, 1, $"The file starts with the mark of {found}, the mapping says {encoding.Name}.", $"Write encoding: {found} under format in the mapping."));
        }

        if (isUtf8)
        {
            window.Advance(3);
        }
    }

    // Encodings that are read through UTF-8 arrive with its mark.
    private static bool CannotStartSo(SourceEncoding encoding) => !encoding.IsUtf8 && encoding.CanCutAt(',');
}
