namespace CallTracking.Agent.Sources.Files;

/// <summary>A file as it was when it was looked at.</summary>
/// <param name="Length">In bytes.</param>
/// <param name="WrittenAt">When its content last changed, as the file system says.</param>
internal sealed record FileVersion(string Path, long Length, DateTimeOffset WrittenAt)
{
    /// <summary>Null when the file is not there any more.</summary>
    public static FileVersion? Of(string path)
    {
        var info = new FileInfo(path);
        return info.Exists ? new FileVersion(path, info.Length, info.LastWriteTimeUtc) : null;
    }
}
