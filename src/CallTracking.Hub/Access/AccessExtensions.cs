namespace CallTracking.Hub.Access;

internal static class AccessExtensions
{
    public static IServiceCollection AddAccess(this IServiceCollection services) => services;

    public static WebApplication MapAccess(this WebApplication app) => app;
}
