namespace CallTracking.Hub.Reconciliation;

internal static class ReconciliationExtensions
{
    /// <summary>Adds what compares the regions' ledgers with what is stored. Its call is of the sync service, which <c>MapIngest</c> maps.</summary>
    public static IServiceCollection AddReconciliation(this IServiceCollection services) => services.AddSingleton<ReconcileService>();
}
