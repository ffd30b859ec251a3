using CallTracking.Contracts;
using CallTracking.Mapping.Checks;
using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Reading.Joins;
using CallTracking.Mapping.Shapes;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping;

/// <summary>
/// Reads one file record by record, in memory bounded by the largest record (<c>max_record_bytes</c>), not by the file. Owns the
/// stream. Not thread-safe; many readers of one <see cref="SourceMapping"/> may run at once.
/// </summary>
public sealed class SourceReader : IAsyncDisposable, IDisposable
{
    /// <summary>Most bytes of a rejected record that are handed out.</summary>
    public const int RawRecordBytes = 3 * 1024 * 1024;

    // A case is at most a few times its record (kana in UTF-8 need three bytes where cp932 needs one): small records need no measuring.
    private const int SurelySmall = 256 * 1024;

    // When nothing has been readable for so long, it is the encoding that is wrong, not the records.
    private const int UndecodableFromTheStart = 100;

    private readonly RecordReader _records;
    private readonly CaseMapper _mapper;
    private readonly DuplicateNumbers? _numbers;
    private int _undecodable;
    private bool _hasReadOne;
    private bool _isRow;

    private readonly HeaderSeen _header;
    private SourceRow? _row;
    private LastCase? _lastCase;

    internal SourceReader(RecordReader records, CaseMapper mapper, DuplicateRule duplicates, HeaderSeen header)
    {
        _header = header;
        _numbers = duplicates == DuplicateRule.Number ? new DuplicateNumbers() : null;
        _records = records;
        _mapper = mapper;
    }

    /// <summary>Has <paramref name="watch"/> keep the mapping's contract; asked for before the first record.</summary>
    public void Watch(ShapeWatch watch)
    {
        ArgumentNullException.ThrowIfNull(watch);
        (_header.Watch, _lastCase) = (watch, watch.NextLastCase());
        watch.Begin(this);
    }

    /// <summary>
    /// The next record's outcome; null at the end of the file. The case is fresh each time; a rejected record's raw bytes are valid
    /// until the next call.
    /// </summary>
    /// <exception cref="SourceFormatException">
    /// The file as a whole cannot be read (on): a column of the mapping is missing, the encoding is another, JSON is broken. What was
    /// delivered before stands; the run must count as failed.
    /// </exception>
    public ValueTask<RowOutcome?> ReadAsync(CancellationToken cancellationToken)
    {
        // Most records are there already: to wait for each costs as much as to read it.
        var read = _records.ReadAsync(cancellationToken);
        return read.IsCompletedSuccessfully ? new ValueTask<RowOutcome?>(OutcomeOf(read.Result)) : WaitAsync(read);
    }

    /// <summary>
    /// The text of the record of the last outcome, as far as it is held, for the region's own engineer to look at: personal data,
    /// and with U+FFFD for bytes that the encoding does not have.
    /// </summary>
    public string RawText(int mostBytes) => _records.RawEncoding.GetString(_records.Raw.Span[..Math.Min(_records.Raw.Length, mostBytes)]);

    /// <summary>
    /// What made each field of the record that <see cref="ReadAsync"/> gave last; none when that was broken, blank or the end.
    /// Personal data: for the region's own terminal only.
    /// </summary>
    public IReadOnlyList<ExplainedField> ExplainLast() => _isRow ? CaseExplanation.Of(_mapper, _records.Row) : [];

    /// <summary>
    /// Where to go on when the file has grown; asked for after the last record. Null when this kind of file can only be read from its start.
    /// </summary>
    public ResumePoint? Resume => _numbers is null ? _records.Resume : null;

    /// <summary>
    /// What <see cref="SourceMapping.OpenKept"/> needs before a rejected record's bytes: the header where a header names the columns.
    /// </summary>
    public ReadOnlyMemory<byte> Head => _records.Head;

    /// <summary>How the mapping's joins have fared with the records read so far; none where it joins nothing.</summary>
    public IReadOnlyList<JoinMatches> Joins => _records is ComposedReader composed ? composed.Matches(_mapper.Lines, _mapper.FieldsUnder) : [];

    /// <summary>Why the last case of the table may be none, once the end was read by somebody who watches; null where it is like the others.</summary>
    internal string? OddEnd { get; private set; }

    /// <summary>How its files ended, once they were read to their end.</summary>
    internal FileEnds Ends => _records.Ends;

    /// <summary>What at the end of the file cannot well be meant, a line each, without its values; asked for after the last record.</summary>
    public IReadOnlyList<string> Doubts => _records.Doubts;

    /// <summary>Reads what is left without making anything of it: shows whether the file is one to its end.</summary>
    /// <exception cref="SourceFormatException">It is not.</exception>
    public async Task PassToEndAsync(CancellationToken cancellationToken)
    {
        while (await _records.ReadAsync(cancellationToken).ConfigureAwait(false) != ReadKind.End)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>What is read is a piece of a file: that it lacks the file's end is no fault. Asked for before the first record.</summary>
    internal void TakeAsExcerpt() => _records.IsExcerpt = true;

    public ValueTask DisposeAsync() => _records.DisposeAsync();

    public void Dispose() => _records.Dispose();

    private async ValueTask<RowOutcome?> WaitAsync(ValueTask<ReadKind> read) => OutcomeOf(await read.ConfigureAwait(false));

    private RowOutcome? OutcomeOf(ReadKind kind)
    {
        _isRow = kind == ReadKind.Row;
        RequireSomeDecodable(kind);
        return kind switch
        {
            ReadKind.End => Ended(),
            ReadKind.Blank => new RowOutcome.Blank(_records.Position),
            ReadKind.Folded => new RowOutcome.Folded(_records.Position),
            ReadKind.Broken => Rejected(_records.Fault!, _records.Remains is { } remains ? LocalId(remains) : default),
            ReadKind.Row => Mapped(),
        };
    }

    private RowOutcome? Ended()
    {
        (OddEnd, _lastCase) = (OddEnd ?? _lastCase?.Doubt(), null);
        return null;
    }

    private void RequireSomeDecodable(ReadKind kind)
    {
        if (_hasReadOne || kind is ReadKind.End or ReadKind.Blank)
        {
            return;
        }

        _hasReadOne = kind != ReadKind.Broken || _records.Fault!.Reason != RejectReason.Undecodable;
        if (!_hasReadOne && ++_undecodable == UndecodableFromTheStart)
        {
            throw new SourceFormatException(new Fault(
                _records.Position.File,
                (int)_records.Position.Line,
                1,
                $"None of the first {UndecodableFromTheStart} records can be decoded. The last: {_records.Fault!.Message}",
                "Correct encoding under format in the mapping; check names the one that the file reads best in."));
        }
    }

    private RowOutcome Mapped()
    {
        RowOutcome? outcome = null;
        RowFault? fault;
        if (_records.Objection is { } objection)
        {
            return Rejected(objection, LocalId());
        }

        try
        {
            _row = _records.Row;
            fault = _header.Watch?.Judge(_row, _records.Position, out _row);
            outcome = fault is null ? _mapper.Map(_row, _records.Position, out fault) : null;
        }
        catch (Exception refused) when (Unworkable.IsBehind(refused))
        {
            fault = Unworkable.Fault;
        }

        if (outcome is RowOutcome.Mapped mapped && _records.Size > SurelySmall && mapped.Case.CalculateSize() > SyncLimits.CaseBytes)
        {
            fault = new RowFault(RejectReason.TooLarge, $"The case would be over {SyncLimits.CaseBytes} bytes, the most that travels.");
        }

        if (fault is null && outcome is RowOutcome.Mapped { IsGone: false } taken)
        {
            _lastCase?.Add(taken.LocalId, _records.Values, _records.Position);
        }

        if (_records is ComposedReader { Yields: { } yields } && outcome is RowOutcome.Mapped { IsGone: false } joined)
        {
            outcome = joined with { Yields = yields };
        }

        if (fault is not null)
        {
            return Rejected(fault, LocalId());
        }

        if (outcome is RowOutcome.Mapped made)
        {
            outcome = made = _numbers is null ? made : Numbered(_numbers, made);
            _header.Watch?.Made(made);
        }

        return outcome!;
    }

    private RowOutcome.Mapped Numbered(DuplicateNumbers numbers, RowOutcome.Mapped mapped)
    {
        var localId = Numbered(numbers, mapped.LocalId);
        return mapped with { LocalId = localId, OtherId = mapped.OtherId is { } written ? written + localId[mapped.LocalId.Length..] : null };
    }

    private string Numbered(DuplicateNumbers numbers, string localId) => numbers.Number(localId) ?? throw new SourceFormatException(new Fault(
        _records.Position.File,
        (int)_records.Position.Line,
        1,
        $"Over {DuplicateNumbers.MostKeys} records with different keys: so many cannot be numbered in memory.",
        "Cut the file, or write duplicates: latest in the mapping: equal records are then one case."));

    private (string? LocalId, string? OtherId) LocalId() => LocalId(_row ?? _records.Row);

    private (string? LocalId, string? OtherId) LocalId(SourceRow row)
    {
        try
        {
            return _mapper.LocalId(row);
        }
        catch (Exception refused) when (Unworkable.IsBehind(refused))
        {
            return default;
        }
    }

    private RowOutcome.Rejected Rejected(RowFault fault, (string? LocalId, string? OtherId) key) =>
        new(_records.Position, fault.Reason, fault.Field, _mapper.Lines.Told(fault), _records.Raw) { LocalId = key.LocalId, OtherId = key.OtherId, Word = fault.Word };
}
