using System.Globalization;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Excel.Xlsx;

/// <summary>Turns what stands in a cell's element into the cell's text.</summary>
internal sealed class XlsxValues(
    SharedStrings strings, IReadOnlyList<CellFormat> formats, bool is1904, bool errorsAreEmpty, UnpackBudget budget)
{
    public void Add(SheetCells into, int column, XlsxFound found, TextBuffer value)
    {
        var isString = found.Type is "str" or "inlineStr";
        if (value.Length == 0 && found.HasFormula && !(isString && found.HasValue))
        {
            into.AddFaulty(column, [], RejectReason.BadValue, "holds a formula without its result: open the workbook in Excel and save it.");
            return;
        }

        if (value.Length == 0)
        {
            return;
        }

        switch (found.Type)
        {
            case "s":
                strings.CopyTo(IndexOf(value.Text), into, column, budget);
                break;
            case "str":
                value.Unescape(0);
                CellValues.AddText(into, column, value.Text);
                break;
            case "inlineStr":
                CellValues.AddText(into, column, value.Text);
                break;
            case "b":
                CellValues.AddFlag(into, column, value.Text);
                break;
            case "e":
                CellValues.AddError(into, column, value.Text, errorsAreEmpty);
                break;
            case "d":
                into.Add(column, IsoTime.TryParse(value.Text, out _, out _, out _) ? CellKind.Time : CellKind.Text, value.Text);
                break;
            case null or "n":
                AddNumber(into, column, found.Style, value.Text);
                break;
            default:
                into.AddFaulty(column, value.Text, RejectReason.BadValue, "is of a type that there is not.");
                break;
        }
    }

    // None of the table when it is no number.
    private static int IndexOf(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1;

    private void AddNumber(SheetCells into, int column, string? style, ReadOnlySpan<char> text)
    {
        var number = 0;
        if (style is not null && (!int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number >= formats.Count))
        {
            into.AddFaulty(column, text, RejectReason.BadValue, "has a style that the workbook has not: whether it is a number or a time cannot be known.");
        }
        else if (!NumberText.TryParse(text, out var value))
        {
            into.AddFaulty(column, text, RejectReason.BadValue, "is stored as a number, but is none.");
        }
        else
        {
            CellValues.AddNumber(into, column, value, formats[number], is1904);
        }
    }
}
