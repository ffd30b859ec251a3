using System.Buffers.Binary;

namespace CallTracking.Mapping.Reading.Excel.Xlsx;

/// <summary>Looks at the zip file's table of contents before it is read: the framework reads it whole, however large it is.</summary>
internal static class ZipDirectory
{
    private const int MostBytes = 4 * 1024 * 1024;
    private const int EndLength = 22;
    private const int LongestComment = ushort.MaxValue;

    private static ReadOnlySpan<byte> EndMark => "PK\u0005\u0006"u8;

    /// <exception cref="InvalidDataException">There is no table of contents, or no workbook's.</exception>
    public static void RequireSound(Stream file)
    {
        var tail = new byte[(int)Math.Min(file.Length, EndLength + LongestComment)];
        file.Seek(-tail.Length, SeekOrigin.End);
        file.ReadExactly(tail);
        file.Seek(0, SeekOrigin.Begin);
        var end = tail.AsSpan().LastIndexOf(EndMark);
        if (end < 0 || tail.Length - end < EndLength)
        {
            throw new InvalidDataException("The file's table of contents is missing: it was cut short.");
        }

        // A start of 0xFFFFFFFF says that there are more than 65,535 parts or four gigabytes packed: that is no workbook.
        var start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        var endsAt = file.Length - tail.Length + end;
        if (start > endsAt || endsAt - start > MostBytes)
        {
            throw new InvalidDataException("The file's table of contents is none of a workbook.");
        }
    }
}
