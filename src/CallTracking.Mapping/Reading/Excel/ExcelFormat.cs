using System.Text.RegularExpressions;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Excel;

/// <summary>One sheet of an Excel workbook, .xlsx, .xlsm or .xls: which of them it is, the file's first bytes say.</summary>
internal sealed record ExcelFormat : RecordFormat
{
    public const long DefaultMaxUnpackedBytes = 4L * 1024 * 1024 * 1024;

    public const int DefaultMaxSharedBytes = 256 * 1024 * 1024;

    /// <summary>The sheet's name; null where its number or the first visible one is meant.</summary>
    public string? SheetName { get; init; }

    /// <summary>The sheet's place in the workbook, from 1, hidden ones counted; 0 means the first visible one.</summary>
    public int SheetNumber { get; init; }

    /// <summary>The sheet's row that names the columns, from 1; 0 means the first row that is not empty.</summary>
    public int HeaderRow { get; init; }

    /// <summary>1, or 2 where groups stand above the names.</summary>
    public int HeaderRows { get; init; } = 1;

    /// <summary>The columns' names where there is no header, from column A.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Rows passed over behind the header, or from the top of the sheet where there is none.</summary>
    public int SkipRows { get; init; }

    /// <summary>The table ends at the first row without a value.</summary>
    public bool StopsAtBlank { get; init; }

    /// <summary>The table ends before the row whose first value matches, such as a line of totals.</summary>
    public Regex? StopAt { get; init; }

    /// <summary>#REF! and its like count as no value, instead of rejecting the row; #N/A always does.</summary>
    public bool ErrorsAreEmpty { get; init; }

    /// <summary>Most bytes that the parts of the file may unpack to, the shared texts counted as often as cells repeat them.</summary>
    public long MaxUnpackedBytes { get; init; } = DefaultMaxUnpackedBytes;

    /// <summary>Most bytes of the workbook's table of texts, which must be held in memory.</summary>
    public int MaxSharedBytes { get; init; } = DefaultMaxSharedBytes;

    public override bool IsTree => false;

    public override string Manner => "read from the sheet";

    public override string HeaderCure => "Check sheet and header_row under format in the mapping first.";

    public override RecordReader Open(Stream content, string fileName, ColumnTable columns, HeaderCheck check) =>
        new ExcelReader(content, this, fileName, columns, check);
}
