namespace CallTracking.Hub.Cases;

internal static class CasesExtensions
{
    public static IServiceCollection AddCases(this IServiceCollection services) => services;

    public static WebApplication MapCases(this WebApplication app) => app;
}
