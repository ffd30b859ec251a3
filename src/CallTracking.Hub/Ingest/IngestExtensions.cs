using CallTracking.Hub.Access;
using CallTracking.Hub.Reconciliation;
using CallTracking.Rpc;

namespace CallTracking.Hub.Ingest;

internal static class IngestExtensions
{
    /// <summary>Adds what takes the regions' pushes.</summary>
    public static IServiceCollection AddIngest(this IServiceCollection services) =>
        services
            .AddSingleton<EpochStore>()
            .AddSingleton<TaskStore>()
            .AddSingleton<RunStore>()
            .AddSingleton<BatchIntake>()
            .AddSingleton<IngestMeter>()
            .AddSingleton<PushGreeting>()
            .AddSingleton<PushService>();

    public static WebApplication MapIngest(this WebApplication app)
    {
        app.MapRpc(app.Services.GetRequiredService<ReconcileService>().Bind(app.Services.GetRequiredService<PushService>().Bind())).OpenTo(GrpcCaller.Region);
        return app;
    }
}
