using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CallTracking.Contracts;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Excel;

/// <summary>Reads the table on one sheet of a workbook: its header, then a record a row until the table ends.</summary>
internal sealed class ExcelReader : TableReader
{
    private static readonly JsonWriterOptions AsIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Stream _content;
    private readonly ExcelFormat _format;
    private readonly HeaderCheck _checkHeader;
    private readonly ExcelPlace _place;
    private readonly SheetCells _cells;
    private readonly ExcelRow _row;

    private SheetSource? _sheet;
    private ExcelHeader? _header;
    private ArrayBufferWriter<byte>? _raw;
    private int _columns;
    private int _lastPassedOver;
    private bool _isAtEnd;
    private bool _hasRunOut;

    public ExcelReader(Stream content, ExcelFormat format, string fileName, ColumnTable table, HeaderCheck checkHeader)
    {
        _content = content;
        _format = format;
        _checkHeader = checkHeader;
        _place = new ExcelPlace(fileName);
        _cells = new SheetCells(format.MaxRecordBytes);
        _row = new ExcelRow(_cells, table);
    }

    public override SourceRow Row => _row;

    public override int Size => _cells.Size;

    // A workbook that was cut off cannot be opened: that the sheet ends otherwise may well be, but its totals may also have come under another word.
    public override IReadOnlyList<string> Doubts => _hasRunOut && _format.StopAt is not null
        ? [$"{_place.File}: no row of the sheet begins as stop_at says: are its last rows there, and is none of them totals under another word?"]
        : [];

    /// <summary>The row's cells as JSON, made when it is asked for: a workbook has no bytes of a row that could be handed out.</summary>
    public override ReadOnlyMemory<byte> Raw => Truncated((_raw ??= Json()).WrittenMemory);

    public override async ValueTask<ReadKind> ReadAsync(CancellationToken cancellationToken)
    {
        if (_sheet is null)
        {
            await BeginAsync(cancellationToken).ConfigureAwait(false);
        }

        _raw = null;
        while (!_isAtEnd && Next(cancellationToken))
        {
            if (_place.IsInOrder && _cells.Row <= _lastPassedOver)
            {
                continue;
            }

            Position = new RowPosition(_place.File, _cells.Row, _cells.Row, 0);
            return Kind();
        }

        return ReadKind.End;
    }

    public override async ValueTask<IReadOnlyList<string>> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        _sheet = await ExcelFile.OpenSheetAsync(_content, _format, _place, cancellationToken).ConfigureAwait(false);
        if (_format.Columns.Count > 0)
        {
            _lastPassedOver = _format.SkipRows;
            return _format.Columns;
        }

        _header = new ExcelHeader(_format, _place, _cells, _sheet, _checkHeader);
        var names = _header.Read(cancellationToken);
        _lastPassedOver = _header.LastRow + _format.SkipRows;
        return names;
    }

    // A fault at a line of the mapping is one of a header that has other columns of it.
    public override ValueTask<IReadOnlyList<Fault>> AdviseAsync(IReadOnlyList<Fault> faults, HeaderCheck check, CancellationToken cancellationToken) =>
        new(faults is [{ File: var file } only] && file == _place.File && _header?.FindOther(cancellationToken) is { } row ? [only with { Cure = ExcelHeader.CureOf(row) }] : faults);

    public override async ValueTask DisposeAsync()
    {
        Release();
        await _content.DisposeAsync().ConfigureAwait(false);
    }

    public override void Dispose()
    {
        Release();
        _content.Dispose();
    }

    private async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        var names = await ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
        if (names.Count == 0)
        {
            throw new SourceFormatException(new Fault(
                _place.File, 0, 0, "The sheet is empty: not even a header.", "Check sheet under format in the mapping; a night without cases still has its header."));
        }

        if (_checkHeader(names) is { Count: > 0 } faults)
        {
            throw new SourceFormatException(await AdviseAsync(faults, _checkHeader, cancellationToken).ConfigureAwait(false));
        }

        _columns = names.Count;
        _row.Bind(names);
    }

    // Ends the table where the mapping says so: nothing behind it is read.
    private bool Next(CancellationToken cancellationToken)
    {
        var before = Math.Max(_place.Row, _lastPassedOver);
        if (!_sheet!.Read(_cells, cancellationToken))
        {
            (_isAtEnd, _hasRunOut) = (true, true);
            return false;
        }

        var isInTable = _cells.Row > _lastPassedOver && _cells.Fault is null;
        var endsAtBlank = _format.StopsAtBlank && isInTable && (_cells.IsBlank || _cells.Row > before + 1);
        _isAtEnd = endsAtBlank || (isInTable && _format.StopAt?.IsMatch(_cells.FirstText().Trim()) == true);
        return !_isAtEnd;
    }

    private ReadKind Kind()
    {
        if (_cells.Fault is { } fault)
        {
            return Broken(fault.Reason, fault.Message);
        }

        if (_cells.IsBlank)
        {
            return ReadKind.Blank;
        }

        return _format.Columns.Count > 0 && _cells.HasValueFrom(_columns)
            ? Broken(RejectReason.RaggedRow, $"The mapping names {_columns} columns; a cell behind {CellReference.Name(_columns - 1, _cells.Row)} has a value.")
            : ReadKind.Row;
    }

    private ArrayBufferWriter<byte> Json()
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes, AsIs);
        json.WriteStartObject();
        json.WriteNumber("row", _cells.Row);
        for (var column = 0; column < _cells.Count; column++)
        {
            if (_cells.Kind(column) != CellKind.Empty)
            {
                // Through bytes: half a surrogate pair, which may be what is wrong, becomes U+FFFD here.
                var text = new byte[Encoding.UTF8.GetByteCount(_cells.Text(column))];
                Encoding.UTF8.GetBytes(_cells.Text(column), text);
                json.WriteString(CellReference.ColumnName(column), text);
            }
        }

        json.WriteEndObject();
        return bytes;
    }

    private void Release()
    {
        _sheet?.Dispose();
        _cells.Dispose();
    }
}
