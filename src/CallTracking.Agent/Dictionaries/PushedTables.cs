using CallTracking.Contracts;
using TaskStatus = CallTracking.Contracts.TaskStatus;

namespace CallTracking.Agent.Dictionaries;

/// <summary>Fetches and keeps the code tables that headquarters pushes. Mappings look words up in them from the next run on.</summary>
/// <param name="fetch">Asks the hub.</param>
/// <param name="cache">What is kept.</param>
/// <param name="clock">For what people read.</param>
/// <param name="say">Takes a line for a run's watcher.</param>
internal sealed class PushedTables(ITableFetch fetch, CodeTableCache cache, TimeProvider clock, Action<string> say)
{
    /// <summary>Fetches the table that is announced, unless that version or a newer one is kept; counts its codes.</summary>
    /// <exception cref="OperationCanceledException">The stream ended: the hub asks again with the next one.</exception>
    public async Task<TaskResult> TakeAsync(SignedDictionary announcement, CancellationToken cancellationToken)
    {
        // A name becomes a file's.
        if (cache.Open(announcement) is not { } announced || !CodeTableCsv.IsName(announced.Name))
        {
            return new TaskResult { Status = TaskStatus.Failed, Reason = "bad-signature" };
        }

        var kept = cache.Look(announced.Name);
        if (kept is null || kept.Version < announced.Version)
        {
            try
            {
                var news = (await fetch.RefreshAsync([announced.Name], cancellationToken))[0];
                kept = cache.Look(announced.Name);
                Say(news, kept);
            }
            catch (Exception unkept) when (unkept is IOException or UnauthorizedAccessException)
            {
                say($"code table {announced.Name}: pushed by headquarters, and could not be kept: {unkept.Message}");
                return new TaskResult { Status = TaskStatus.Failed, Reason = "not-kept" };
            }
        }

        return kept is null || kept.Version < announced.Version
            ? new TaskResult { Status = TaskStatus.Failed, Reason = "not-fetched" }
            : new TaskResult { Status = TaskStatus.Done, Count = (ulong)kept.Entries };
    }

    private void Say(CodeTableNews news, KeptTable? kept)
    {
        if (CodeTableText.Of(news, kept, clock.GetUtcNow()) is { } line)
        {
            say($"{line}; pushed by headquarters");
        }
    }
}
