namespace CallTracking.SampleData.Desks;

/// <summary>
/// Fills a database. A night replaces the one before it as a whole: a reader sees the one or the other.
/// </summary>
internal abstract class DeskLoader : IAsyncDisposable
{
    /// <summary>Opens the database and makes the tables anew.</summary>
    public abstract Task BeginAsync(string schema, CancellationToken cancellationToken);

    public abstract Task LoadAsync(DeskTable table, IReadOnlyList<string?[]> rows, CancellationToken cancellationToken);

    /// <summary>Makes all of it visible.</summary>
    public abstract Task EndAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();

    /// <param name="region">Whose desk it is.</param>
    /// <param name="place">A PostgreSQL connection string, or the path of an SQLite file.</param>
    public static DeskLoader For(SampleRegion region, string place) => region.Place switch
    {
        SamplePlace.Postgres => new PostgresLoader(place),
        SamplePlace.Sqlite => new SqliteLoader(place),
        _ => throw new System.Diagnostics.UnreachableException(region.Code),
    };
}
