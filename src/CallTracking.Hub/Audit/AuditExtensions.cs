namespace CallTracking.Hub.Audit;

internal static class AuditExtensions
{
    /// <summary>Adds the audit log's seals and what reads it; what writes to it needs nothing but the database.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services) =>
        services
            .AddSingleton<AuditLogStore>()
            .AddSingleton<SealMemory>()
            .AddSingleton<SealChain>()
            .AddSingleton<AuditSealer>()
            .AddSingleton<AuditVerification>()
            .AddSingleton<HubStart>()
            .AddHostedService<SealingService>();

    public static WebApplication MapAudit(this WebApplication app)
    {
        AuditApi.Map(app);
        return app;
    }
}
