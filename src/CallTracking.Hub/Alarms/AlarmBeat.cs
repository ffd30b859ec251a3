namespace CallTracking.Hub.Alarms;

/// <summary>
/// Looks every half minute, and delivers beside that: a channel that is slow puts off no look. Each hub process does, where one would do: the rows decide who raises
/// and who sends, an alarm does not wait for a scheduler to notice that its hub is dead, and every process shows its own metric.
/// </summary>
internal sealed class AlarmBeat(
    LateRegions late, StalledSeals seals, AlarmDelivery delivery, AlarmStore alarms, AlarmMeter meter, TimeProvider clock, ILogger<AlarmBeat> logger) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(30);

    /// <summary>One look: what is late, what is open.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await late.LookAsync(cancellationToken);
        await seals.LookAsync(cancellationToken);
        meter.Show(await alarms.ListOpenAsync(cancellationToken), clock.GetTimestamp());
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the host's own start: a database that hangs must not keep the listeners from opening.
        await Task.Yield();
        await Task.WhenAll(RepeatAsync(LookAsync, stoppingToken), RepeatAsync(delivery.DeliverAsync, stoppingToken));
    }

    private async Task RepeatAsync(Func<CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        var isFailing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await work(stoppingToken);
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
