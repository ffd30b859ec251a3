namespace CallTracking.Agent.Dictionaries;

/// <summary>Where dictionaries come from.</summary>
internal interface ITableFetch
{
    /// <summary>Asks for each of these, in order, and keeps what is new.</summary>
    Task<IReadOnlyList<CodeTableNews>> RefreshAsync(IEnumerable<string> names, CancellationToken cancellationToken);
}

/// <summary>Without a line nobody can be asked: what is wanted is told with the next export, and comes with its receipts.</summary>
internal sealed class NoTableFetch : ITableFetch
{
    public Task<IReadOnlyList<CodeTableNews>> RefreshAsync(IEnumerable<string> names, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CodeTableNews>>([.. names.Select(name => new CodeTableNews(name, IsChanged: false, "it comes with the receipts of the next export"))]);
}
