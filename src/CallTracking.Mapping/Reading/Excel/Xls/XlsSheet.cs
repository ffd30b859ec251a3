namespace CallTracking.Mapping.Reading.Excel.Xls;

internal static class XlsSheet
{
    public static SheetSource Open(Stream file, ExcelFormat format, ExcelPlace place, CancellationToken cancellationToken) => throw new NotSupportedException();
}
