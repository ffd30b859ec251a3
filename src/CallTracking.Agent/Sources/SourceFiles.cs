using CallTracking.Agent.Sources.Files;
using CallTracking.Mapping;
using Microsoft.Extensions.FileSystemGlobbing;

namespace CallTracking.Agent.Sources;

/// <summary>Finds the files that a pattern of <c>agent.yaml</c> means: a path, or one whose last parts hold <c>*</c> and <c>**</c>.</summary>
internal static class SourceFiles
{
    private const int ReadBuffer = 128 * 1024;

    // What programs call a file that they have not finished writing.
    private static readonly string[] Unfinished = [".tmp", ".part", ".filepart"];

    /// <summary>Opens a file for reading from start to end, also while its writer is at work.</summary>
    /// <exception cref="IrregularFileException">It is a pipe or a device.</exception>
    public static FileStream Open(string file)
    {
        RegularFile.Require(file);
        return new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, ReadBuffer, FileOptions.SequentialScan);
    }

    /// <summary>The files in order of their paths, and what was in the way of finding more. Unfinished names are passed over unless the pattern ends in one.</summary>
    public static FoundFiles Find(string pattern)
    {
        if (!pattern.Contains('*', StringComparison.Ordinal))
        {
            return FoundFiles.Of(File.Exists(pattern) ? [pattern] : [], pattern);
        }

        var root = Path.GetDirectoryName(pattern[..pattern.IndexOf('*', StringComparison.Ordinal)])!;
        if (!Directory.Exists(root))
        {
            return FoundFiles.Of([], root);
        }

        var matcher = new Matcher(StringComparison.Ordinal).AddInclude(Path.GetRelativePath(root, pattern).Replace('\\', '/'));
        var walk = new FolderWalk();
        var files = matcher.Execute(new WalkedFolder(new DirectoryInfo(root), walk)).Files
            .Select(match => Path.GetFullPath(Path.Combine(root, match.Path)))
            .Where(file => !IsUnfinished(file) || IsUnfinished(pattern));
        return new FoundFiles([.. files.Order(StringComparer.Ordinal)], walk.Closed)
        {
            Folders = Path.GetFileName(pattern).Trim('*').Length == 0 ? [] : [.. walk.Passed.Where(folder => matcher.Match(root, folder).HasMatches)],
        };
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
