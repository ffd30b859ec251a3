using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.SqlDump;

/// <summary>The values of a row of a dump under the table's columns, wherever its own statement has them.</summary>
internal sealed class SqlRow(SqlCells cells, ColumnTable table) : TableRow(table)
{
    // Types whose decimal sign is the point, whatever the mapping's culture.
    private static readonly HashSet<string> Numbers = new(StringComparer.Ordinal)
    {
        "smallint", "integer", "bigint", "numeric", "decimal", "real", "double", "float", "int", "tinyint", "mediumint",
    };

    private IReadOnlyList<SqlColumn> _columns = [];
    private int[] _places = [];

    protected override int CellCount => _columns.Count;

    /// <summary>The columns of all rows, in the order of the header.</summary>
    public void Bind(IReadOnlyList<SqlColumn> columns, IReadOnlyList<string> names)
    {
        _columns = columns;
        Bind(names);
    }

    /// <summary>Where the statement at work has each of the columns; -1 where it has not.</summary>
    public void Place(int[] places) => _places = places;

    /// <summary>Null when all that the mapping reads are texts.</summary>
    public RowFault? Check(string encoding)
    {
        for (var ordinal = 0; ordinal < _columns.Count; ordinal++)
        {
            if (_places[ordinal] < 0 || !IsMapped(ordinal))
            {
                continue;
            }

            switch (cells.KindOf(_places[ordinal]))
            {
                case SqlValueKind.Unknown:
                    return new RowFault(RejectReason.BadValue, $"The column '{_columns[ordinal].Name}' holds neither a text nor a number.");
                case SqlValueKind.Binary when cells.BytesOf(_places[ordinal]).Contains((byte)0):
                    return new RowFault(RejectReason.NulCharacter, $"The column '{_columns[ordinal].Name}' holds U+0000; the text of a case cannot hold it.");
                case SqlValueKind.Binary:
                    return new RowFault(RejectReason.Undecodable, $"The column '{_columns[ordinal].Name}' holds bytes that are not {encoding}.");
            }
        }

        return null;
    }

    protected override CellText Cell(int ordinal)
    {
        var place = _places[ordinal];
        if (place < 0)
        {
            return default;
        }

        return cells.KindOf(place) switch
        {
            SqlValueKind.Text or SqlValueKind.Number => new CellText(cells.TextOf(place), IsNumber(ordinal)),
            SqlValueKind.Binary => new CellText($"0x{Convert.ToHexString(cells.BytesOf(place))}"),
            _ => default,
        };
    }

    protected override bool IsText(int ordinal) => _places[ordinal] >= 0 && cells.KindOf(_places[ordinal]) is SqlValueKind.Text or SqlValueKind.Number;

    protected override UnmappedKind KindOf(int ordinal) => IsNumber(ordinal) ? UnmappedKind.Number : UnmappedKind.Text;

    private bool IsNumber(int ordinal) => cells.KindOf(_places[ordinal]) == SqlValueKind.Number
        || (Numbers.Contains(_columns[ordinal].Type) && cells.KindOf(_places[ordinal]) == SqlValueKind.Text);
}
