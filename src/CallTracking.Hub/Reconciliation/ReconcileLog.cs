using CallTracking.Contracts;

namespace CallTracking.Hub.Reconciliation;

/// <summary>Counts only: which cases, the region says, and <c>cases verify</c>.</summary>
internal static partial class ReconcileLog
{
    private const int Reconcile = 1700;

    [LoggerMessage(Reconcile + 1, LogLevel.Information, "{Region}: compared {Ranges} ranges with its ledger, {Differing} differ; nothing was lost or changed by hand ({Unsealed} cases without a seal)")]
    public static partial void Compared(ILogger logger, RegionCode region, long ranges, long differing, long unsealed);

    [LoggerMessage(Reconcile + 2, LogLevel.Warning, "{Region}: {Lost} cases were deleted from the database beside the hub and {Altered} changed there ({Ranges} ranges compared); the region sends what it has of them again")]
    public static partial void Wounded(ILogger logger, RegionCode region, long lost, long altered, long ranges);
}
