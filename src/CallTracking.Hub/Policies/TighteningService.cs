using CallTracking.Hub.Audit;
using Npgsql;

namespace CallTracking.Hub.Policies;

/// <summary>Looks every minute whether other rules hold than the stored cases were brought to, and brings them there.</summary>
internal sealed class TighteningService(PolicyTightening tightening, TimeProvider clock, ILogger<TighteningService> logger) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        AuditActor.IsJob("tightening");
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Beat, clock, stoppingToken);
            try
            {
                await tightening.RunAsync(_ => { }, stoppingToken);
            }
            catch (Exception trouble) when (trouble is NpgsqlException or HubException)
            {
                // PostgreSQL's own words can quote a row.
                PolicyLog.TighteningStopped(logger, trouble is HubException ? trouble.Message : trouble.GetType().Name);
            }
        }
    }
}
