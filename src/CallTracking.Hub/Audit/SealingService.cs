using Npgsql;

namespace CallTracking.Hub.Audit;

/// <summary>Seals the audit log at start and every minute.</summary>
internal sealed class SealingService(AuditSealer sealer, TimeProvider clock, ILogger<SealingService> logger) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await sealer.SealAsync(Patience, stoppingToken) is > 0 and var seals)
                {
                    AuditEvents.Sealed(logger, seals);
                }
            }
            catch (Exception trouble) when (trouble is NpgsqlException or HubException)
            {
                // PostgreSQL's own words can quote a row.
                AuditEvents.NotSealed(logger, trouble is HubException ? trouble.Message : trouble.GetType().Name);
            }

            await Task.Delay(Beat, clock, stoppingToken);
        }
    }
}

internal static partial class AuditEvents
{
    [LoggerMessage(2801, LogLevel.Debug, "Sealed the audit log with {Seals} more")]
    public static partial void Sealed(ILogger logger, int seals);

    [LoggerMessage(2802, LogLevel.Warning, "The audit log could not be sealed; tried again in a minute: {Why}")]
    public static partial void NotSealed(ILogger logger, string why);

    [LoggerMessage(2803, LogLevel.Error, "A look at cases could not be written down ({Why}): the audit log lacks it")]
    public static partial void NotNoted(ILogger logger, string why);

    [LoggerMessage(2804, LogLevel.Information, "The hub has another {Key} key or certificate than at its last start")]
    public static partial void KeyChanged(ILogger logger, string key);
}
