using CallTracking.Hub.Access;
using CallTracking.Hub.Alarms;
using CallTracking.Hub.Audit;
using CallTracking.Hub.Cases;
using CallTracking.Hub.Configuration;
using CallTracking.Hub.Dictionaries;
using CallTracking.Hub.Ingest;
using CallTracking.Hub.Policies;
using CallTracking.Hub.Proof;
using CallTracking.Hub.Reconciliation;
using CallTracking.Hub.Retention;
using CallTracking.Hub.Storage;
using CallTracking.Hub.Telemetry;
using CallTracking.Hub.Transfer;
using CallTracking.Hub.Web;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallTracking.Hub;

internal static class HubServices
{
    /// <summary>Adds every capability of the hub. Whoever wants another clock adds it first.</summary>
    public static IServiceCollection AddHub(this IServiceCollection services, HubOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(options)
            .AddStorage()
            .AddAccess()
            .AddDictionaries()
            .AddPolicies()
            .AddIngest()
            .AddReconciliation()
            .AddTransfer()
            .AddCases()
            .AddRetention(options)
            .AddAlarms(options.Alarms)
            .AddTelemetry(options.Telemetry)
            .AddProof()
            .AddAudit()
            .AddWeb(options);
    }
}
