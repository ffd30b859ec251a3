namespace CallTracking.Hub.Telemetry;

internal static class TelemetryExtensions
{
    /// <summary>Has metrics sent where hub.yaml names a collector.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, TelemetryOptions options) => options.Otlp is { } otlp
        ? services.AddHostedService(provider => new OtlpExport(otlp, provider.GetRequiredService<ILogger<OtlpExport>>()))
        : services;
}
