using CallTracking.Hub.Configuration;
using Npgsql;

namespace CallTracking.Hub.Storage;

internal static class StorageExtensions
{
    /// <summary>Adds the one <see cref="NpgsqlDataSource"/> of the process and the <see cref="SchemaMigrator"/>.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services) =>
        services
            .AddSingleton(provider => Open(provider.GetRequiredService<HubOptions>(), provider.GetService<ILoggerFactory>()))
            .AddSingleton(provider => new SchemaMigrator(
                provider.GetRequiredService<NpgsqlDataSource>(), MigrationFile.OfThisBuild, provider.GetRequiredService<TimeProvider>()));

    /// <summary>The way to the configured database.</summary>
    public static NpgsqlDataSource Open(HubOptions options, ILoggerFactory? loggers)
    {
        var connection = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            ApplicationName = "calltracking-hub",

            // What PostgreSQL adds to an error can quote a row.
            IncludeErrorDetail = false,
        };
        var builder = new NpgsqlDataSourceBuilder(connection.ConnectionString);
        return builder.UseLoggerFactory(loggers).EnableParameterLogging(false).Build();
    }
}
