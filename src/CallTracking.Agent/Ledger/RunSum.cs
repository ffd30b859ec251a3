using CallTracking.Contracts;
using CallTracking.Privacy;
using Google.Protobuf.Collections;

namespace CallTracking.Agent.Ledger;

/// <summary>The arithmetic of run reports.</summary>
internal static class RunSum
{
    /// <summary>Adds every count of <paramref name="part"/>.</summary>
    public static void Add(RunReport run, RunReport part)
    {
        run.Rows += part.Rows;
        run.Cases += part.Cases;
        run.Folded += part.Folded;
        run.Blank += part.Blank;
        run.Filtered += part.Filtered;
        run.Quarantined += part.Quarantined;
        run.New += part.New;
        run.Changed += part.Changed;
        run.Unchanged += part.Unchanged;
        run.Held += part.Held;
        run.Suppressed += part.Suppressed;
        run.Gone += part.Gone;
        run.Vanished += part.Vanished;
        run.SentCases += part.SentCases;
        run.SentBytes += part.SentBytes;
        foreach (var reason in part.QuarantineReasons)
        {
            AddReason(run.QuarantineReasons, reason.Reason, reason.Count);
        }

        foreach (var reason in part.HeldReasons)
        {
            AddReason(run.HeldReasons, reason.Reason, reason.Count);
        }

        AddRedactions(run, part.EdgeRedactions);
    }

    /// <summary>Counts one more row in quarantine.</summary>
    public static void Quarantine(RunReport run, string reason)
    {
        run.Quarantined++;
        AddReason(run.QuarantineReasons, reason, 1);
    }

    /// <summary>Counts one more case that does not leave.</summary>
    public static void Hold(RunReport run, string reason)
    {
        run.Held++;
        AddReason(run.HeldReasons, reason, 1);
    }

    /// <summary>Takes cases out that were counted and then discarded unsent: the next run reads and counts them again.</summary>
    public static void Unread(RunReport run, int cases, int vanished)
    {
        run.Rows -= (ulong)(cases - vanished);
        run.Vanished -= (ulong)vanished;
        run.Cases -= (ulong)cases;
    }

    /// <summary>True when both sums of the contract hold.</summary>
    public static bool Closes(RunReport run) =>
        run.Rows + run.Vanished == run.Cases + run.Folded + run.Blank + run.Filtered + run.Quarantined
        && run.Cases == run.New + run.Changed + run.Unchanged + run.Held + run.Suppressed + run.Gone;

    private static void AddReason(RepeatedField<ReasonCount> reasons, string reason, ulong count)
    {
        var known = reasons.FirstOrDefault(entry => entry.Reason == reason);
        if (known is null)
        {
            reasons.Add(new ReasonCount { Reason = reason, Count = count });
        }
        else
        {
            known.Count += count;
        }
    }

    private static void AddRedactions(RunReport run, RepeatedField<RedactionCount> redactions)
    {
        if (redactions.Count == 0)
        {
            return;
        }

        var sum = new RedactionTally();
        foreach (var count in run.EdgeRedactions.Concat(redactions))
        {
            sum.Add(count.DataClass, count.Action, count.Jurisdiction, count.Count);
        }

        run.EdgeRedactions.Clear();
        run.EdgeRedactions.Add(sum.ToCounts());
    }
}
