using System.Text;
using CallTracking.Privacy;

namespace CallTracking.Hub.Access;

/// <summary>
/// The files in which an installation keeps its identity. Secrets have mode 600 and may be locked, every file appears whole or not at all, and
/// hub processes that share the folder make each file once.
/// </summary>
internal sealed class StateFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(30);
    private readonly string _folder;
    private readonly TimeProvider _clock;
    private readonly StateLock _lock;

    /// <param name="folder">Made where it is not there.</param>
    /// <param name="clock">Measures how long another process holds the folder.</param>
    /// <param name="stateLock">What the files are locked with.</param>
    public StateFiles(string folder, TimeProvider clock, StateLock stateLock)
    {
        _folder = folder;
        _clock = clock;
        _lock = stateLock;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>True when the file lies in clear though there is a key.</summary>
    public bool IsOpen(string name) => _lock.HasKey && File.Exists(PathOf(name)) && !StateLock.IsLocked(File.ReadAllBytes(PathOf(name)));

    /// <summary>Deletes what a kill in the middle of writing the file left, which may lie in clear. Only for who holds the folder.</summary>
    public void RemoveLeftOvers(string name)
    {
        foreach (var file in Directory.EnumerateFiles(_folder, name + ".*").Where(file => Guid.TryParseExact(Path.GetExtension(file).TrimStart('.'), "N", out _)).ToList())
        {
            File.Delete(file);
        }
    }

    /// <summary>The file's text, or null.</summary>
    /// <exception cref="StateLockException">It is locked, and the key for it is not here; or it is damaged.</exception>
    public string? TryRead(string name) => File.Exists(PathOf(name)) ? Encoding.UTF8.GetString(_lock.Open(name, File.ReadAllBytes(PathOf(name)))) : null;

    /// <summary>Writes a file that only this user may read, locked where there is a key; readers see the old text or the new one.</summary>
    public void Write(string name, string text) => Write(name, _lock.Close(name, Encoding.UTF8.GetBytes(text)));

    /// <summary>Puts a file that is here under the key; false where there was nothing to do.</summary>
    /// <param name="name">The file.</param>
    /// <param name="older">The key until now; null where the file may only lie in clear.</param>
    /// <exception cref="StateLockException">It is locked under neither key, or damaged.</exception>
    public bool Lock(string name, StateLock? older)
    {
        if (File.Exists(PathOf(name)) && _lock.Renew(name, File.ReadAllBytes(PathOf(name)), older) is { } renewed)
        {
            Write(name, renewed);
            return true;
        }

        return false;
    }

    /// <summary>Lays a locked file down in clear; false where there was nothing to do.</summary>
    /// <exception cref="StateLockException">It is locked under another key, or damaged.</exception>
    public bool Unlock(string name)
    {
        if (File.Exists(PathOf(name)) && File.ReadAllBytes(PathOf(name)) is var file && StateLock.IsLocked(file))
        {
            Write(name, _lock.Open(name, file));
            return true;
        }

        return false;
    }

    private void Write(string name, byte[] content)
    {
        var temporary = PathOf($"{name}.{Guid.NewGuid():N}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        try
        {
            using (var stream = new FileStream(temporary, options))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, PathOf(name), overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Waits until no other process holds this folder, and holds it until the answer is disposed.</summary>
    /// <exception cref="HubException">Another process held it for 30 seconds.</exception>
    public async Task<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        var began = _clock.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(PathOf(".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException busy) when (_clock.GetElapsedTime(began) >= LockPatience)
            {
                throw new HubException($"Another process has held {PathOf(".lock")} for {LockPatience.TotalSeconds:0} s: stop it, or wait.", HubExit.Failed, busy);
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), _clock, cancellationToken);
            }
        }
    }
}
