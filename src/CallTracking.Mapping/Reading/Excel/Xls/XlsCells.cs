using System.Buffers.Binary;

namespace CallTracking.Mapping.Reading.Excel.Xls;

/// <summary>Reads the records of cells.</summary>
internal sealed class XlsCells(BiffRecords records, XlsWorkbook workbook, ExcelFormat format, ExcelPlace place) : IDisposable
{
    /// <summary>A to IV.</summary>
    public const int Columns = 256;

    private readonly TextBuffer _text = new(format.MaxRecordBytes);
    private readonly UnpackBudget _budget = new(format.MaxUnpackedBytes, place);
    private int _last;

    public static bool IsCell(BiffType type) => type is BiffType.Formula or BiffType.MultipleRk or BiffType.RichText
        or BiffType.SharedText or BiffType.Number or BiffType.Text or BiffType.FlagOrError or BiffType.Rk;

    public void BeginRow() => _last = -1;

    /// <summary>The row of the cell at hand, from 1.</summary>
    public int PeekRow() => records.PeekUInt16() + 1;

    /// <summary>Reads the cell at hand; true when the record behind it is at hand already.</summary>
    public bool Read(SheetCells into)
    {
        records.Skip(2);
        var column = records.UInt16();
        if (column >= Columns || column <= _last)
        {
            into.Reject(RejectReason.BrokenRecord, column >= Columns
                ? "A cell stands beyond column IV."
                : $"Cell {CellReference.Name(column, into.Row)} stands twice, or behind {CellReference.Name(_last, into.Row)}.");
            return false;
        }

        if (into.Fault is not null)
        {
            return false;
        }

        _last = column;
        if (records.Type == BiffType.MultipleRk)
        {
            ReadMany(into, column);
            return false;
        }

        return ReadOne(into, column);
    }

    public void Dispose() => _text.Dispose();

    private bool ReadOne(SheetCells into, int column)
    {
        var style = records.UInt16();
        switch (records.Type)
        {
            case BiffType.SharedText:
                workbook.Strings.CopyTo(records.UInt32() is <= int.MaxValue and var index ? (int)index : -1, into, column, _budget);
                return false;
            case BiffType.Number:
                AddNumber(into, column, style, records.Double());
                return false;
            case BiffType.Rk:
                AddNumber(into, column, style, Rk(records.UInt32()));
                return false;
            case BiffType.FlagOrError:
                var value = records.Byte();
                AddFlagOrError(into, column, value, records.Byte() != 0);
                return false;
            case BiffType.Formula:
                return ReadFormula(into, column, style);
            default:
                ReadText(into, column);
                return false;
        }
    }

    private void ReadMany(SheetCells into, int column)
    {
        for (; records.Left >= 8 && column < Columns; column++)
        {
            var style = records.UInt16();
            AddNumber(into, column, style, Rk(records.UInt32()));
            _last = column;
        }
    }

    private bool ReadFormula(SheetCells into, int column, int style)
    {
        const int HoldsText = 0;
        const int HoldsFlag = 1;
        const int HoldsError = 2;
        var result = records.Take(8);
        if (result[6] != 0xFF || result[7] != 0xFF)
        {
            AddNumber(into, column, style, BinaryPrimitives.ReadDoubleLittleEndian(result));
            return false;
        }

        switch (result[0])
        {
            case HoldsText:
                return ReadFormulaText(into, column);
            case HoldsFlag or HoldsError:
                AddFlagOrError(into, column, result[2], result[0] == HoldsError);
                return false;
            default:
                return false; // An empty text.
        }
    }

    // Shared and array formulas may stand between a formula and its text.
    private bool ReadFormulaText(SheetCells into, int column)
    {
        do
        {
            records.Next();
        }
        while (records.Type is not (BiffType.FormulaText or BiffType.EndOfFile) && !IsCell(records.Type));
        if (records.Type == BiffType.FormulaText)
        {
            ReadText(into, column);
            return false;
        }

        into.AddFaulty(column, [], RejectReason.BadValue, "holds a formula without its result: open the workbook in Excel and save it.");
        return true;
    }

    private void ReadText(SheetCells into, int column)
    {
        _text.Clear();
        var chars = records.UInt16();
        records.Text(chars, (records.Byte() & 1) == 1, _text);
        CellValues.AddText(into, column, _text.Text);
    }

    private void AddNumber(SheetCells into, int column, int style, double number)
    {
        if (workbook.FormatOf(style) is not { } shown)
        {
            into.AddFaulty(column, [], RejectReason.BadValue, "has a style that the workbook has not: whether it is a number or a time cannot be known.");
        }
        else if (!double.IsFinite(number))
        {
            into.AddFaulty(column, [], RejectReason.BadValue, "is stored as a number, but is none.");
        }
        else
        {
            CellValues.AddNumber(into, column, number, shown, workbook.Is1904);
        }
    }

    private void AddFlagOrError(SheetCells into, int column, byte value, bool isError)
    {
        if (isError)
        {
            CellValues.AddError(into, column, ErrorText(value), format.ErrorsAreEmpty);
        }
        else
        {
            CellValues.AddFlag(into, column, value switch { 0 => "0", 1 => "1", _ => "?" });
        }
    }

    private static string ErrorText(byte code) => code switch
    {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        _ => "#?",
    };

    // A number in 32 bits: a whole one in 30, or the upper 30 of a double; divided by 100 where the lowest bit says so.
    private static double Rk(uint packed)
    {
        const uint Hundredths = 1;
        const uint IsWhole = 2;
        var number = (packed & IsWhole) != 0
            ? unchecked((int)packed) >> 2
            : BitConverter.UInt64BitsToDouble((ulong)(packed & ~3u) << 32);
        return (packed & Hundredths) != 0 ? number / 100 : number;
    }
}
