using CallTracking.Rpc;

namespace CallTracking.Hub.Access;

internal static class AccessExtensions
{
    /// <summary>Adds the registry of regions and what lets them in.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services) =>
        services
            .AddSingleton<IdentitySource>()
            .AddSingleton<RegionStore>()
            .AddSingleton<EnrolmentService>()
            .AddSingleton<RegionService>();

    /// <summary>Puts <see cref="CallerGate"/> before everything else and maps enrolment and the region's own service.</summary>
    public static WebApplication MapAccess(this WebApplication app)
    {
        app.UseMiddleware<CallerGate>();
        app.MapRpc(app.Services.GetRequiredService<EnrolmentService>().Bind()).OpenTo(GrpcCaller.Stranger);
        app.MapRpc(app.Services.GetRequiredService<RegionService>().Bind()).OpenTo(GrpcCaller.Region);
        return app;
    }
}
