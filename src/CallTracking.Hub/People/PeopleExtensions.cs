using CallTracking.Hub.Configuration;

namespace CallTracking.Hub.People;

internal static class PeopleExtensions
{
    /// <summary>Adds who may look at pages and REST.</summary>
    public static IServiceCollection AddPeople(this IServiceCollection services, HubOptions options) =>
        services
            .AddSingleton(options.People)
            .AddSingleton<ApiTokenStore>()
            .AddSingleton<PersonFinder>()
            .AddSingleton<AttemptLimits>();

    /// <summary>Puts <see cref="DoorGate"/> before every route of the web listener.</summary>
    public static WebApplication MapPeople(this WebApplication app)
    {
        app.UseMiddleware<DoorGate>();
        return app;
    }
}
