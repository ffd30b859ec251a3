using CallTracking.Hub.Access;
using CallTracking.Rpc;

namespace CallTracking.Hub.Cases;

internal static class CasesExtensions
{
    public static IServiceCollection AddCases(this IServiceCollection services) =>
        services
            .AddSingleton<CaseStore>()
            .AddSingleton<CaseExplanation>()
            .AddSingleton<CaseVerification>()
            .AddSingleton<CaseCounts>()
            .AddSingleton<BacklogStore>()
            .AddSingleton<RegionOverviewStore>()
            .AddSingleton<QueryService>();

    /// <summary>
    /// Maps REST for people, who read what their role and regions let them, and gRPC, where a certificate reads its own region.
    /// </summary>
    public static WebApplication MapCases(this WebApplication app)
    {
        CaseApi.Map(app);
        app.MapRpc(app.Services.GetRequiredService<QueryService>().Bind(context => CaseScope.Only(context.RequireRegion()))).OpenTo(GrpcCaller.Region);
        return app;
    }
}
