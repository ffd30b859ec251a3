using System.Buffers.Binary;
using CallTracking.Contracts;
using CallTracking.Mapping.Shapes;
using CallTracking.Mapping.Spec;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Joins;

/// <summary>
/// The records of one join's files, read once into a spill, each with the keys of what it leads to itself. Not thread-safe.
/// </summary>
internal sealed class SideTable(JoinRule join, MappingLines lines, ReadingPlace place, HeaderSeen header, RecordKeys keys, IReadOnlyList<SideTable> further) : IDisposable
{
    // Before a record stands, for each join that goes on from it, what it has, and its key.
    private const int KeyBytes = 17;
    private const byte HasKey = 1;
    private const byte HasHidden = 2;

    private readonly ISpill _spill = place.NewSpill();
    private readonly PooledBuffer _record = new();
    private readonly KeyDigits _digits = new();

    public JoinRule Join => join;

    /// <summary>How the keys that are looked for are written.</summary>
    public KeyDigits Leads { get; } = new();

    /// <summary>Keys that were looked for.</summary>
    public long Named { get; private set; }

    /// <summary>Of these, keys that no record has.</summary>
    public long Unmatched { get; private set; }

    /// <summary>Records that it gave the composed record of now, used or not: where one stands for all of its key, those count too.</summary>
    public int Given { get; private set; }

    /// <summary>The tables of a format's joins, in their order.</summary>
    public static List<SideTable> ForAll(ComposedFormat format, ReadingPlace place, HeaderSeen header, RecordKeys keys)
    {
        // What leads further stands before that to which it leads.
        var tables = new SideTable[format.Joins.Count];
        for (var index = tables.Length - 1; index >= 0; index--)
        {
            tables[index] = new SideTable(format.Joins[index], format.Lines, place, header, keys, [.. tables.Where(table => table?.Join.Through == index)]);
        }

        return [.. tables];
    }

    /// <exception cref="SourceFormatException">A file is missing, broken, or holds a record that is: what it lacks cannot be told from what there is not.</exception>
    public async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        if (place.Given is { } given && given.TryGetValue(join.As, out var text))
        {
            await LoadAsync(new MemoryStream(join.Side.Format.BytesOf(text) ?? []), join.Files, isExcerpt: true, cancellationToken).ConfigureAwait(false);
            return;
        }

        var files = SideFiles.Find(join.Files, place.Folder, lines.File, place.Input);
        if (files.Count == 0 && !join.IsOptional && place.Given is null)
        {
            throw new SourceFormatException(SideFiles.Missing(join, lines));
        }

        foreach (var file in files)
        {
            await LoadAsync(SideFiles.Open(file), Path.GetFileName(file), isExcerpt: false, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask LoadAsync(Stream content, string name, bool isExcerpt, CancellationToken cancellationToken)
    {
        await using var reader = join.Side.Open(content, name, check => header.OfPart(join, check, name), lines);
        reader.IsExcerpt = isExcerpt;
        ReadKind kind;
        while ((kind = await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) != ReadKind.End)
        {
            var fault = kind == ReadKind.Broken ? reader.Fault : kind == ReadKind.Row ? TakeWorkable(reader) : null;
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

    /// <summary>A record that leads here has a value of its own under the join's name; what cannot be told is taken for one.</summary>
    public bool Hides(SourceRow row)
    {
        try
        {
            return row.Count(join.Hidden) > 0;
        }
        catch (Exception refused) when (Unworkable.IsBehind(refused))
        {
            return true;
        }
    }

    /// <summary>Another composed record begins.</summary>
    public void Begin() => Given = 0;

    /// <summary>Writes what a key leads to, and whatever that leads to.</summary>
    /// <param name="key">Null when the record names nothing.</param>
    /// <param name="hides">The record has a value of its own under the join's name: where nothing is joined it would be taken for that.</param>
    /// <param name="into">Stands in the record.</param>
    /// <returns>A fault when it leads to nothing, and that rejects the record.</returns>
    public RowFault? Write(UInt128? key, bool hides, TreeComposer into)
    {
        RowFault? fault = null;
        Named += key is null ? 0 : 1;
        if (key is { } lead && (join.IsMany ? WriteAll(lead, into, out fault) : WriteLast(lead, into, out fault)))
        {
            return fault;
        }

        Unmatched += key is null ? 0 : 1;
        if (hides)
        {
            into.Property(join.As, "null"u8);
        }

        return key is null || !join.RejectsMissing
            ? null
            : new RowFault(RejectReason.UnmatchedReference, $"No record of {join.Files} has it as its {string.Join(", ", join.Key.Place.Columns)}.", join.As) { Place = join.On.Place };
    }

    /// <summary>How it has fared so far.</summary>
    public JoinMatches Matches(string path, MappingLines mapping, Func<string, IReadOnlyList<string>> fieldsUnder)
    {
        var (file, line) = mapping.Of((int)join.At.Line);
        return new JoinMatches(path, join.Files, FormattableString.Invariant($"{Path.GetFileName(file)}:{line}"), join.IsMany, Named, Unmatched, fieldsUnder(path))
        {
            RejectsMissing = join.RejectsMissing,
            Zeros = Leads.HasZeros && _digits.LacksZeros ? LostZeros.InFile : Leads.LacksZeros && _digits.HasZeros ? LostZeros.InRecords : LostZeros.None,
            RejectsIncomplete = join.Incomplete == JoinLossRule.Reject,
        };
    }

    public void Dispose()
    {
        _spill.Dispose();
        _record.Dispose();
    }

    private bool WriteAll(UInt128 key, TreeComposer into, out RowFault? fault)
    {
        var isAny = false;
        fault = null;
        foreach (var record in _spill.Find(key))
        {
            if (!isAny)
            {
                into.BeginArray(join.As);
                isAny = true;
            }

            Given++;
            fault ??= WriteOne(null, record.Span, into);
            if (into.IsTooLarge)
            {
                return true;
            }
        }

        if (isAny)
        {
            into.EndArray();
        }

        return isAny;
    }

    private bool WriteLast(UInt128 key, TreeComposer into, out RowFault? fault)
    {
        fault = null;
        if (_spill.FindLast(key, out var count) is not { } record)
        {
            return false;
        }

        Given += count;
        fault = WriteOne(join.As, record.Span, into);
        return true;
    }

    private RowFault? WriteOne(string? name, ReadOnlySpan<byte> record, TreeComposer into)
    {
        RowFault? fault = null;
        into.BeginObject(name, record[(further.Count * KeyBytes)..]);
        foreach (var table in further)
        {
            UInt128? key = (record[0] & HasKey) == 0 ? null : BinaryPrimitives.ReadUInt128BigEndian(record[1..]);
            fault ??= table.Write(key, (record[0] & HasHidden) != 0, into);
            record = record[KeyBytes..];
        }

        into.EndObject();
        return fault;
    }

    private RowFault? TakeWorkable(RecordReader reader)
    {
        try
        {
            return Take(reader);
        }
        catch (Exception refused) when (Unworkable.IsBehind(refused))
        {
            return Unworkable.Fault;
        }
    }

    // A record without a key is one that nothing leads to.
    private RowFault? Take(RecordReader reader)
    {
        var order = 0L;
        var isMeant = true;
        var fault = join.Where?.Test(reader.Row, out isMeant);
        if (fault is not null || !isMeant)
        {
            return fault;
        }

        fault = keys.Read(join.Key, reader.Row, out var key, _digits);
        if (fault is not null || key is null)
        {
            return fault;
        }

        _record.Clear();
        fault = TakeKeys(reader.Row) ?? join.Order?.Read(reader.Row, out order) ?? reader.Row.WriteTree(_record, join.Side.ShowsAll);
        if (fault is null && !_spill.TryAdd(key.Value, order, _record.Written.Span))
        {
            throw new SourceFormatException(SpillFault.Of(reader.Position.File));
        }

        return fault;
    }

    private RowFault? TakeKeys(SourceRow row)
    {
        Span<byte> bytes = stackalloc byte[KeyBytes];
        foreach (var table in further)
        {
            if (keys.Read(table.Join.On, row, out var key, table.Leads) is { } fault)
            {
                return fault with { Field = table.Join.As };
            }

            bytes[0] = (byte)((key is null ? 0 : HasKey) | (table.Hides(row) ? HasHidden : 0));
            BinaryPrimitives.WriteUInt128BigEndian(bytes[1..], key ?? 0);
            _record.Append(bytes);
        }

        return null;
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
