using System.Buffers;
using System.Buffers.Text;

namespace CallTracking.Mapping.Reading.Mail;

/// <summary>Undoes how a text was written to travel as ASCII.</summary>
internal static class TransferEncoding
{
    /// <summary>False when it is not written so, or in a way that no mail uses.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> content, string transfer, PooledBuffer into)
    {
        into.Clear();
        switch (transfer)
        {
            case "" or "7bit" or "8bit" or "binary":
                into.Append(content);
                return true;
            case "quoted-printable":
                QuotedPrintable(content, into);
                return true;
            case "base64":
                return TryBase64(content, into);
            default:
                return false;
        }
    }

    private static bool TryBase64(ReadOnlySpan<byte> content, PooledBuffer into)
    {
        // Some leave out the signs that fill the last group.
        using var padded = new PooledBuffer();
        padded.Append(content);
        var symbols = 0;
        foreach (var sign in content)
        {
            symbols += sign is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' ? 0 : 1;
        }

        padded.Append((symbols % 4) switch { 2 => "=="u8, 3 => "="u8, _ => [] });
        var status = Base64.DecodeFromUtf8(padded.Written.Span, into.GetSpan(padded.Length), out _, out var written);
        into.Advance(written);
        return status == OperationStatus.Done;
    }

    private static void QuotedPrintable(ReadOnlySpan<byte> content, PooledBuffer into)
    {
        while (!content.IsEmpty)
        {
            var end = content.IndexOf((byte)'\n');
            var line = (end < 0 ? content : content[..end]).TrimEnd(" \t\r"u8);
            content = end < 0 ? [] : content[(end + 1)..];
            var isSoft = line.Length > 0 && line[^1] == '=';
            Unescape(isSoft ? line[..^1] : line, into);
            if (!isSoft && end >= 0)
            {
                into.Append("\n"u8);
            }
        }
    }

    private static void Unescape(ReadOnlySpan<byte> line, PooledBuffer into)
    {
        Span<byte> decoded = stackalloc byte[1];
        for (var escape = line.IndexOf((byte)'='); escape >= 0; escape = line.IndexOf((byte)'='))
        {
            into.Append(line[..escape]);
            line = line[escape..];
            var isEscape = line.Length > 2 && Convert.FromHexString(line.Slice(1, 2), decoded, out _, out _) == OperationStatus.Done;
            into.Append(isEscape ? decoded : line[..1]);
            line = line[(isEscape ? 3 : 1)..];
        }

        into.Append(line);
    }
}
