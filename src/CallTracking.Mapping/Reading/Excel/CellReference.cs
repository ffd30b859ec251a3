using System.Globalization;

namespace CallTracking.Mapping.Reading.Excel;

/// <summary>Names of cells as people read them: C17. Columns count from 0 (A), rows from 1.</summary>
internal static class CellReference
{
    /// <summary>Excel's own bounds: columns A to XFD.</summary>
    public const int Columns = 16_384;

    public const int Rows = 1_048_576;

    public static string Name(int column, int row) => string.Create(CultureInfo.InvariantCulture, $"{ColumnName(column)}{row}");

    public static string ColumnName(int column)
    {
        var name = string.Empty;
        for (var rest = column; rest >= 0; rest = (rest / 26) - 1)
        {
            name = (char)('A' + (rest % 26)) + name;
        }

        return name;
    }

    /// <summary>False for anything outside A1 to XFD1048576.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out int column, out int row)
    {
        column = row = 0;
        var letters = 0;
        for (; letters < text.Length && letters < 4 && char.IsAsciiLetter(text[letters]); letters++)
        {
            column = (column * 26) + ((text[letters] | 0x20) - 'a' + 1);
        }

        column--;
        return letters > 0 && column < Columns && TryRow(text[letters..], out row);
    }

    public static bool TryRow(ReadOnlySpan<char> text, out int row) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out row) && row is > 0 and <= Rows;
}
