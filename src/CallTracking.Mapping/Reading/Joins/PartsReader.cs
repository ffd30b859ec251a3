using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Joins;

/// <summary>Reads files one behind the other; each is opened when its turn comes, and closed before the next is.</summary>
internal sealed class PartsReader(IReadOnlyList<InputPart> parts, Func<Stream, string, RecordReader> open) : RecordReader
{
    private int _next;
    private readonly List<string> _doubts = [];
    private FileEnds _ends = FileEnds.None;
    private RecordReader? _current;

    public override IReadOnlyList<string> Doubts => _doubts;

    public override FileEnds Ends => _ends;

    public override SourceRow Row => _current!.Row;

    public override System.Text.Encoding RawEncoding => _current?.RawEncoding ?? System.Text.Encoding.UTF8;

    public override async ValueTask<ReadKind> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_current is not null)
            {
                var kind = await _current.ReadAsync(cancellationToken).ConfigureAwait(false);
                (Position, Fault, Raw) = (_current.Position, _current.Fault, _current.Raw);
                if (kind != ReadKind.End)
                {
                    return kind;
                }

                _doubts.AddRange(_current.Doubts);
                _ends = _ends.And(_current.Ends);
                if (parts[_next - 1].EndedAsync is { } ended)
                {
                    await ended(cancellationToken).ConfigureAwait(false);
                }

                await _current.DisposeAsync().ConfigureAwait(false);
                _current = null;
            }

            if (_next == parts.Count)
            {
                return ReadKind.End;
            }

            var part = parts[_next++];
            _current = open(await part.OpenAsync(cancellationToken).ConfigureAwait(false), part.Name);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_current is not null)
        {
            await _current.DisposeAsync().ConfigureAwait(false);
        }
    }

    public override void Dispose() => _current?.Dispose();
}
