namespace CallTracking.Hub.Policies;

internal static class PoliciesExtensions
{
    public static IServiceCollection AddPolicies(this IServiceCollection services) => services;

    public static WebApplication MapPolicies(this WebApplication app) => app;
}
