namespace CallTracking.Hub.Access;

/// <summary>
/// The files in which an installation keeps its identity. Secrets have mode 600, every file appears whole or not at all, and
/// hub processes that share the folder make each file once.
/// </summary>
internal sealed class StateFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(30);
    private readonly string _folder;
    private readonly TimeProvider _clock;

    public StateFiles(string folder, TimeProvider clock)
    {
        _folder = folder;
        _clock = clock;
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

    /// <summary>The file's text, or null.</summary>
    public string? TryRead(string name) => File.Exists(PathOf(name)) ? File.ReadAllText(PathOf(name)) : null;

    /// <summary>Writes a file that only this user may read; readers see the old text or the new one.</summary>
    public void Write(string name, string text)
    {
        var temporary = PathOf($"{name}.{Guid.NewGuid():N}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, PathOf(name), overwrite: true);
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
