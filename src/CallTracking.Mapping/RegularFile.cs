using System.Runtime.InteropServices;
using System.Text;

namespace CallTracking.Mapping;

/// <summary>Something that is no regular file stands where a file is to be read.</summary>
public sealed class IrregularFileException(string message) : IOException(message);

/// <summary>
/// Tells files from pipes, sockets and devices, which a pattern means as well as files: to open one waits for a writer that may never come, and to read
/// one may never end.
/// </summary>
public static class RegularFile
{
    private const int FromHere = -100; // AT_FDCWD
    private const uint OfKind = 1; // STATX_TYPE
    private const int Size = 256; // struct statx, the same on all of Linux
    private const int ModeAt = 28;

    /// <summary>Follows links. What cannot be looked at passes: opening it says why.</summary>
    /// <exception cref="IrregularFileException">It is no regular file.</exception>
    public static void Require(string path)
    {
        if (KindOf(path) is { } kind)
        {
            throw new IrregularFileException($"'{Path.GetFileName(path)}' is {kind}, no regular file.");
        }
    }

    // The platform tells a pipe from a file only once it is open.
    private static string? KindOf(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var found = new byte[Size];
        try
        {
            return Statx(FromHere, [.. Encoding.UTF8.GetBytes(path), 0], 0, OfKind, found) == 0
                ? Name(BitConverter.ToUInt16(found, ModeAt) & 0xF000)
                : null;
        }
        catch (Exception absent) when (absent is EntryPointNotFoundException or DllNotFoundException)
        {
            return null;
        }
    }

    private static string? Name(int kind) => kind switch
    {
        0x8000 => null,
        0x4000 => "a folder",
        0x1000 => "a pipe",
        0xC000 => "a socket",
        _ => "a device",
    };

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, byte[] path, int flags, uint mask, [In, Out] byte[] found);
}
