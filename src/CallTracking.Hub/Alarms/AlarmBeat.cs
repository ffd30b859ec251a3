namespace CallTracking.Hub.Alarms;

/// <summary>
/// Looks every half minute. Each hub process does, where one would do: the rows decide who raises and who sends, an alarm does not wait for a scheduler to
/// notice that its hub is dead, and every process shows its own metric.
/// </summary>
internal sealed class AlarmBeat(LateRegions late, AlarmDelivery delivery, AlarmStore alarms, AlarmMeter meter, TimeProvider clock, ILogger<AlarmBeat> logger) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(30);

    /// <summary>One look: what is late, what is to be told, what is open.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await late.LookAsync(cancellationToken);
        await delivery.DeliverAsync(cancellationToken);
        meter.Show(await alarms.ListOpenAsync(cancellationToken));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the host's own start: a database that hangs must not keep the listeners from opening.
        await Task.Yield();
        var isFailing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
                isFailing = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failed)
            {
                // Once: a database that is away for a night is told by everything else, too.
                if (!isFailing)
                {
                    AlarmLog.LookFailed(logger, Beat, failed);
                    isFailing = true;
                }
            }

            try
            {
                await Task.Delay(Beat, clock, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
