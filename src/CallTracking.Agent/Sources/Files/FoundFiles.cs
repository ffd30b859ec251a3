namespace CallTracking.Agent.Sources.Files;

/// <summary>What a pattern means now.</summary>
/// <param name="Files">In order of their paths.</param>
/// <param name="Closed">Folders that may not be looked into, by path: which files they hold is not known.</param>
internal sealed record FoundFiles(IReadOnlyList<string> Files, IReadOnlyList<string> Closed)
{
    /// <summary>Folders whose name the pattern means, as if they were files.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>The files, or why there seems to be nothing at a path: a folder on the way to it is closed, or it is a folder itself.</summary>
    public static FoundFiles Of(IReadOnlyList<string> files, string path) =>
        new(files, files.Count == 0 && FolderWalk.ClosedOnTheWayTo(path) is { } closed ? [closed] : []) { Folders = Directory.Exists(path) ? [path] : [] };
}
