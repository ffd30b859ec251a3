using CallTracking.Contracts;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Lines;

/// <summary>Reads tables in text: cuts a record in bytes, decodes it strictly, has it cut into cells; passes over what frames the records.</summary>
internal abstract class TextTableReader : TableReader
{
    private readonly string _fileName;
    private readonly TextTableFormat _format;
    private readonly HeaderCheck _checkHeader;
    private readonly RecordCutter _cutter;
    private readonly RecordText _text;
    private readonly RecordFrame _frame;
    private readonly FramedRecords _records;
    private readonly StrayQuote _strayQuote;

    private bool _hasBegun;
    private ResumePoint _start;
    private byte[] _head = [];
    private int? _fewest;
    private SourceRow? _remains;

    protected TextTableReader(Stream stream, TextTableFormat format, string fileName, RecordEnd end, HeaderCheck checkHeader)
    {
        _fileName = fileName;
        _format = format;
        _checkHeader = checkHeader;
        Window = new ByteWindow(format.Decoded(stream, fileName));
        _cutter = new RecordCutter(Window, end, fileName, format.MaxRecordBytes);
        _text = new RecordText(format.InPlace);
        _frame = new RecordFrame(format, fileName, Window, _cutter, _text);
        _records = new FramedRecords(Window, _cutter, _frame);
        _strayQuote = new StrayQuote(fileName, _cutter, IsRecord);
    }

    public override System.Text.Encoding RawEncoding => _format.RawEncoding;

    public override ResumePoint? Resume => _format.CanResume ? _records.Resume : null;

    public override ReadOnlyMemory<byte> Head => _head;

    public override SourceRow? Remains => _remains;

    public override FileEnds Ends => _records.EndsInLine is not { } isLine || _records.Count == 0 || _format.Framing is not { FooterLines: 0, FooterFrom: null } || _format.Framing.EndsInLine || !_format.HasLineEnds
        ? FileEnds.None
        : new FileEnds(isLine ? 1 : 0, isLine ? [] : [_fileName]);

    public override bool IsExcerpt
    {
        get => _frame.IsExcerpt;
        set => _frame.IsExcerpt = value;
    }

    protected ByteWindow Window { get; }

    /// <summary>The bytes of the record at hand, without its line end.</summary>
    protected ReadOnlySpan<byte> Record => _cutter.Record.Span;

    /// <summary>What decoded text is written to.</summary>
    protected char[] Chars => _text.Chars;

    protected string EncodingName => Window.Transcoding?.EncodingName ?? _format.Encoding.Name;

    public override ValueTask<ReadKind> ReadAsync(CancellationToken cancellationToken)
    {
        if (!_hasBegun)
        {
            return FirstAsync(cancellationToken);
        }

        if (_strayQuote.Lost is { } lost)
        {
            throw new SourceFormatException(lost);
        }

        var next = _records.NextAsync(cancellationToken);
        return next.IsCompletedSuccessfully ? new ValueTask<ReadKind>(Shown(next.Result)) : WaitAsync(next);
    }

    public override void StartAt(ResumePoint point) => _start = point;

    public override async ValueTask<IReadOnlyList<string>> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        await ByteOrderMark.SkipAsync(Window, _format.Encoding, _fileName, cancellationToken).ConfigureAwait(false);
        await PassDirectiveAsync(cancellationToken).ConfigureAwait(false);
        await _frame.PassPreambleAsync(cancellationToken).ConfigureAwait(false);
        if (!_format.HasHeader)
        {
            return _format.ColumnNames;
        }

        var kind = await _records.HeaderAsync(cancellationToken).ConfigureAwait(false);
        if (kind == ReadKind.End)
        {
            return [];
        }

        Note();
        _head = [.. Record, .. "\n"u8];
        var names = kind == ReadKind.Broken ? null : Header();
        return names is not null ? HeaderNames.Of(names) : throw OtherReading() ?? Unreadable(
            $"The header cannot be read: {Fault!.Message}", "Check encoding, quote, delimiter and preamble under format in the mapping.");
    }

    public override async ValueTask DisposeAsync()
    {
        _text.Dispose();
        await Window.DisposeAsync().ConfigureAwait(false);
    }

    public override void Dispose()
    {
        _text.Dispose();
        Window.Dispose();
    }

    public override async ValueTask<IReadOnlyList<Fault>> AdviseAsync(IReadOnlyList<Fault> faults, HeaderCheck check, CancellationToken cancellationToken)
    {
        if (faults.Count > 0 && _format.HasHeader && OtherReading() is { } other)
        {
            return other.Faults;
        }

        // A fault at a line of the mapping is one of a header that has other columns of it.
        if (!_format.HasHeader || faults is not [{ File: var place } only] || place != _fileName)
        {
            return faults;
        }

        var cure = await new HeaderSearch(_format.Framing, _cutter).CureAsync(Header, check, cancellationToken).ConfigureAwait(false);
        return cure is null ? faults : [only with { Cure = cure }];
    }

    /// <summary>Another way to read the header at hand, under which it has more of the mapping's columns; null where there is none.</summary>
    protected virtual SourceFormatException? OtherReading() => null;

    /// <summary>Names the columns; once, before any record.</summary>
    protected abstract void Bind(IReadOnlyList<string> names);

    /// <summary>Makes cells of the record at hand.</summary>
    protected abstract ReadKind Show();

    /// <summary>The cells of the record at hand as names of columns; null with a fault.</summary>
    protected virtual IEnumerable<string>? Header() => null;

    /// <summary>Whether a line that a quote took along is surely a record by itself; <paramref name="behind"/> is the line behind it, empty at the end.</summary>
    protected virtual bool IsRecord(ReadOnlySpan<byte> line, ReadOnlySpan<byte> behind) => false;

    /// <summary>The column of the record's byte behind these; null where that cannot be told.</summary>
    protected virtual string? ColumnAt(ReadOnlySpan<byte> before) => null;

    /// <summary>Passes over what a program has written before everything else, for other programs.</summary>
    protected virtual ValueTask PassDirectiveAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>
    /// A record that ends before its last column, where the format takes what it lacks as empty. Where the file ends within it, and none before it was so
    /// short, nobody has written it so: the file was cut off.
    /// </summary>
    /// <param name="has">Its columns.</param>
    /// <param name="columns">Those of a record that lacks none.</param>
    /// <param name="lacksWhole">It has nothing of a column, or ends within its key: so much that it needs no other record to show it.</param>
    protected ReadKind Padded(int has, int columns, bool lacksWhole)
    {
        var fewest = _fewest ?? columns;
        if (has < fewest && !_cutter.IsTerminated && !IsExcerpt && (_records.Count > 1 || lacksWhole))
        {
            var others = _records.Count == 1 ? "no other record shows that any are so short"
                : fewest == columns ? "none before it lacks any" : FormattableString.Invariant($"none before it fewer than {fewest}");
            return Broken(RejectReason.CutOff, FormattableString.Invariant($"It has {has} of {columns} columns, {others}, and the file ends within it, without a line end. The file may have been cut off: ask for the export again."));
        }

        _fewest = Math.Min(fewest, has);
        return ReadKind.Row;
    }

    /// <summary>Of the record at hand, which is broken, this shows the cells that are sound.</summary>
    protected void Remain(SourceRow row) => _remains = row;

    /// <summary>Moves to the next line, whatever the record at hand is.</summary>
    protected ValueTask<ReadKind> CutLineAsync(CancellationToken cancellationToken) => _cutter.CutLineAsync(cancellationToken);

    /// <summary>Decodes bytes of the record at hand, from <paramref name="start"/>, behind what has been decoded of it.</summary>
    protected bool TryDecode(int start, ReadOnlySpan<byte> bytes, int behind, out int written)
    {
        if (_text.TryDecode(bytes, behind, out written, out var badByte))
        {
            return true;
        }

        var place = Window.SourceOf(Window.Offset + start + badByte);
        Broken(RejectReason.Undecodable, $"Byte {place} of the file is not {EncodingName}.", ColumnAt(bytes[..badByte]));
        return false;
    }

    /// <summary>Decodes bytes to the start of <see cref="Chars"/>; no fault is noted.</summary>
    protected bool TryText(ReadOnlySpan<byte> bytes, out int written) => _text.TryRead(bytes, out written);

    protected SourceFormatException Unreadable(string message, string cure) => new(new Fault(_fileName, (int)Position.Line, 1, message, cure));

    private async ValueTask<ReadKind> FirstAsync(CancellationToken cancellationToken)
    {
        await BeginAsync(cancellationToken).ConfigureAwait(false);
        return Shown(await _records.NextAsync(cancellationToken).ConfigureAwait(false));
    }

    private async ValueTask<ReadKind> WaitAsync(ValueTask<ReadKind> next) => Shown(await next.ConfigureAwait(false));

    private ReadKind Shown(ReadKind kind)
    {
        Note();
        var shown = kind is ReadKind.End or ReadKind.Broken ? kind : Show();
        return shown == ReadKind.Broken && Fault!.Reason == RejectReason.BrokenRecord ? Freed(Fault)
            : kind == ReadKind.Row && _frame.Doubt(shown == ReadKind.Blank) is { } doubt ? Broken(RejectReason.CutOff, doubt)
            : shown;
    }

    private ReadKind Freed(RowFault fault)
    {
        if (_strayQuote.Free(fault.Message, _frame.IsCutWithinQuotes) is not { } message)
        {
            return ReadKind.Broken;
        }

        Raw = _cutter.Raw;
        return Broken(fault.Reason, message);
    }

    private async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        _hasBegun = true;
        var names = await ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
        if (names.Count == 0)
        {
            throw new SourceFormatException(new Fault(_fileName, 0, 0, "The file is empty: not even a header.", "Ask for the export again; a night without cases still has its header."));
        }

        if (_checkHeader(names) is { Count: > 0 } faults)
        {
            throw new SourceFormatException(await AdviseAsync(faults, _checkHeader, cancellationToken).ConfigureAwait(false));
        }

        if (_format.HasHeader && _frame.EndsInHeader)
        {
            throw Unreadable(
                "The file ends within its header, without a line end, and every line has one by end: line. It may have been cut off.",
                "Ask for the export again. Where exports end so, leave out end: line under format in the mapping.");
        }

        Bind(names);
        if (_start.ByteOffset > 0)
        {
            _records.GoTo(_start);
        }
    }

    private void Note()
    {
        _remains = null;
        Position = new RowPosition(_fileName, _records.Count, _cutter.Line, Window.SourceOf(_cutter.Start));
        Raw = _cutter.Raw;
        Fault = _cutter.Fault;
    }
}
