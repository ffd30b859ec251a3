using CallTracking.Hub.Access;
using CallTracking.Rpc;

namespace CallTracking.Hub.Policies;

internal static class PoliciesExtensions
{
    /// <summary>Adds the published policies and what is made of them.</summary>
    public static IServiceCollection AddPolicies(this IServiceCollection services) =>
        services
            .AddSingleton<PolicyStore>()
            .AddSingleton<PolicyChoice>()
            .AddSingleton<PolicyEffects>()
            .AddSingleton<LawReviewStore>()
            .AddSingleton<PolicyTightening>()
            .AddHostedService<TighteningService>()
            .AddSingleton<RuleSource>()
            .AddSingleton<BundleSource>()
            .AddSingleton<PolicyService>();

    public static WebApplication MapPolicies(this WebApplication app)
    {
        app.MapRpc(app.Services.GetRequiredService<PolicyService>().Bind()).OpenTo(GrpcCaller.Region);
        return app;
    }
}
