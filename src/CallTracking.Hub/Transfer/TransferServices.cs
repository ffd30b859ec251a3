namespace CallTracking.Hub.Transfer;

internal static class TransferServices
{
    /// <summary>Adds what takes files of regions without a line in.</summary>
    public static IServiceCollection AddTransfer(this IServiceCollection services) =>
        services
            .AddSingleton<TransferStore>()
            .AddTransient<TransferExtras>()
            .AddTransient<TransferImport>();
}
