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
/// Remembers, from one reading of a folding source to the next, which cases each file had rows of: a case whose earlier rows stood in a file
/// that is gone would be folded from the rest, as if those had never been. One reading; not thread-safe.
/// </summary>
public interface IFoldWatch
{
    /// <summary>Keys the hashes of cases; the same in every reading.</summary>
    byte[] Secret { get; }

    /// <summary>A row of the case stands in that part.</summary>
    void Fed(string part, UInt128 caseKey);

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

    /// <summary>Earlier rows stood in a file that is gone, and there are rows that no earlier reading had: what it is now cannot be told.</summary>
    Incomplete,

    /// <summary>Earlier rows stood in a file that is gone, and nothing is new: the case stays as it was made of all of them.</summary>
    Settled,
}
