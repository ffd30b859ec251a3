using CallTracking.Hub.Configuration;
using Npgsql;

namespace CallTracking.Hub.Storage;

internal static class StorageExtensions
{
    /// <summary>Adds the one <see cref="NpgsqlDataSource"/> of the process and the <see cref="SchemaMigrator"/>.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services) =>
        services
            .AddSingleton(provider => HubDatabase.Open(provider.GetRequiredService<HubOptions>().ConnectionString, provider.GetService<ILoggerFactory>()))
            .AddSingleton(provider => new SchemaMigrator(
                provider.GetRequiredService<NpgsqlDataSource>(), MigrationFile.OfThisBuild, provider.GetRequiredService<TimeProvider>()));
}
