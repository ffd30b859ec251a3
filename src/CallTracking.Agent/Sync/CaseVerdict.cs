using CallTracking.Agent.Ledger;
using CallTracking.Contracts;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sync;

/// <summary>What the ledger says to a case that was read.</summary>
internal enum CaseVerdict
{
    /// <summary>It is new or changed: it travels.</summary>
    Send,

    /// <summary>The hub has this version, or a later one of the source.</summary>
    Unchanged,

    /// <summary>The same case stood in the source before, in this run or with a later time: it counts once.</summary>
    Folded,

    /// <summary>The same case stood in the source before, in this run, with other values, and none of the two is the later by rule.</summary>
    Contradicts,
    Held,
    Suppressed,
    Gone,

    /// <summary>The hub refused this version.</summary>
    Refused,
}

/// <summary>Decides over a case by what the ledger knows.</summary>
internal static class CaseVerdicts
{
    /// <summary>Reports count by this word what <see cref="CaseVerdict.Contradicts"/>.</summary>
    public const string ContradictsReason = "duplicate-key";

    /// <summary>Pure.</summary>
    /// <param name="known">The ledger's row; null for a new case.</param>
    /// <param name="hash">Of the case as read.</param>
    /// <param name="updated">The source's own time of it, in milliseconds since 1970 UTC; null when it has none.</param>
    /// <param name="run">The run that reads.</param>
    /// <param name="duplicates">What two rows with one key mean.</param>
    public static CaseVerdict Of(LedgerRow? known, ChangeHash hash, long? updated, long run, DuplicateRule duplicates)
    {
        if (known is not { } row)
        {
            return CaseVerdict.Send;
        }

        var isOlder = updated < row.SourceUpdated;
        if (row.Run == run)
        {
            var isTold = duplicates switch
            {
                DuplicateRule.Latest => true,
                DuplicateRule.ByTime => isOlder || updated > row.SourceUpdated,
                _ => false,
            };
            return row.Hash == hash || (isTold && isOlder) ? CaseVerdict.Folded
                : isTold ? CaseVerdict.Send
                : CaseVerdict.Contradicts;
        }

        return (row.Hash, row.State) switch
        {
            (null, _) => CaseVerdict.Send,
            _ when isOlder => duplicates == DuplicateRule.ByTime ? CaseVerdict.Folded : CaseVerdict.Unchanged,
            _ when row.Hash != hash => CaseVerdict.Send,
            (_, CaseState.Held) => CaseVerdict.Held,
            (_, CaseState.Suppressed) => CaseVerdict.Suppressed,
            (_, CaseState.Gone) => CaseVerdict.Gone,
            (_, CaseState.Rejected) => CaseVerdict.Refused,
            _ => CaseVerdict.Unchanged,
        };
    }

    /// <summary>The later of two times; null only when there is none.</summary>
    public static long? Later(long? one, long? other) => one is null || other > one ? other : one;

    /// <summary>Counts a case that was met and does not travel, for what stands of it.</summary>
    public static void Count(CaseVerdict verdict, RunReport counts)
    {
        counts.Cases++;
        switch (verdict)
        {
            case CaseVerdict.Unchanged:
                counts.Unchanged++;
                break;
            case CaseVerdict.Held:
                counts.Held++;
                break;
            case CaseVerdict.Suppressed:
                counts.Suppressed++;
                break;
            case CaseVerdict.Gone:
                counts.Gone++;
                break;
            default:
                throw new System.Diagnostics.UnreachableException(verdict.ToString());
        }
    }
}
