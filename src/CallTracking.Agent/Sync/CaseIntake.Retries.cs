using CallTracking.Agent.Ledger;
using CallTracking.Contracts;

namespace CallTracking.Agent.Sync;

/// <summary>Rows of the quarantine that are read once more, while newer ones of their cases may have come.</summary>
internal sealed partial class CaseIntake
{
    /// <summary>
    /// The row was read before the version that stands, and no time of the source tells which of the two is newer: taken now it would put the
    /// older in the place of the newer.
    /// </summary>
    private bool IsOvertaken(SourceRow row, CaseUid uid, LedgerRow? known, long? updated)
    {
        if (row.Entry is not { File.Length: > 0 } entry || known is not { } standing || standing.Run == run.Number
            || (updated is not null && standing.SourceUpdated is not null && updated != standing.SourceUpdated))
        {
            return false;
        }

        return ledger.StandingOf(uid) is { } last && (last.Run > entry.Run || (last.Run == entry.Run && StandsBehind(last.File, last.Row, row)));
    }

    // Files are read in order of their paths. Rows without a place of their own are behind nothing.
    private static bool StandsBehind(string file, long number, SourceRow row) =>
        row.Number is { } own && string.CompareOrdinal(file, row.File) is var order && (order > 0 || (order == 0 && number > own));
}
