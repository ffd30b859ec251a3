namespace CallTracking.Mapping.Reading.Excel.Xlsx;

/// <summary>Reads one element c: where it stands, and what is in it.</summary>
internal sealed class XlsxCell(XmlPart xml, XlsxValues values, int mostChars) : IDisposable
{
    private readonly TextBuffer _value = new(mostChars);
    private readonly StringItem _item = new(xml);
    private readonly string _valueName = xml.Name("v");
    private readonly string _inlineName = xml.Name("is");
    private readonly string _formulaName = xml.Name("f");

    /// <summary>Reads the cell and moves to its end.</summary>
    /// <returns>Its column, behind which the next one must stand.</returns>
    public int Read(SheetCells into, int last)
    {
        var column = ColumnOf(into, last);
        var found = new XlsxFound(xml.Attribute("t"), xml.Attribute("s"));
        _value.Clear();
        ReadContent(ref found);
        if (into.Fault is not null)
        {
            return column;
        }

        if (_value.IsTooLong)
        {
            into.RejectTooLarge(column);
        }
        else
        {
            values.Add(into, column, found, _value);
        }

        return column;
    }

    public void Dispose() => _value.Dispose();

    private int ColumnOf(SheetCells into, int last)
    {
        var column = last + 1;
        if (xml.Attribute("r") is not { } stated)
        {
            if (column >= CellReference.Columns)
            {
                into.Reject(RejectReason.BrokenRecord, $"There are more cells than {CellReference.Columns} in the row.");
            }

            return Math.Min(column, CellReference.Columns);
        }

        if (!CellReference.TryParse(stated, out column, out var row))
        {
            into.Reject(RejectReason.BrokenRecord, $"The cell behind {(last < 0 ? "the row's start" : CellReference.Name(last, into.Row))} is beyond A1 to XFD1048576.");
            return last;
        }

        if (row != into.Row)
        {
            into.Reject(RejectReason.BrokenRecord, $"Cell {CellReference.Name(column, row)} stands in row {into.Row}.");
        }
        else if (column <= last)
        {
            into.Reject(RejectReason.BrokenRecord, $"Cell {CellReference.Name(column, row)} stands twice, or behind {CellReference.Name(last, row)}.");
        }

        return Math.Max(column, last);
    }

    private void ReadContent(ref XlsxFound found)
    {
        var depth = xml.Depth;
        if (xml.IsEmpty)
        {
            return;
        }

        while (xml.ReadWithin(depth))
        {
            if (xml.IsStart(_valueName))
            {
                found.HasValue = true;
                xml.ReadText(_value);
            }
            else if (xml.IsStart(_inlineName))
            {
                found.HasValue = true;
                _item.Read(_value);
            }
            else if (xml.IsStart(_formulaName))
            {
                found.HasFormula = true;
                xml.Skip();
            }
        }
    }
}

/// <summary>What an element c says beside its value.</summary>
internal struct XlsxFound(string? type, string? style)
{
    public readonly string? Type => type;

    public readonly string? Style => style;

    public bool HasValue { get; set; }

    public bool HasFormula { get; set; }
}
