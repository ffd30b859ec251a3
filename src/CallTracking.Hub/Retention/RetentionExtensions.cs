using CallTracking.Hub.Configuration;
using Npgsql;
using Quartz;

namespace CallTracking.Hub.Retention;

internal static class RetentionExtensions
{
    /// <summary>Adds previews, runs and the nightly job. The job's beat is in the database: of many hub processes one fires it.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services, HubOptions options) =>
        services
            .AddSingleton(options.Retention)
            .AddSingleton<RetentionPolicies>()
            .AddSingleton<RetentionRunStore>()
            .AddSingleton<RetentionRuns>()
            .AddQuartz(quartz => Configure(quartz, options.ConnectionString, options.Retention))
            .AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);

    private static void Configure(IQuartzBuilder quartz, string connection, RetentionSchedule schedule)
    {
        quartz.ConfigureScheduler(scheduler =>
        {
            scheduler.InstanceName = "hub";
            scheduler.InstanceId = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}";
        });
        quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(NpgsqlFactory.Instance, connection);
            store.UseClustering(cluster => cluster.CheckinInterval = TimeSpan.FromSeconds(10));
            store.ConfigureStore(table => table.TablePrefix = "sched.qrtz_");
        });
        quartz.AddJob<RetentionJob>(job => job.WithIdentity("retention").StoreDurably());
        quartz.AddTrigger(trigger => trigger
            .WithIdentity("retention")
            .ForJob("retention")
            .WithCronSchedule(schedule.Cron, cron => cron
                .InTimeZone(schedule.TimeZone)
                .WithMisfireInstruction(CronTriggerMisfireInstruction.DoNothing)));
    }
}
