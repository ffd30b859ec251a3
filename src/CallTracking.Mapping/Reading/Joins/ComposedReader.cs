using CallTracking.Mapping.Reading.Json;
using CallTracking.Mapping.Shapes;
using CallTracking.Mapping.Spec;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Joins;

/// <summary>
/// Reads a primary file whose records are composed with others. Side files are read first, and once; a fold reads its file to the end
/// before it gives the first case. What waits is in spills, so that memory holds one composed record.
/// </summary>
internal sealed class ComposedReader : RecordReader
{
    // Deeper than any tree of a file, with what is put around it.
    public const int MaxDepth = 512;

    private readonly ComposedFormat _format;
    private readonly RecordReader _primary;
    private readonly RecordKeys _keys;
    private readonly List<SideTable> _sides;
    private readonly GivenRecords? _given;
    private readonly FoldedRows? _folded;
    private readonly JsonRecord _record;
    private readonly JsonRecord _alone;
    private readonly TreeComposer _composer;
    private readonly PooledBuffer _tree = new();
    private bool _isLoaded;
    private bool _isDrained;
    private bool _showsPrimary = true;
    private RowFault? _objection;

    // Owns the reader of the primary records.
    public ComposedReader(ComposedFormat format, RecordReader primary, ColumnTable table, ReadingPlace place, HeaderSeen header)
    {
        _format = format;
        _primary = primary;
        var secret = place.Watch?.Secret ?? place.Secret;
        _keys = new RecordKeys(secret);
        _sides = SideTable.ForAll(format, place, header, _keys);
        _given = secret is null ? null : new GivenRecords(format, _sides);
        _folded = format.Fold is null ? null : new FoldedRows(format.Fold, format.MaxRecordBytes, place.NewSpill(), place.Watch, header);
        _record = new JsonRecord(table, MaxDepth);
        _alone = new JsonRecord(format.References, MaxDepth);
        _composer = new TreeComposer(format.MaxRecordBytes);
    }

    /// <summary>How the joins have fared with the records so far.</summary>
    /// <param name="lines">Of the mapping.</param>
    /// <param name="fieldsUnder">The fields of a case that what is joined under a name fills.</param>
    public IReadOnlyList<JoinMatches> Matches(MappingLines lines, Func<string, IReadOnlyList<string>> fieldsUnder) => [.. _sides.Select(side => side.Matches(_format.PathOf(side.Join), lines, fieldsUnder))];

    /// <summary>What the joins gave the record of the last read; null where it cannot be known again in another reading, or nothing is told of it.</summary>
    public JoinYields? Yields => _given?.Yields;

    public override SourceRow Row => _record.Row;

    public override int Values => _folded is null ? _primary.Values : 0;

    public override RowFault? Objection => _objection;

    public override IReadOnlyList<string> Doubts => _primary.Doubts;

    public override FileEnds Ends => _primary.Ends;

    public override bool IsExcerpt
    {
        get => _primary.IsExcerpt;
        set => _primary.IsExcerpt = value;
    }

    // What is composed names its own columns.
    public override ReadOnlyMemory<byte> Head => _showsPrimary ? _primary.Head : default;

    public override System.Text.Encoding RawEncoding => _showsPrimary ? _primary.RawEncoding : System.Text.Encoding.UTF8;

    public override async ValueTask<ReadKind> ReadAsync(CancellationToken cancellationToken)
    {
        if (!_isLoaded)
        {
            foreach (var side in _sides)
            {
                await side.LoadAsync(cancellationToken).ConfigureAwait(false);
            }

            _isLoaded = true;
        }

        return _folded is null ? await JoinAsync(cancellationToken).ConfigureAwait(false) : await FoldAsync(_folded, cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask DisposeAsync()
    {
        await _primary.DisposeAsync().ConfigureAwait(false);
        DisposeOwn();
    }

    public override void Dispose()
    {
        _primary.Dispose();
        DisposeOwn();
    }

    private async ValueTask<ReadKind> JoinAsync(CancellationToken cancellationToken)
    {
        var kind = await PrimaryAsync(cancellationToken).ConfigureAwait(false);
        if (kind != ReadKind.Row)
        {
            return kind;
        }

        _objection = null;
        _tree.Clear();
        if (_primary.Row.WriteTree(_tree, _format.Primary.ShowsAll) is { } unfit)
        {
            return Broken(unfit);
        }

        _composer.Begin(_tree.Written.Span);
        return Compose(_tree.Written);
    }

    private async ValueTask<ReadKind> FoldAsync(FoldedRows folded, CancellationToken cancellationToken)
    {
        while (!_isDrained)
        {
            var kind = await PrimaryAsync(cancellationToken).ConfigureAwait(false);
            _isDrained = kind == ReadKind.End;
            if (_isDrained)
            {
                folded.Close();
            }

            var fault = kind == ReadKind.Row ? folded.Take(_primary, _keys, _format.Primary.ShowsAll) : null;
            if (kind is ReadKind.Blank or ReadKind.Broken || fault is not null)
            {
                return fault is null ? kind : Alone(fault);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        _showsPrimary = false;
        Raw = default;
        var next = folded.Next();
        Position = folded.Position;
        return next == ReadKind.Row ? Stand(folded) : next;
    }

    private async ValueTask<ReadKind> PrimaryAsync(CancellationToken cancellationToken)
    {
        ReadKind kind;
        try
        {
            kind = await _primary.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SourceFormatException broken) when (broken.Faults is [{ Cure: not HeaderDemand.KeepOut } only] && _format.Joins.FirstOrDefault(join => HeaderDemand.IsOf(join, only.File)) is { } join)
        {
            // What it is not written as it need not be: it is no file of records.
            throw new SourceFormatException(only with { Message = $"{only.Message} 'join' reads the file as '{join.As}', and the source takes it for one with records of its own.", Cure = HeaderDemand.KeepOut });
        }

        (Position, Fault, Raw) = (_primary.Position, _primary.Fault, _primary.Raw);
        _showsPrimary = true;
        return kind;
    }

    private ReadKind Stand(FoldedRows folded)
    {
        if (folded.IsTooLarge)
        {
            return TooLarge();
        }

        _objection = folded.IsIncomplete
            ? new RowFault(RejectReason.IncompleteCase, "Earlier rows of the case stood in a file that is gone or was written anew without them: put them back, or write fold: {…, incomplete: accept}.", "fold")
            : null;
        folded.Write(_composer);
        return Compose(folded.Standing);
    }

    /// <summary>Adds what the references of <paramref name="tree"/> lead to, and shows the whole.</summary>
    private ReadKind Compose(ReadOnlyMemory<byte> tree)
    {
        if (_sides.Count > 0 && _alone.Parse(tree, out _) is { } broken)
        {
            return Broken(broken);
        }

        _given?.Begin();
        foreach (var side in _sides.Where(side => side.Join.Through is null))
        {
            var unfit = _keys.Read(side.Join.On, _alone.Row, out var key, side.Leads);
            _given?.Name(side, key);
            _objection ??= unfit is null ? side.Write(key, side.Hides(_alone.Row), _composer) : unfit with { Field = side.Join.As };
        }

        _composer.End();
        if (_composer.IsTooLarge)
        {
            return TooLarge();
        }

        (Raw, _showsPrimary) = (Truncated(_composer.Written), false);
        return _record.Parse(_composer.Written, out _) is { } fault ? Broken(fault) : ReadKind.Row;
    }

    /// <summary>A row that cannot be folded, shown as it is: its key is known then, and its columns keep their names.</summary>
    private ReadKind Alone(RowFault fault)
    {
        _tree.Clear();
        if (_primary.Row.WriteTree(_tree, isWhole: true) is not null || _record.Parse(_tree.Written, out _) is not null)
        {
            return Broken(fault);
        }

        (_objection, Raw, _showsPrimary) = (fault, Truncated(_tree.Written), false);
        return ReadKind.Row;
    }

    private ReadKind TooLarge() =>
        Broken(RejectReason.TooLarge, $"With what belongs to it the record is larger than max_record_bytes, {_format.MaxRecordBytes}.");

    private ReadKind Broken(RowFault fault)
    {
        Fault = fault;
        return ReadKind.Broken;
    }

    private void DisposeOwn()
    {
        _sides.ForEach(side => side.Dispose());
        _folded?.Dispose();
        _record.Dispose();
        _alone.Dispose();
        _composer.Dispose();
        _tree.Dispose();
    }
}
