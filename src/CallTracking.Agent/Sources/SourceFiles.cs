using Microsoft.Extensions.FileSystemGlobbing;

namespace CallTracking.Agent.Sources;

/// <summary>Finds the files that a pattern of <c>agent.yaml</c> means: a path, or one whose last parts hold <c>*</c> and <c>**</c>.</summary>
internal static class SourceFiles
{
    private const int ReadBuffer = 128 * 1024;

    /// <summary>Opens a file for reading from start to end, also while its writer is at work.</summary>
    public static FileStream Open(string file) =>
        new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, ReadBuffer, FileOptions.SequentialScan);

    /// <summary>The files in order of their paths; empty when there is none.</summary>
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
                .Order(StringComparer.Ordinal)]
            : [];
    }
}
