namespace CallTracking.Contracts;

/// <summary>What one message of the sync protocol may hold. Both sides enforce them.</summary>
public static class SyncLimits
{
    /// <summary>Cases in a batch.</summary>
    public const int BatchCases = 500;

    /// <summary>Bytes of a batch's records, serialised; a larger case travels alone.</summary>
    public const int BatchBytes = 1024 * 1024;

    /// <summary>Bytes of one serialised case; a larger one goes to the region's quarantine.</summary>
    public const int CaseBytes = 3 * 1024 * 1024;

    /// <summary>What a receiver accepts as one message: a case of the largest size with its envelope.</summary>
    public const int MessageBytes = CaseBytes + (256 * 1024);
}
