using CallTracking.Agent.Configuration;

namespace CallTracking.Agent.Sources.Files;

/// <summary>
/// Keeps half-written files out. One that changed just now is watched until it has stood still for the time that the configuration names;
/// one that changes meanwhile is left for a later run. A file system's clock that goes ahead of ours costs that time, no more.
/// </summary>
internal static class SettledFiles
{
    /// <summary>Of these, those that stand still.</summary>
    public static async Task<IReadOnlyList<FileVersion>> WaitAsync(
        IReadOnlyList<string> paths, FileRules rules, SourceVisit visit, Func<string, string> nameOf, CancellationToken cancellationToken)
    {
        var files = paths.Select(FileVersion.Of).OfType<FileVersion>().ToList();
        if (visit.IsLook || rules.Settle == TimeSpan.Zero)
        {
            return files;
        }

        var now = visit.Clock.GetUtcNow();
        var young = files.Where(file => now - file.WrittenAt < rules.Settle).ToList();
        if (young.Count == 0)
        {
            return files;
        }

        var longest = young.Max(file => rules.Settle - (now - file.WrittenAt));
        await Task.Delay(longest < rules.Settle ? longest : rules.Settle, visit.Clock, cancellationToken);
        foreach (var file in young.Where(file => FileVersion.Of(file.Path) != file))
        {
            visit.Leave($"{nameOf(file.Path)} is still being written: left for the next run");
            files.Remove(file);
        }

        return files;
    }
}
