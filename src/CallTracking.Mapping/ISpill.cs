namespace CallTracking.Mapping;

/// <summary>
/// Where records wait that belong to others: side files of a join, the rows of a fold. Records are personal data: what leaves memory must
/// be sealed. Filled first, then read; one thread. Disposing it forgets everything.
/// </summary>
public interface ISpill : IDisposable
{
    /// <summary>Where the last of a key's records is asked for, the others are counted so far.</summary>
    const int MostCounted = 1000;

    /// <summary>Keeps a copy of a record. False when there is no room: nothing was kept.</summary>
    /// <param name="key">A keyed hash: it says nothing of the key itself to whoever has not the hash's key.</param>
    /// <param name="order">Records of one key are given back by it, smallest first; equal ones as they came.</param>
    /// <param name="record">The record.</param>
    bool TryAdd(UInt128 key, long order, ReadOnlySpan<byte> record);

    /// <summary>The records of a key, in order; each valid until the next is asked for.</summary>
    /// <exception cref="IOException">While they are read, as in all that reads: what was kept cannot be read any more.</exception>
    IEnumerable<ReadOnlyMemory<byte>> Find(UInt128 key);

    /// <summary>The last of the records of a key, valid until another is asked for; null where there is none. As quick where there are many.</summary>
    /// <param name="key">The key.</param>
    /// <param name="count">How many records it has, as far as they are counted: at most <see cref="MostCounted"/>.</param>
    ReadOnlyMemory<byte>? FindLast(UInt128 key, out int count);

    /// <summary>All keys, in the order in which each first came.</summary>
    IEnumerable<UInt128> Keys();
}

/// <summary>Where a reading takes place: what it may need besides the stream.</summary>
/// <param name="Folder">Where side files are looked for first, usually the input's own; then beside the mapping.</param>
/// <param name="NewSpill">Makes an empty spill; the reader disposes it.</param>
public sealed record ReadingPlace(string? Folder, Func<ISpill> NewSpill)
{
    /// <summary>Bytes that a reading in memory holds at most, for each file that is joined and for the rows that are folded.</summary>
    public const long MemoryBytes = 256 * 1024 * 1024;

    /// <summary>The file that is read, where a join may read it once more; null when it is no plain file.</summary>
    public string? Input { get; init; }

    /// <summary>Knows which files had rows of which case; null for readings that remember nothing.</summary>
    public IFoldWatch? Watch { get; init; }

    /// <summary>What keys are hashed under where what a record names is to be known again in another reading; null for a key of each reading's own.</summary>
    public byte[]? Secret { get; init; }

    /// <summary>Content of side files by the joins' names, in place of any files; null where the files themselves are read.</summary>
    public IReadOnlyDictionary<string, string>? Given { get; init; }

    /// <summary>In memory, up to <see cref="MemoryBytes"/>; for commands that only look.</summary>
    public static ReadingPlace InMemory(string? folder = null) => new(folder, static () => new MemorySpill(MemoryBytes));
}
