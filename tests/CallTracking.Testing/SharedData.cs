namespace CallTracking.Testing;

/// <summary>
/// The shared data folder (real sample exports with their READMEs), which is not part of the repository: named by the
/// environment variable CALLTRACKING_SHARED, else a folder <c>shared</c> with <c>samples</c> in it beside the repository or
/// beside one of the folders above it. Read-only.
/// </summary>
public static class SharedData
{
    private static readonly Lazy<string?> Place = new(Search);

    /// <summary>The folder's absolute path, or null where it is absent.</summary>
    public static string? Folder => Place.Value;

    /// <summary>The absolute path of something in it: <c>SharedData.Path("samples", "nyc311-csv")</c>.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder is absent; mark the test with <see cref="SharedFactAttribute"/>.</exception>
    public static string Path(params string[] below) => Folder is { } folder
        ? System.IO.Path.Combine([folder, .. below])
        : throw new DirectoryNotFoundException("Expected the shared data folder; set CALLTRACKING_SHARED to its path.");

    /// <summary>Why a test that needs these files or folders cannot run, or null when it can.</summary>
    internal static string? WhyAbsent(IReadOnlyList<string> needed)
    {
        if (Folder is not { } folder)
        {
            return "absent: the shared data folder (set CALLTRACKING_SHARED to its path)";
        }

        var lacking = needed.Where(path => !System.IO.Path.Exists(System.IO.Path.Combine(folder, path))).ToList();
        return lacking.Count == 0 ? null : $"absent: {string.Join(", ", lacking)} in the shared data folder";
    }

    private static string? Search()
    {
        if (Environment.GetEnvironmentVariable("CALLTRACKING_SHARED") is { Length: > 0 } named)
        {
            return Directory.Exists(named) ? System.IO.Path.GetFullPath(named) : null;
        }

        for (var folder = new DirectoryInfo(RepositoryRoot.Find()).Parent; folder is not null; folder = folder.Parent)
        {
            var candidate = System.IO.Path.Combine(folder.FullName, "shared");
            if (Directory.Exists(System.IO.Path.Combine(candidate, "samples")))
            {
                return candidate;
            }
        }

        return null;
    }
}
