using CallTracking.Hub.Audit;
using Quartz;

namespace CallTracking.Hub.Retention;

/// <summary>The nightly beat: previews, and goes on by itself only where hub.yaml says <c>mode: run</c>.</summary>
[DisallowConcurrentExecution]
internal sealed class RetentionJob(RetentionRuns runs, RetentionSchedule schedule, TimeProvider clock, ILogger<RetentionJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        AuditActor.IsJob("retention");
        try
        {
            var preview = await runs.PreviewAsync(clock.GetUtcNow(), cancellationToken);
            if (preview.PreviewCount == 0)
            {
                return;
            }

            if (schedule.Mode == RetentionMode.Run)
            {
                await runs.ConfirmAsync(preview.RunId, cancellationToken);
            }
            else
            {
                RetentionLog.Waits(logger, preview.PreviewCount, preview.RunId);
            }
        }
        catch (HubException refused)
        {
            // What a person has to mend is told as such; everything else is Quartz's to log as a failed job.
            RetentionLog.Refused(logger, refused.Message);
        }
    }
}
