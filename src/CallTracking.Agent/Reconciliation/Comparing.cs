namespace CallTracking.Agent.Reconciliation;

/// <summary>When a sync compares the ledger with what the hub has.</summary>
internal enum Comparing
{
    /// <summary>Not at all.</summary>
    No = 0,

    /// <summary>After its runs; of the seals at the hub a sixteenth is looked at, another one each time.</summary>
    AfterRuns,

    /// <summary>In place of a run, with all seals. The sources are read only when there is something to heal.</summary>
    Alone,
}
