namespace CallTracking.Mapping.Reading;

/// <summary>Line ends in bytes: LF, CR or both together, mixed as they come.</summary>
internal static class LineEnds
{
    private const byte Cr = (byte)'\r';
    private const byte Lf = (byte)'\n';

    /// <summary>Line ends among the first <paramref name="length"/> bytes; a CR whose LF comes right behind counts with the LF.</summary>
    public static long Count(ReadOnlySpan<byte> bytes, int length)
    {
        var counted = bytes[..length];
        long ends = counted.Count(Lf);
        for (var at = 0; counted[at..].IndexOf(Cr) is >= 0 and var next;)
        {
            at += next + 1;
            ends += at < bytes.Length && bytes[at] == Lf ? 0 : 1;
        }

        return ends;
    }

    /// <summary>Where the last <paramref name="lines"/> lines begin; 0 when there are no more than that.</summary>
    public static int StartOfLast(int lines, ReadOnlySpan<byte> bytes)
    {
        var end = bytes.Length;
        for (; lines > 0; lines--)
        {
            end = WithoutEnd(bytes[..end]);
            end = bytes[..end].LastIndexOfAny(Cr, Lf) + 1;
        }

        return end;
    }

    /// <summary>Where the line behind the one that holds <paramref name="from"/> begins; the bytes' length when none does.</summary>
    public static int NextLine(ReadOnlySpan<byte> bytes, int from)
    {
        var next = bytes[from..].IndexOfAny(Cr, Lf);
        return next < 0 ? bytes.Length
            : bytes[from + next] == Cr && from + next + 1 < bytes.Length && bytes[from + next + 1] == Lf ? from + next + 2
            : from + next + 1;
    }

    /// <summary>Bytes without the line end that they end in.</summary>
    public static int WithoutEnd(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [.., Cr, Lf] => bytes.Length - 2,
        [.., Cr or Lf] => bytes.Length - 1,
        _ => bytes.Length,
    };
}
