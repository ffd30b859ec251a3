using Microsoft.Data.Sqlite;

namespace CallTracking.Agent.Ledger;

/// <summary>When SQLite's log is moved into the file, and what is noted of it: see <see cref="LedgerSum"/>.</summary>
internal sealed partial class LedgerFile
{
    // Pages of the log are moved into the file when it has grown to this.
    private const long MostLogBytes = 16 << 20;

    // Nothing of it decides over what is durable: where the disk refuses, the log keeps all, and the next to open looks through it.
    private void NoteWrite()
    {
        try
        {
            if (_sum.LogBytes is not (> 0 and var written))
            {
                return;
            }

            _isWritten = true;
            _sum.Begin();
            if (written > MostLogBytes)
            {
                _sum.Change();
                Run(Connection, "pragma wal_checkpoint(truncate)");
            }
        }
        catch (Exception refused) when (refused is SqliteException or IOException or UnauthorizedAccessException)
        {
        }
    }

    // The log goes last: killed before, there is the log or the sum of a file that holds all.
    private void Close()
    {
        try
        {
            _sum.Change();
            if ((long)Scalar(Connection, "pragma wal_checkpoint(full)")! == 0)
            {
                _sum.Close();
                Run(Connection, "pragma wal_checkpoint(truncate)");
            }
        }
        catch (Exception refused) when (refused is SqliteException or IOException or UnauthorizedAccessException)
        {
        }
    }
}
