namespace CallTracking.Hub.Alarms;

internal static class AlarmsExtensions
{
    /// <summary>Adds the look for late regions, the alarms, and the channels that hub.yaml names.</summary>
    public static IServiceCollection AddAlarms(this IServiceCollection services, AlarmOptions options)
    {
        if (options.Webhook is { } webhook)
        {
            services.AddSingleton<IAlarmChannel>(provider => new WebhookChannel(webhook, provider.GetRequiredService<TimeProvider>()));
        }

        if (options.Mail is { } mail)
        {
            services.AddSingleton<IAlarmChannel>(new MailChannel(mail));
        }

        return services
            .AddSingleton<NightStore>()
            .AddSingleton<AlarmStore>()
            .AddSingleton<AlarmMeter>()
            .AddSingleton<AlarmDelivery>()
            .AddSingleton<LateRegions>()
            .AddSingleton<StalledSeals>()
            .AddSingleton<AlarmBeat>()
            .AddHostedService(provider => provider.GetRequiredService<AlarmBeat>());
    }
}
