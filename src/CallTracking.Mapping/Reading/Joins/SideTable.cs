using CallTracking.Contracts;
using CallTracking.Mapping.Spec;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Joins;

/// <summary>The records of one join's files, read once into a spill. Not thread-safe.</summary>
internal sealed class SideTable(JoinRule join, MappingLines lines, ReadingPlace place, RecordKeys keys) : IDisposable
{
    private readonly ISpill _spill = place.NewSpill();
    private readonly PooledBuffer _record = new();

    /// <exception cref="SourceFormatException">A file is missing, broken, or holds a record that is: what it lacks cannot be told from what there is not.</exception>
    public async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        var files = SideFiles.Find(join.Files, place.Folder, lines.File, place.Input);
        if (files.Count == 0 && !join.IsOptional)
        {
            throw new SourceFormatException(SideFiles.Missing(join, lines));
        }

        foreach (var file in files)
        {
            await using var reader = join.Side.Open(SideFiles.Open(file), Path.GetFileName(file), lines);
            ReadKind kind;
            while ((kind = await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) != ReadKind.End)
            {
                var fault = kind == ReadKind.Broken ? reader.Fault : kind == ReadKind.Row ? Take(reader) : null;
                if (fault is not null)
                {
                    throw new SourceFormatException(new Fault(
                        reader.Position.File,
                        (int)reader.Position.Line,
                        1,
                        $"A record to join as '{join.As}' cannot be read: {fault.Message}",
                        "Mend it or ask for the file again: without it cases would be wrong, and nothing would tell which."));
                }
            }
        }
    }

    /// <summary>Writes what a key leads to. False when that is nothing.</summary>
    public bool TryWrite(UInt128 key, TreeComposer into)
    {
        if (!join.IsMany)
        {
            return TryWriteLast(key, into);
        }

        var isAny = false;
        foreach (var record in _spill.Find(key))
        {
            if (!isAny)
            {
                into.BeginArray(join.As);
                isAny = true;
            }

            into.Element(record.Span);
        }

        if (isAny)
        {
            into.EndArray();
        }

        return isAny;
    }

    public void Dispose()
    {
        _spill.Dispose();
        _record.Dispose();
    }

    private bool TryWriteLast(UInt128 key, TreeComposer into)
    {
        _record.Clear();
        foreach (var record in _spill.Find(key))
        {
            _record.Clear();
            _record.Append(record.Span);
        }

        if (_record.Length == 0)
        {
            return false;
        }

        into.Property(join.As, _record.Written.Span);
        return true;
    }

    // A record without a key is one that nothing leads to.
    private RowFault? Take(RecordReader reader)
    {
        var order = 0L;
        var fault = keys.Read(join.Key, reader.Row, out var key);
        if (fault is not null || key is null)
        {
            return fault;
        }

        _record.Clear();
        fault = join.Order?.Read(reader.Row, out order) ?? reader.Row.WriteTree(_record, join.Side.ShowsAll);
        if (fault is null && !_spill.TryAdd(key.Value, order, _record.Written.Span))
        {
            throw new SourceFormatException(SpillFault.Of(reader.Position.File));
        }

        return fault;
    }
}

/// <summary>What is said when a spill has no room.</summary>
internal static class SpillFault
{
    public static Fault Of(string file) => new(
        file,
        0,
        0,
        $"What is joined or folded has over {ReadingPlace.MemoryBytes / 1024 / 1024} MiB, the most that a command that only looks holds in memory.",
        "Try the mapping with a part of the files; a sync has no such limit.");
}
