using Microsoft.Extensions.FileSystemGlobbing;

namespace CallTracking.Agent.Sources;

/// <summary>Finds the files that a pattern of <c>agent.yaml</c> means: a path, or one whose last parts hold <c>*</c> and <c>**</c>.</summary>
internal static class SourceFiles
{
    private const int ReadBuffer = 128 * 1024;

    // What programs call a file that they have not finished writing.
    private static readonly string[] Unfinished = [".tmp", ".part", ".filepart"];

    /// <summary>Opens a file for reading from start to end, also while its writer is at work.</summary>
    public static FileStream Open(string file) =>
        new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, ReadBuffer, FileOptions.SequentialScan);

    /// <summary>The files in order of their paths; empty when there is none. Unfinished names are passed over unless the pattern ends in one.</summary>
    public static IReadOnlyList<string> Find(string pattern)
    {
        if (!pattern.Contains('*', StringComparison.Ordinal))
        {
            return File.Exists(pattern) ? [pattern] : [];
        }

        var root = Path.GetDirectoryName(pattern[..pattern.IndexOf('*', StringComparison.Ordinal)])!;
        return Directory.Exists(root)
            ? [.. new Matcher(StringComparison.Ordinal)
                .AddInclude(Path.GetRelativePath(root, pattern).Replace('\\', '/'))
                .GetResultsInFullPath(root)
                .Where(file => !IsUnfinished(file) || IsUnfinished(pattern))
                .Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>True when a pattern means a name: its whole path, or, when the pattern has no folder, its last part.</summary>
    public static bool Means(string pattern, string name)
    {
        var path = name.Replace('\\', '/');
        var shown = pattern.Contains('/', StringComparison.Ordinal) ? path : path[(path.LastIndexOf('/') + 1)..];
        return new Matcher(StringComparison.Ordinal).AddInclude(pattern).Match(shown).HasMatches;
    }

    private static bool IsUnfinished(string name) => Unfinished.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
