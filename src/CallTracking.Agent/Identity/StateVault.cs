using CallTracking.Agent.Commands;
using CallTracking.Agent.Configuration;
using CallTracking.Privacy;

namespace CallTracking.Agent.Identity;

/// <summary>
/// The state folder with the lock on the keys in it. The key of the lock is looked up when a file is first read or written, so that commands that
/// touch none work without it.
/// </summary>
internal sealed class StateVault
{
    /// <summary>What a file that was put aside has behind its name.</summary>
    public const string Aside = ".replaced-";

    // Below the state folder: these and what was put aside of them.
    private static readonly string[] Locked = [Path.Combine("keys", "region.secret"), Path.Combine("keys", "floor.key"), Path.Combine("identity", "agent.key")];
    private readonly Lazy<StateLock> _lock;

    private StateVault(string directory, Func<StateLock> lockOf, bool isLockable)
    {
        (Directory, IsLockable) = (directory, isLockable);
        _lock = new Lazy<StateLock>(lockOf, LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>The folder, absolute.</summary>
    public string Directory { get; }

    /// <summary>Whether the configuration names a key, had or not.</summary>
    public bool IsLockable { get; }

    /// <summary>False where nothing keeps the keys from one who has a copy of the disk.</summary>
    /// <exception cref="AgentException">The key cannot be had.</exception>
    public bool HasKey => _lock.Value.HasKey;

    /// <summary>The key's name.</summary>
    /// <exception cref="AgentException">The key cannot be had.</exception>
    public string KeyId => _lock.Value.KeyId;

    /// <summary>A folder whose keys lie as they are.</summary>
    public static StateVault InClear(string directory) => new(directory, () => StateLock.None, isLockable: false);

    /// <summary>A folder whose keys are locked under the key that a setting names.</summary>
    public static StateVault Under(SecretText key, string directory) => new(directory, () => Find(key), isLockable: true);

    /// <summary>The content of a file below the folder.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="name">What it was called when it was locked; null where it still is.</param>
    /// <exception cref="AgentException">It is locked, and the key for it is not here; or it is damaged.</exception>
    public byte[] Read(string path, string? name = null) => Guarded(path, () => _lock.Value.Open(name ?? NameOf(path), File.ReadAllBytes(path)));

    /// <summary>Replaces a file's content, locked where there is a key.</summary>
    /// <exception cref="AgentException">The key cannot be had.</exception>
    public void Write(string path, ReadOnlySpan<byte> content) => PrivateFile.Write(path, _lock.Value.Close(NameOf(path), content));

    /// <summary>The files with keys that are here, and the name of the key under which each is locked; null for one that lies in clear.</summary>
    public IReadOnlyList<(string Path, string? KeyId)> Files() =>
    [
        .. Locked
            .Select(file => (Folder: Path.GetDirectoryName(Path.Combine(Directory, file))!, Name: Path.GetFileName(file)))
            .Where(file => System.IO.Directory.Exists(file.Folder))
            .SelectMany(file => System.IO.Directory.EnumerateFiles(file.Folder, file.Name + "*").Where(path => NameOf(path) == file.Name))
            .Order(StringComparer.Ordinal)
            .Select(path => (path, StateLock.KeyIdOf(File.ReadAllBytes(path)))),
    ];

    /// <summary>Deletes what a kill in the middle of writing a file with keys left, which may lie in clear. Only for who holds the folder.</summary>
    public void RemoveLeftOvers()
    {
        foreach (var file in Locked)
        {
            PrivateFile.RemoveLeftOver(Path.Combine(Directory, file));
        }
    }

    /// <summary>Locks what lies in clear or under an older key; says what. A call that was cut off is repeated: each file is under the one key or the other.</summary>
    /// <param name="older">The key until now; null where the files lay in clear.</param>
    /// <exception cref="AgentException">A file is locked under neither key, or damaged.</exception>
    public IEnumerable<string> LockAll(StateLock? older)
    {
        RemoveLeftOvers();
        foreach (var (path, _) in Files())
        {
            if (Guarded(path, () => _lock.Value.Renew(NameOf(path), File.ReadAllBytes(path), older)) is { } renewed)
            {
                PrivateFile.Write(path, renewed);
                yield return path;
            }
        }
    }

    /// <summary>Lays every locked file down in clear; says which.</summary>
    /// <exception cref="AgentException">A file is locked under another key, or damaged.</exception>
    public IEnumerable<string> UnlockAll()
    {
        RemoveLeftOvers();
        foreach (var (path, _) in Files().Where(file => file.KeyId is not null).ToList())
        {
            PrivateFile.Write(path, Read(path));
            yield return path;
        }
    }

    private static T Guarded<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (StateLockException locked)
        {
            throw new AgentException(ExitCode.Identity, $"{Path.GetDirectoryName(path)}: {locked.Message} ('state_key' in agent.yaml)", locked);
        }
    }

    // What was put aside opens under the name that it had.
    private static string NameOf(string path) =>
        Path.GetFileName(path) is var name && name.IndexOf(Aside, StringComparison.Ordinal) is > 0 and var at ? name[..at] : name;

    private static StateLock Find(SecretText key)
    {
        try
        {
            return StateLock.TryParse(key.Reveal(new SecretMask()))
                ?? throw new StateLockException($"'state_key' in agent.yaml names no key: expected 64 hexadecimal digits, or base64, of {StateLock.KeySize} random bytes. Make one: openssl rand -hex {StateLock.KeySize}");
        }
        catch (StateLockException none)
        {
            throw new AgentException(ExitCode.Identity, none.Message, none);
        }
        catch (SecretMissingException missing)
        {
            throw new AgentException(ExitCode.Identity, $"The key of the state folder ('state_key' in agent.yaml) cannot be had. {missing.Message}", missing);
        }
    }
}
