using System.Security.Cryptography;
using System.Text;
using CallTracking.Agent.Identity;

namespace CallTracking.Agent.Ledger;

/// <summary>
/// Notes beside the ledger what its file holds. SQLite finds broken pages and torn logs; it does not find a page that is whole and says what nobody
/// wrote, a file that is another one, or a log that is gone. Between two checkpoints the file does not change, so its sum holds also after a kill.
/// </summary>
/// <param name="ledger">Path of the ledger's file.</param>
internal sealed class LedgerSum(string ledger)
{
    /// <summary>Behind the ledger's path.</summary>
    public const string Suffix = "-sum";

    private const string Closed = "closed";
    private const string AtWork = "at-work";
    private const int MostBytes = 200;

    // From the file's first change on until it is closed.
    private const string NoSum = "-";
    private (string State, string Sum)? _noted;

    /// <summary>What SQLite's log beside the file holds.</summary>
    public long LogBytes => new FileInfo(ledger + "-wal") is { Exists: true, Length: var bytes } ? bytes : 0;

    private bool HasLog => LogBytes > 0;

    private bool HasLedger => File.Exists(ledger) && new FileInfo(ledger).Length > 0;

    /// <summary>Looks at the file before it is opened.</summary>
    /// <exception cref="LedgerDamagedException">It is not as it was left; the text says how.</exception>
    public void Require()
    {
        var noted = Load();
        if (!HasLedger)
        {
            if (noted is not null || HasLog)
            {
                throw new LedgerDamagedException($"{ledger} is gone, and what belongs to it is still there.");
            }

            return;
        }

        if (noted is not var (state, sum) || sum == NoSum)
        {
            return;
        }

        if (state == AtWork && !HasLog)
        {
            throw new LedgerDamagedException($"{ledger} was not closed in order, and its log {Path.GetFileName(ledger)}-wal is gone with what was written last.");
        }

        if (Sum() != sum)
        {
            throw new LedgerDamagedException($"{ledger} is not as it was left: it is damaged, or another copy was put in its place.");
        }
    }

    /// <summary>Notes that the log holds something from now on; the file is still what it was.</summary>
    public void Begin()
    {
        if (_noted is null)
        {
            Save(AtWork, Load()?.Sum ?? Sum());
        }
    }

    /// <summary>Notes that the file changes from now on.</summary>
    public void Change()
    {
        if (_noted is not { Sum: NoSum })
        {
            Save(AtWork, NoSum);
        }
    }

    /// <summary>Notes what the file holds, now that all is in it.</summary>
    public void Close() => Save(Closed, Sum());

    // What cannot be read proves nothing: the ledger is looked through by SQLite alone then.
    private (string State, string Sum)? Load()
    {
        var file = ledger + Suffix;
        return File.Exists(file)
            && new FileInfo(file).Length < MostBytes
            && File.ReadAllText(file).TrimEnd('\n').Split(' ') is [Closed or AtWork, var sum] words
            && (sum == NoSum || (sum.Length == 2 * SHA256.HashSizeInBytes && sum.All(char.IsAsciiHexDigitLower)))
            ? (words[0], sum)
            : null;
    }

    private void Save(string state, string sum)
    {
        PrivateFile.Write(ledger + Suffix, Encoding.ASCII.GetBytes($"{state} {sum}\n"));
        _noted = (state, sum);
    }

    private string Sum()
    {
        // Others may have it open: a look, or a sync.
        using var file = new FileStream(ledger, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 20);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
