using System.Collections.ObjectModel;
using System.IO.Compression;
using CallTracking.Agent.Configuration;
using CallTracking.Contracts;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sources.Files;

/// <summary>What stands in a file: itself, or, in a compressed one, its content or its members. Nothing is unpacked to disk.</summary>
internal static class FileContent
{
    // A format that jumps about in a file needs it whole: on disk it is, out of an archive it is held in memory.
    private const int MostHeld = 32 << 20;

    // Without it the platform takes a gz file that was cut off for one that ends there. Read once, before the first such stream is made.
    static FileContent() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    public static bool IsZip(string path) => path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    /// <summary>True when the content is the file's own bytes.</summary>
    public static bool IsPlain(string path) => !IsZip(path) && !IsGzip(path);

    private static bool IsGzip(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>The members of a zip file that the rules mean, in order of their names.</summary>
    /// <exception cref="SourceFormatException">It is damaged or encrypted, or has no such member.</exception>
    public static IReadOnlyList<string> Entries(string path, string name, FileRules rules)
    {
        using var archive = OpenZip(path, name);
        var members = Directory(archive, name)
            .Where(entry => !entry.FullName.EndsWith('/') && (rules.Entries is null || SourceFiles.Means(rules.Entries, entry.FullName)))
            .OrderBy(entry => entry.FullName, StringComparer.Ordinal)
            .ToList();
        if (members.Find(entry => entry.IsEncrypted) is { } locked)
        {
            throw new SourceFormatException(new Fault(
                NameOf(name, locked.FullName), 0, 0, "The file in the archive is encrypted.", "have the export written without a password; the way to this machine is what has to be safe"));
        }

        // They are known and read by their names, and an archive that is added to keeps the old one beside the new.
        if (members.Zip(members.Skip(1)).FirstOrDefault(pair => pair.First.FullName == pair.Second.FullName) is { First: { } twice })
        {
            throw new SourceFormatException(new Fault(
                NameOf(name, twice.FullName), 0, 0, "The archive has two files of this name.", "have each export written to an archive of its own, or under a name of its own; what adds to an archive must replace (zip -u, not Python's mode 'a')"));
        }

        return members.Count > 0
            ? [.. members.Select(entry => entry.FullName)]
            : throw new SourceFormatException(new Fault(name, 0, 0, $"The archive has no file{(rules.Entries is null ? string.Empty : $" that '{rules.Entries}' means")}.", "mend 'entries' of the source in agent.yaml, or ask for the export again"));
    }

    /// <summary>A member's name as people see it: whatever an archive holds, it steers no terminal.</summary>
    public static string NameOf(string archive, string entry) =>
        $"{archive}!{string.Concat(entry.Select(letter => char.IsControl(letter) ? '?' : letter))}";

    /// <summary>Opens a file, or a member of a zip file.</summary>
    /// <exception cref="SourceFormatException">It is damaged, or too large for what has to be done.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static async ValueTask<Stream> OpenAsync(
        string path, string? entry, string name, Expansion expansion, bool needsSeeking, CancellationToken cancellationToken)
    {
        if (IsPlain(path))
        {
            return SourceFiles.Open(path);
        }

        var expanded = entry is null ? Gunzip(path, name, expansion) : Member(path, entry, name, expansion);
        return needsSeeking ? await HoldAsync(expanded, name, cancellationToken) : expanded;
    }

    private static ExpandedStream Gunzip(string path, string name, Expansion expansion)
    {
        var file = SourceFiles.Open(path);
        return new ExpandedStream(new GZipStream(file, CompressionMode.Decompress), [file], expansion, null, name);
    }

    private static ExpandedStream Member(string path, string entry, string name, Expansion expansion)
    {
        var archive = OpenZip(path, name);
        try
        {
            var member = Directory(archive, name).FirstOrDefault(one => one.FullName == entry) ?? throw ExpandedStream.Broken(name);
            return new ExpandedStream(member.Open(), [archive], expansion, new MemberSeal(member.Length, member.Crc32), name);
        }
        catch (InvalidDataException)
        {
            archive.Dispose();
            throw ExpandedStream.Broken(name);
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    // It is read when it is first asked for.
    private static ReadOnlyCollection<ZipArchiveEntry> Directory(ZipArchive archive, string name)
    {
        try
        {
            return archive.Entries;
        }
        catch (Exception damaged) when (damaged is InvalidDataException or IOException or ArgumentException)
        {
            throw ExpandedStream.Broken(name);
        }
    }

    private static ZipArchive OpenZip(string path, string name)
    {
        var file = SourceFiles.Open(path);
        try
        {
            return new ZipArchive(file, ZipArchiveMode.Read);
        }
        catch (InvalidDataException)
        {
            file.Dispose();
            throw ExpandedStream.Broken(name);
        }
    }

    private static async Task<Stream> HoldAsync(ExpandedStream expanded, string name, CancellationToken cancellationToken)
    {
        await using (expanded)
        {
            var held = new MemoryStream();
            var buffer = new byte[128 * 1024];
            for (int read; (read = await expanded.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                if (held.Length + read > MostHeld)
                {
                    throw new SourceFormatException(new Fault(
                        name, 0, 0, $"The file is larger than {Amounts.Size(MostHeld)}, the most of its kind that is read out of an archive.", "have it put here uncompressed"));
                }

                held.Write(buffer, 0, read);
            }

            held.Position = 0;
            return held;
        }
    }
}
