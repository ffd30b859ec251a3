using CallTracking.Mapping.Values;

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

    public static void AddText(SheetCells into, int column, ReadOnlySpan<char> text)
    {
        if (FaultOf(text) is { } fault)
        {
            into.AddFaulty(column, text, fault.Reason, fault.Message);
        }
        else
        {
            into.Add(column, CellKind.Text, text);
        }
    }

    /// <summary>What makes a text unfit for a case; null for sound ones.</summary>
    public static RowFault? FaultOf(ReadOnlySpan<char> text)
    {
        if (text.Contains('\0'))
        {
            return new RowFault(RejectReason.NulCharacter, "holds U+0000; the text of a case cannot hold it.");
        }

        for (var at = text.IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0 && at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at]))
            {
                continue;
            }

            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
            {
                return new RowFault(RejectReason.Undecodable, "holds half of a surrogate pair, which is no character.");
            }

            at++;
        }

        return null;
    }
}
