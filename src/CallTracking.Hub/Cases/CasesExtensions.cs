namespace CallTracking.Hub.Cases;

internal static class CasesExtensions
{
    public static IServiceCollection AddCases(this IServiceCollection services) =>
        services
            .AddSingleton<CaseStore>()
            .AddSingleton<CaseCounts>()
            .AddSingleton<BacklogStore>()
            .AddSingleton<RegionOverviewStore>()
            .AddSingleton<QueryService>();

    /// <summary>Maps REST. Whoever can reach the web listener may read every region.</summary>
    public static WebApplication MapCases(this WebApplication app)
    {
        CaseApi.Map(app);
        return app;
    }
}
