using CallTracking.Faults.Sources;
using CallTracking.Faults.Wire;
using CallTracking.Testing;
using CallTracking.Testing.Installations;

namespace CallTracking.Faults.World;

/// <summary>How a region's help desk exports.</summary>
internal enum ExportKind
{
    /// <summary>One file with all cases, written anew each night.</summary>
    Whole,

    /// <summary>A file a night with what changed; now and then all of it in one, and the older files go.</summary>
    Changes,
}

/// <summary>A region: what its help desk holds, its published agent, and its line to the hub.</summary>
internal sealed class FaultRegion(RegionInstallation installation, SourceBook book, RegionWire wire, ExportKind export) : IAsyncDisposable
{
    private const int Remembered = 6;
    private const int RoundsBetweenWholes = 8;
    private readonly List<IReadOnlyList<SourceCase>> _before = [];

    public string Code => book.Region;

    public RegionInstallation Installation => installation;

    public SourceBook Book => book;

    public RegionWire Wire => wire;

    /// <summary>Copies of the ledger that an operator made after earlier rounds.</summary>
    public LedgerBackups Backups { get; } = new(installation, Remembered);

    /// <summary>All cases as they stood before one of the last rounds, the oldest first.</summary>
    public IReadOnlyList<IReadOnlyList<SourceCase>> Before => _before;

    /// <summary>How many cases its last export has that headquarters does not know yet.</summary>
    public int Changed { get; private set; }

    /// <summary>Has the centre work for a round and its help desk export.</summary>
    public void Work(int round, Random random)
    {
        _before.Add([.. book.Cases]);
        if (_before.Count > Remembered)
        {
            _before.RemoveAt(0);
        }

        var changed = book.Change(round, random);
        Changed = changed.Count;
        if (export == ExportKind.Whole)
        {
            RemoveLate();
            SourceExport.Write(Path.Combine(installation.Inbox, "cases.csv"), book.Cases);
        }
        else if (round % RoundsBetweenWholes == 0)
        {
            WriteWhole(round);
        }
        else
        {
            SourceExport.Write(Path.Combine(installation.Inbox, FormattableString.Invariant($"night-{round:00000}.csv")), changed);
        }
    }

    /// <summary>All cases in a file of their own, in the place of all others.</summary>
    public void WriteWhole(int round)
    {
        var older = Directory.GetFiles(installation.Inbox, "*.csv");
        SourceExport.Write(Path.Combine(installation.Inbox, export == ExportKind.Whole ? "cases.csv" : FormattableString.Invariant($"whole-{round:00000}.csv")), book.Cases);
        foreach (var file in export == ExportKind.Whole ? [] : older)
        {
            File.Delete(file);
        }
    }

    /// <summary>Starts a sync that gives up soon: what it leaves, the next one does.</summary>
    public ProgramRun StartSync() => installation.StartSync(null, "--timeout", "20s");

    public ValueTask DisposeAsync() => wire.DisposeAsync();

    private void RemoveLate()
    {
        foreach (var file in Directory.GetFiles(installation.Inbox, "late-*.csv"))
        {
            File.Delete(file);
        }
    }
}
