using CallTracking.Contracts;
using CallTracking.Mapping.Spec;

namespace CallTracking.Mapping.Reading.Joins;

/// <summary>Finds the files that a join names: in the input's folder, else beside the mapping.</summary>
internal static class SideFiles
{
    private const int ReadBuffer = 128 * 1024;

    /// <summary>Stands for the file whose records are read: a dump holds several tables.</summary>
    private const string Input = "{input}";

    /// <summary>In order of their paths; none when there is none.</summary>
    public static IReadOnlyList<string> Find(string pattern, string? folder, string mappingFile, string? input = null)
    {
        if (pattern == Input)
        {
            return input is null ? [] : [input];
        }

        var beside = Path.GetDirectoryName(Path.GetFullPath(mappingFile))!;
        return folder is not null && In(folder, pattern) is { Count: > 0 } found ? found : In(beside, pattern);
    }

    /// <exception cref="IrregularFileException">It is a pipe or a device.</exception>
    public static FileStream Open(string file)
    {
        RegularFile.Require(file);
        return new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, ReadBuffer, FileOptions.SequentialScan);
    }

    public static Fault Missing(JoinRule join, MappingLines lines) => join.Files == Input
        ? lines.FaultAt((int)join.At.Line, (int)join.At.Column, $"'{join.As}' stands in the file that is read, and that is no plain file.", "Unpack it, or name an unpacked one under files in agent.yaml.")
        : lines.FaultAt(
        (int)join.At.Line,
        (int)join.At.Column,
        $"There is no file '{join.Files}' beside the input or beside the mapping.",
        "Put it there, or write optional: true when some nights have none.");

    private static IReadOnlyList<string> In(string folder, string pattern)
    {
        var path = Path.GetFullPath(Path.Combine(folder, pattern));
        var (parent, name) = (Path.GetDirectoryName(path)!, Path.GetFileName(path));
        return !name.Contains('*', StringComparison.Ordinal) ? (File.Exists(path) ? [path] : [])
            : Directory.Exists(parent) ? [.. Directory.EnumerateFiles(parent, name).Order(StringComparer.Ordinal)]
            : [];
    }
}
