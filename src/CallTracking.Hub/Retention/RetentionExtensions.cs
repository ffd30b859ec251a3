namespace CallTracking.Hub.Retention;

internal static class RetentionExtensions
{
    public static IServiceCollection AddRetention(this IServiceCollection services) => services;
}
