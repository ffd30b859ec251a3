using System.Globalization;
using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Reading.Excel;
using YamlDotNet.Core;

namespace CallTracking.Mapping.Spec.Formats;

/// <summary>Reads the <c>format</c> of Excel workbooks.</summary>
internal static class ExcelFormatParser
{
    private const int MostSkippedRows = 10_000;
    private const int MostMegabytes = 1024 * 1024;

    private static readonly Dictionary<string, bool> ErrorRules = new() { ["reject"] = false, ["empty"] = true };

    public static RecordFormat Parse(YamlMap map, FaultLog faults)
    {
        var hasHeader = map.TakeFlag("header", true);
        var format = WithSheet(map, faults) with
        {
            HeaderRow = map.TakeInteger("header_row", 0, 1, CellReference.Rows),
            HeaderRows = map.TakeInteger("header_rows", 1, 1, 2),
            Columns = [.. map.TakeScalars("columns").Select(column => column.Value ?? string.Empty)],
            SkipRows = map.TakeInteger("skip_rows", 0, 0, MostSkippedRows),
            StopsAtBlank = map.TakeFlag("stop_at_blank", false),
            StopAt = MappingScope.PatternOf(map.TakeScalar("stop_at"), faults),
            ErrorsAreEmpty = map.TakeChoice("errors", ErrorRules, false),
            MaxUnpackedBytes = map.TakeInteger("max_unpacked_mb", 4096, 1, MostMegabytes) * 1024L * 1024,
            MaxSharedBytes = map.TakeInteger("max_shared_mb", 256, 1, 1024) * 1024 * 1024,
        };
        if (hasHeader == (format.Columns.Count > 0))
        {
            faults.Add(
                map.Node,
                hasHeader ? "The columns are named twice: by the header and by 'columns'." : "Without a header nothing names the columns.",
                hasHeader ? "Leave out columns, or write header: false." : "Write columns: [first, second, …] in the sheet's order.");
        }

        if (!hasHeader && (map.Has("header_row") || map.Has("header_rows")))
        {
            faults.Add(map.Node, "There is no header, but its row is named.", "Leave out header_row and header_rows, or header: false; skip_rows passes over rows at the top.");
        }

        return format;
    }

    // A plain number is a place, a text in quotes a name: sheets named 2024 are common.
    private static ExcelFormat WithSheet(YamlMap map, FaultLog faults)
    {
        var found = map.TakeScalar("sheet");
        if (found?.Value is not { Length: > 0 } text)
        {
            return new ExcelFormat();
        }

        if (found.Style != ScalarStyle.Plain || !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return new ExcelFormat { SheetName = text };
        }

        if (number < 1)
        {
            faults.Add(found, "Sheets are counted from 1.", "Write sheet: 1, or the name; a name of digits in quotes.");
        }

        return new ExcelFormat { SheetNumber = number };
    }
}
