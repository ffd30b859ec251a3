namespace CallTracking.Hub.Audit;

/// <summary>What the audit log calls an act. Lists and scripts of auditors go by these: add, never rename.</summary>
internal static class AuditCode
{
    public const string PolicyPublished = "policy.published";
    public const string PolicyTightened = "policy.tightened";
    public const string LawReviewed = "law.reviewed";
    public const string RetentionPreviewed = "retention.previewed";
    public const string RetentionConfirmed = "retention.confirmed";

    /// <summary>One batch of a run, in its own transaction.</summary>
    public const string RetentionRemoved = "retention.removed";

    public const string RetentionFinished = "retention.finished";
    public const string RegionAdded = "region.added";
    public const string RegionTokenIssued = "region.token-issued";
    public const string RegionEnrolled = "region.enrolled";
    public const string RegionEnrolmentRefused = "region.enrolment-refused";
    public const string RegionCertificateRenewed = "region.certificate-renewed";
    public const string RegionRevoked = "region.revoked";
    public const string RegionDeadlineSet = "region.deadline-set";
    public const string RegionDeadlineRemoved = "region.deadline-removed";
    public const string RegionPaused = "region.paused";
    public const string RegionResumed = "region.resumed";
    public const string TransferImported = "transfer.imported";
    public const string TaskIssued = "task.issued";
    public const string TaskAnswered = "task.answered";
    public const string DictionaryPublished = "dictionary.published";
    public const string AccountAdded = "account.added";
    public const string AccountRole = "account.role-given";
    public const string AccountPassword = "account.password-set";
    public const string AccountDisabled = "account.disabled";
    public const string AccountEnabled = "account.enabled";
    public const string AccountUnlocked = "account.unlocked";
    public const string TokenAdded = "token.added";
    public const string TokenRevoked = "token.revoked";
    public const string TokenRefused = "token.refused";
    public const string SignedIn = "sign-in.good";
    public const string SignInRefused = "sign-in.refused";
    public const string SignInLocked = "sign-in.locked";
    public const string SignedOut = "sign-out";
    public const string CasesRead = "cases.read";
    public const string AuditRead = "audit.read";

    /// <summary>Somebody had a hub go on sealing behind seals that are not its own.</summary>
    public const string AuditAccepted = "audit.accepted";

    public const string ProofMade = "proof.made";
    public const string KeyInUse = "key.in-use";
    public const string HubStarted = "hub.started";

    /// <summary>Nothing else was written for a day: so a newest seal that is older means that sealing has stopped.</summary>
    public const string HubRunning = "hub.running";

    public const string SchemaMigrated = "schema.migrated";
    public const string StorageRewritten = "storage.rewritten";
}
