namespace CallTracking.Mapping;

/// <summary>One of several files that are read as one: rows of a case may stand in any of them.</summary>
/// <param name="Name">What positions and faults name.</param>
/// <param name="OpenAsync">Opens it, once; the reader owns what it gives.</param>
public sealed record InputPart(string Name, Func<CancellationToken, ValueTask<Stream>> OpenAsync)
{
    /// <summary>Called once all its records were read, before the stream is disposed.</summary>
    public Func<CancellationToken, ValueTask>? EndedAsync { get; init; }
}

/// <summary>
/// Remembers, from one reading of a folding source to the next, which rows of which cases each file had: a case whose earlier rows stood in a
/// file that is gone, or was written anew without them, would be folded from the rest, as if those had never been. One reading, whose reader disposes it; not thread-safe.
/// </summary>
public interface IFoldWatch : IDisposable
{
    /// <summary>Keys the hashes of cases; the same in every reading.</summary>
    byte[] Secret { get; }

    /// <summary>A row of the case stands in that part.</summary>
    /// <param name="part">The file's name.</param>
    /// <param name="caseKey">A keyed hash.</param>
    /// <param name="order">Its place among the case's rows; null where the mapping gives none, then in every row of the reading.</param>
    /// <param name="row">What the mapping reads of it, valid during the call.</param>
    void Fed(string part, UInt128 caseKey, long? order, ReadOnlySpan<byte> row);

    /// <summary>True for a file that holds what one before it held: its rows are those of the other, once more. Asked after <see cref="Complete"/>.</summary>
    bool IsCopy(string part);

    /// <summary>All rows of all parts were taken; the first case is given after it.</summary>
    void Complete();

    /// <summary>What is known of a case whose rows were taken.</summary>
    FoldState StateOf(UInt128 caseKey);
}

/// <summary>Whether all rows of a case are there.</summary>
public enum FoldState
{
    /// <summary>As far as anyone knows.</summary>
    Whole,

    /// <summary>Earlier rows are gone with a file or out of it, and there are rows that no earlier reading had: what it is now cannot be told.</summary>
    Incomplete,

    /// <summary>Earlier rows are gone with a file or out of it, and nothing is new: the case stays as it was made of all of them.</summary>
    Settled,
}
