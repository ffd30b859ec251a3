namespace CallTracking.Mapping;

/// <summary>
/// Rows that are in no file, such as those of a database: columns that are named once, then one row at a time. Who derives from it
/// does the reading; what the cells mean is the mapping's matter. Not thread-safe.
/// </summary>
public abstract class RowFeed : IAsyncDisposable, IDisposable
{
    /// <summary>The columns' names, before any row is read.</summary>
    /// <exception cref="SourceFormatException">The rows cannot be had.</exception>
    public abstract ValueTask<IReadOnlyList<string>> ReadColumnsAsync(CancellationToken cancellationToken);

    /// <summary>Adds the next row's cells, one per column and in their order, to <paramref name="row"/>, which is empty; false when there is no more row.</summary>
    /// <exception cref="SourceFormatException">The rows cannot be read on.</exception>
    public abstract ValueTask<bool> ReadAsync(FeedRow row, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();

    public abstract void Dispose();
}
