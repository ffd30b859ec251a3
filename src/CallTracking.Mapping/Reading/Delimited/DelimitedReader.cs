using CallTracking.Mapping.Reading.Lines;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Delimited;

/// <summary>Reads delimited text.</summary>
internal sealed class DelimitedReader : TextTableReader
{
    // Excel's line that names the delimiter.
    private const string Directive = "sep=";

    // From so many on a line that has as many cells is taken for a record.
    private const int LeastColumns = 3;
    private const int TellingColumns = 5;

    private readonly DelimitedFormat _format;
    private readonly CellSplitter _cells;
    private readonly DelimitedRow _row;
    private readonly ColumnTable _table;
    private IReadOnlyList<string> _names = [];
    private int _columns;

    public DelimitedReader(Stream stream, DelimitedFormat format, string fileName, ColumnTable table, HeaderCheck checkHeader)
        : base(stream, format, fileName, EndOf(format), checkHeader)
    {
        _format = format;
        _table = table;
        _cells = new CellSplitter(format.Delimiter, format.Quote, format.Escape);
        _row = new DelimitedRow(_cells, table);
    }

    public override SourceRow Row => _row;

    protected override void Bind(IReadOnlyList<string> names)
    {
        _names = names;
        _columns = names.Count;
        _row.Bind(names);
    }

    protected override SourceFormatException? OtherReading() => HeaderReading.Of(_format, Head.Span, _table) is { } reading ? Unreadable(reading.Message, reading.Cure) : null;

    protected override IEnumerable<string>? Header() => Split() == ReadKind.Broken
        ? null
        : Enumerable.Range(0, _cells.Count).Select(index => _cells.Cell(Chars, index).Trim().ToString());

    protected override ReadKind Show()
    {
        var kind = Split();
        if (kind != ReadKind.Row || _cells.Count == _columns)
        {
            return kind;
        }

        switch (_format.Ragged)
        {
            case RaggedRule.Pad when _row.FitsPadded(_columns):
                return Padded(Math.Min(_cells.Count, _columns), _columns, lacksWhole: true);
            case RaggedRule.JoinLast when _cells.Count > _columns:
                _cells.JoinFrom(_columns - 1, Chars);
                return ReadKind.Row;
            default:
                return Broken(RejectReason.RaggedRow, $"Expected {_columns} cells as in the header, got {_cells.Count}.");
        }
    }

    protected override async ValueTask PassDirectiveAsync(CancellationToken cancellationToken)
    {
        await Window.RequireAsync(1 + Directive.Length, cancellationToken).ConfigureAwait(false);
        if (!Window.Unread.StartsWith("sep="u8) && !Window.Unread.StartsWith("\"sep="u8))
        {
            return;
        }

        await CutLineAsync(cancellationToken).ConfigureAwait(false);
        var written = _format.InPlace.Strict.GetString(Record).Trim('"')[Directive.Length..];
        if (written != _format.Delimiter)
        {
            throw Unreadable(
                $"The file's first line says that another sign than '{_format.Delimiter}' separates its cells.",
                "Write the sign behind 'sep=' in that line as delimiter under format in the mapping.");
        }
    }

    // Prose has a comma or two as well: few columns prove little.
    protected override bool IsRecord(ReadOnlySpan<byte> line, ReadOnlySpan<byte> behind) =>
        _columns >= LeastColumns && FillsColumns(line) && (_columns >= TellingColumns || behind.IsEmpty || FillsColumns(behind));

    private bool FillsColumns(ReadOnlySpan<byte> line) =>
        TryText(line, out var written) && _cells.TrySplit(Chars.AsSpan(0, written)) && _cells.Count == _columns && !_cells.IsBlank;

    // A name that the mapping does not know may be a value, where no other shows that the header is one: then its number has to do.
    protected override string? ColumnAt(ReadOnlySpan<byte> before)
    {
        if (_names.Count == 0 || !TryText(before, out var written))
        {
            return null;
        }

        var index = _cells.TrySplit(Chars.AsSpan(0, written)) ? _cells.Count - 1 : _cells.Count;
        return index < _names.Count && (_table.Names(_names[index]) || (UnmappedNames.IsPlain(_names[index]) && _names.Any(_table.Names))) ? _names[index] : System.FormattableString.Invariant($"{index + 1}");
    }

    private static QuotedRecordEnd EndOf(DelimitedFormat format) =>
        new(format.InPlace.BytesOf(format.Delimiter)!, (byte?)format.Quote, (byte?)format.Escape);

    private ReadKind Split()
    {
        if (!TryDecode(0, Record, 0, out var written))
        {
            KeepRemains(RawEncoding.GetString(Record).ToCharArray());
            return ReadKind.Broken;
        }

        var record = Chars.AsSpan(0, written);
        var isOdd = record.ContainsAny('\0', TextRules.Damage);
        if (isOdd && record.IndexOf('\0') is >= 0 and var nul)
        {
            KeepRemains(record.ToArray());
            return Broken(RejectReason.NulCharacter, $"U+0000 at character {nul + 1} of the record; the text of a case cannot hold it.");
        }

        if (!_cells.TrySplit(record))
        {
            return Broken(RejectReason.BrokenRecord, $"Cell {_cells.Count}: text stands behind a closing quote.");
        }

        _row.Show(Chars, isOdd);
        return _cells.IsBlank ? ReadKind.Blank : ReadKind.Row;
    }

    // Where a sign took a delimiter along there are fewer cells: then nothing says which is which.
    private void KeepRemains(char[] record)
    {
        if (_columns > 0 && _cells.TrySplit(record) && _cells.Count == _columns)
        {
            _row.ShowBroken(record);
            Remain(_row);
        }
    }
}
