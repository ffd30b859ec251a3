using CallTracking.Contracts;

namespace CallTracking.Agent.Ledger;

/// <summary>What a ledger's file says of one case, without a key; a sync may be at work in it.</summary>
/// <param name="Row">The case.</param>
/// <param name="Run">The run that met it last; null when that is long ago.</param>
internal sealed record LedgerCase(LedgerRow Row, RunRow? Run)
{
    private const int RunsToSearch = 400;

    /// <summary>Null when there is no ledger yet, or it does not know the case.</summary>
    /// <exception cref="LedgerDamagedException">The file is damaged.</exception>
    public static LedgerCase? Of(string path, CaseUid uid)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = LedgerFile.Open(path, thorough: false);
        using var cases = new CaseTable(file.Connection);
        using var runs = new RunTable(file.Connection);
        return file.Read(() => cases.Find(uid.ToByteString().ToByteArray()) is { } row
            ? new LedgerCase(row, runs.Last(RunsToSearch).FirstOrDefault(run => run.Number == row.Run))
            : null);
    }
}
