using CallTracking.Testing.Installations;

namespace CallTracking.Faults.World;

/// <summary>A region's ledger: its files, and copies of them from after the last few rounds.</summary>
internal sealed class LedgerBackups(RegionInstallation installation, int kept)
{
    private readonly List<string> _copies = [];
    private int _taken;

    /// <summary>The folders with the copies, the oldest first.</summary>
    public IReadOnlyList<string> Copies => _copies;

    /// <summary>The ledger's file.</summary>
    public string Ledger => Path.Combine(installation.State, "ledger.db");

    /// <summary>Copies the ledger of an agent that does not run.</summary>
    public void Take()
    {
        var copy = Path.Combine(installation.Folder, "backups", FormattableString.Invariant($"{++_taken:00000}"));
        Directory.CreateDirectory(copy);
        foreach (var file in Files())
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        _copies.Add(copy);
        if (_copies.Count > kept)
        {
            Directory.Delete(_copies[0], recursive: true);
            _copies.RemoveAt(0);
        }
    }

    /// <summary>Puts a copy in the place of the ledger.</summary>
    public void Restore(string copy)
    {
        Remove();
        foreach (var file in Directory.GetFiles(copy))
        {
            File.Copy(file, Path.Combine(installation.State, Path.GetFileName(file)));
        }
    }

    /// <summary>Deletes the ledger and its companions.</summary>
    public void Remove()
    {
        foreach (var file in Files())
        {
            File.Delete(file);
        }
    }

    private string[] Files() => [.. new[] { Ledger, Ledger + "-wal", Ledger + "-shm", Ledger + "-sum" }.Where(File.Exists)];
}
