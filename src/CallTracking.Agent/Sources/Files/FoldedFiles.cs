using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CallTracking.Agent.Identity;

namespace CallTracking.Agent.Sources.Files;

/// <summary>
/// What a folding source was read from last, by keyed hashes of the files' contents: cases are as those say, and a file that is there again, though it was
/// read in some night before, is news to them. Beside it, the cases that wait since.
/// </summary>
internal static class FoldedFiles
{
    private const string Files = "files";
    private const string Cases = "waiting";
    private const int HashBytes = 16;

    /// <summary>Whether each content is one of those that were read last.</summary>
    public static bool Hold(string folder, byte[] secret, IEnumerable<byte[]> contents)
    {
        // What cannot be read as hashes holds none: the files are read then.
        var hashes = Bytes(folder, Files).Chunk(HashBytes).Select(Convert.ToHexString).ToHashSet(StringComparer.Ordinal);
        return contents.All(content => hashes.Contains(Convert.ToHexString(HashOf(secret, content))));
    }

    /// <summary>The cases that had new rows and could not be made whole.</summary>
    public static HashSet<ulong> Waiting(string folder) =>
        Bytes(folder, Cases) is { Length: var length } bytes && length % sizeof(ulong) == 0 ? [.. MemoryMarshal.Cast<byte, ulong>(bytes)] : [];

    public static void Keep(string folder, byte[] secret, IEnumerable<byte[]> contents, IEnumerable<ulong> waiting)
    {
        PrivateFile.CreateFolder(Path.GetDirectoryName(folder)!);
        PrivateFile.CreateFolder(folder);
        PrivateFile.Write(Path.Combine(folder, Cases), MemoryMarshal.AsBytes<ulong>([.. waiting]));
        PrivateFile.Write(Path.Combine(folder, Files), [.. contents.SelectMany(content => HashOf(secret, content))]);
    }

    private static byte[] Bytes(string folder, string name) => Path.Combine(folder, name) is var path && File.Exists(path) ? File.ReadAllBytes(path) : [];

    private static byte[] HashOf(byte[] secret, byte[] content) => HMACSHA256.HashData(secret, content)[..HashBytes];
}
