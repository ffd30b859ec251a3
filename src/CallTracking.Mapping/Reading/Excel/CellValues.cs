namespace CallTracking.Mapping.Reading.Excel;

/// <summary>The values that .xlsx and .xls share, as texts.</summary>
internal static class CellValues
{
    public static void AddNumber(SheetCells into, int column, double value, CellFormat format, bool is1904)
    {
        Span<char> text = stackalloc char[NumberText.MostChars];
        if (format.Kind == FormatKind.Number)
        {
            into.Add(column, CellKind.Number, text[..NumberText.Format(value, text)]);
        }
        else if (SerialTime.TryFormat(value, format, is1904, text, out var written) is { } wrong)
        {
            into.AddFaulty(column, text[..NumberText.Format(value, text)], RejectReason.BadTime, wrong);
        }
        else
        {
            into.Add(column, CellKind.Time, text[..written]);
        }
    }

    public static void AddFlag(SheetCells into, int column, ReadOnlySpan<char> text)
    {
        switch (text)
        {
            case "1" or "true":
                into.Add(column, CellKind.Flag, "true");
                break;
            case "0" or "false":
                into.Add(column, CellKind.Flag, "false");
                break;
            default:
                into.AddFaulty(column, text, RejectReason.BadValue, "is neither true nor false.");
                break;
        }
    }

    /// <summary>#N/A says that there is no value, and is none; the others say that a formula failed.</summary>
    public static void AddError(SheetCells into, int column, ReadOnlySpan<char> error, bool errorsAreEmpty)
    {
        if (!errorsAreEmpty && error is not "#N/A")
        {
            into.AddFaulty(column, error, RejectReason.BadValue, "holds an error of Excel: mend its formula, or write errors: empty under format in the mapping.");
        }
    }
}
