namespace CallTracking.Mapping.Reading.Excel.Xlsx;

/// <summary>Finds the merged cells of a sheet, which are listed behind its rows.</summary>
internal static class XlsxMerged
{
    private const int Most = 100_000;

    /// <summary>Those that begin at or above a row.</summary>
    public static IReadOnlyList<MergedCells> Read(XmlPart xml, int lastRow)
    {
        var found = new List<MergedCells>();
        var name = xml.Name("mergeCell");
        while (xml.Read() && found.Count < Most)
        {
            if (xml.IsStart(name) && xml.Depth == 2 && Parse(xml.Attribute("ref")) is { } merged && merged.FirstRow <= lastRow)
            {
                found.Add(merged);
            }
        }

        return found;
    }

    private static MergedCells? Parse(string? reference)
    {
        var colon = reference?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return colon > 0
            && CellReference.TryParse(reference.AsSpan(0, colon), out var firstColumn, out var firstRow)
            && CellReference.TryParse(reference.AsSpan(colon + 1), out var lastColumn, out var lastRow)
                ? new MergedCells(firstRow, lastRow, firstColumn, lastColumn)
                : null;
    }
}
