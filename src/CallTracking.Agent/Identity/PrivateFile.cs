namespace CallTracking.Agent.Identity;

/// <summary>Writes files that only the agent's own user may read, whole or not at all.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates the folder with mode 700 where the system has modes.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }

    /// <summary>A new file.</summary>
    /// <exception cref="IOException">There is one of that name.</exception>
    public static FileStream Create(string path, FileShare share = FileShare.None, int bufferSize = 4096)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = share, BufferSize = bufferSize };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }

    /// <summary>Replaces the file's content; after a crash it has the old or the new.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var bytes = content.ToArray();
        Write(path, stream => stream.Write(bytes));
    }

    /// <summary>
    /// As the other one, of what is no secret, and readable inside the folder, which is its owner's alone: what a command of root wrote there the service can read.
    /// </summary>
    public static void WriteShared(string path, ReadOnlySpan<byte> content)
    {
        var bytes = content.ToArray();
        Write(path, stream =>
        {
            stream.Write(bytes);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(((FileStream)stream).SafeFileHandle, OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            }
        });
    }

    /// <summary>As the other one, for what is too long to be held.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        var fresh = Fresh(path);
        File.Delete(fresh);
        try
        {
            using (var stream = Create(fresh, bufferSize: 64 * 1024))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(fresh, path, overwrite: true);
        }
        catch
        {
            File.Delete(fresh);
            throw;
        }
    }

    /// <summary>Deletes what a kill in the middle of writing a file left beside it.</summary>
    public static void RemoveLeftOver(string path)
    {
        if (File.Exists(Fresh(path)))
        {
            File.Delete(Fresh(path));
        }
    }

    private static string Fresh(string path) => path + ".new";
}
