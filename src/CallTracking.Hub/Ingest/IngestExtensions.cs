namespace CallTracking.Hub.Ingest;

internal static class IngestExtensions
{
    public static IServiceCollection AddIngest(this IServiceCollection services) => services;

    public static WebApplication MapIngest(this WebApplication app) => app;
}
