using CallTracking.Mapping.Reading.Excel.Xls;
using CallTracking.Mapping.Reading.Excel.Xlsx;

namespace CallTracking.Mapping.Reading.Excel;

/// <summary>Opens a workbook by what its first bytes say it is, whatever its name.</summary>
internal static class ExcelFile
{
    // Workbooks are read from their end: what cannot go back must be held. Never in a file: that would be personal data in the clear.
    private const int MostHeldBytes = 64 * 1024 * 1024;

    // A byte-order mark, space, tab, line ends.
    private static ReadOnlySpan<byte> BeforeMarkup => [0xEF, 0xBB, 0xBF, 0x20, 0x09, 0x0A, 0x0D];

    private static ReadOnlySpan<byte> Zip => "PK"u8;

    private static ReadOnlySpan<byte> Compound => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    /// <summary>The mapping's sheet. The caller keeps and disposes <paramref name="content"/>.</summary>
    /// <exception cref="SourceFormatException">It is no workbook, is locked by a password, or lacks the sheet.</exception>
    public static async ValueTask<SheetSource> OpenSheetAsync(Stream content, ExcelFormat format, ExcelPlace place, CancellationToken cancellationToken)
    {
        var file = content.CanSeek ? content : await HoldAsync(content, place, cancellationToken).ConfigureAwait(false);
        var first = new byte[8];
        var length = await file.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        file.Seek(0, SeekOrigin.Begin);
        if (first.AsSpan(0, length).StartsWith(Zip))
        {
            return XlsxSheet.Open(file, format, place, cancellationToken);
        }

        return first.AsSpan(0, length).SequenceEqual(Compound)
            ? XlsSheet.Open(file, format, place, cancellationToken)
            : throw NoWorkbook(first.AsSpan(0, length), place);
    }

    private static SourceFormatException NoWorkbook(ReadOnlySpan<byte> first, ExcelPlace place)
    {
        if (first.IsEmpty)
        {
            return place.Fault("The file is empty.", "Ask for the export again; a night without cases still has its header.");
        }

        // Many systems name a web page or a text .xls, since Excel opens it.
        return first.TrimStart(BeforeMarkup).StartsWith("<"u8)
            ? place.Fault("The file is no Excel workbook but a page of HTML or XML.", "Open it in Excel and save it as .xlsx, or have the system export .xlsx, CSV or JSON.")
            : place.Fault("The file is no Excel workbook.", "If it is text in columns, write type: delimited under format in the mapping.");
    }

    private static async ValueTask<Stream> HoldAsync(Stream content, ExcelPlace place, CancellationToken cancellationToken)
    {
        var held = new MemoryStream();
        var buffer = new byte[128 * 1024];
        while (await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            if (held.Length + read > MostHeldBytes)
            {
                throw place.Fault(
                    $"A workbook that is read out of another file, such as .gz, must be held in memory and has more than {MostHeldBytes} bytes.",
                    "Unpack it, and let the source name the workbook itself.");
            }

            held.Write(buffer, 0, read);
        }

        held.Seek(0, SeekOrigin.Begin);
        return held;
    }
}
