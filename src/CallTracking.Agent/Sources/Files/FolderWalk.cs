using Microsoft.Extensions.FileSystemGlobbing.Abstractions;

namespace CallTracking.Agent.Sources.Files;

/// <summary>What a walk through folders could not look into, and which folders it passed. One that is closed ends no walk: the others are still looked into.</summary>
internal sealed class FolderWalk
{
    /// <summary>By path.</summary>
    public List<string> Closed { get; } = [];

    /// <summary>By path.</summary>
    public List<string> Passed { get; } = [];

    /// <summary>What stands in a folder; nothing when it is closed.</summary>
    public IReadOnlyList<FileSystemInfo> List(DirectoryInfo folder)
    {
        try
        {
            var found = folder.EnumerateFileSystemInfos("*", SearchOption.TopDirectoryOnly).ToList();

            // Who may list a folder but not enter it learns names, and nothing else of what bears them.
            if (found.Count > 0 && ClosedOnTheWayTo(found[0].FullName) is { } closed)
            {
                Closed.Add(closed);
                return [];
            }

            Passed.AddRange(found.OfType<DirectoryInfo>().Select(inner => inner.FullName));
            return found;
        }
        catch (DirectoryNotFoundException)
        {
            // Gone since it was listed.
            return [];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or System.Security.SecurityException)
        {
            Closed.Add(folder.FullName);
            return [];
        }
    }

    /// <summary>The innermost folder above a path that may not be entered; null where the path can be looked at, or is not there.</summary>
    public static string? ClosedOnTheWayTo(string path)
    {
        for (string? inner = path, outer; inner is not null; inner = outer)
        {
            outer = Path.GetDirectoryName(inner);
            if (!IsHidden(inner))
            {
                return null;
            }

            if (outer is not null && !IsHidden(outer))
            {
                return outer;
            }
        }

        return null;
    }

    private static bool IsHidden(string path)
    {
        try
        {
            _ = File.GetAttributes(path);
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}

/// <summary>A folder as patterns walk through it.</summary>
internal sealed class WalkedFolder(DirectoryInfo folder, FolderWalk walk) : DirectoryInfoBase
{
    public override string Name => folder.Name;

    public override string FullName => folder.FullName;

    public override DirectoryInfoBase? ParentDirectory => folder.Parent is { } parent ? new WalkedFolder(parent, walk) : null;

    public override IEnumerable<FileSystemInfoBase> EnumerateFileSystemInfos() => walk.List(folder).Select(found => found is DirectoryInfo inner
        ? (FileSystemInfoBase)new WalkedFolder(inner, walk)
        : new FileInfoWrapper((FileInfo)found));

    public override DirectoryInfoBase? GetDirectory(string path) => new WalkedFolder(new DirectoryInfo(Path.Combine(folder.FullName, path)), walk);

    public override FileInfoBase? GetFile(string path) => new FileInfoWrapper(new FileInfo(Path.Combine(folder.FullName, path)));
}
