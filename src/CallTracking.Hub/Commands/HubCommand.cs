using System.CommandLine;
using CallTracking.Hub.Audit;
using CallTracking.Hub.Configuration;
using CallTracking.Hub.Storage;
using Npgsql;

namespace CallTracking.Hub.Commands;

/// <summary>What all commands share: the configuration file, the services behind a command, and how a failure is told.</summary>
internal static class HubCommand
{
    /// <summary>Which hub.yaml; every command takes it.</summary>
    public static Option<string> ConfigFile { get; } = new("--config", "-c")
    {
        Description = "The hub's configuration file.",
        HelpName = "FILE",
        DefaultValueFactory = _ => "hub.yaml",
        Recursive = true,
    };

    /// <summary>
    /// Runs <paramref name="work"/> with the services of the configured hub (not its listeners, not its jobs). Faults of the
    /// configuration, a refusal, an unreachable database and one that has another schema are told on standard error with an exit code of <see cref="HubExit"/>.
    /// </summary>
    public static void SetHubAction(this Command command, Func<ParseResult, IServiceProvider, CancellationToken, Task<int>> work) =>
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, async options =>
        {
            var services = new ServiceCollection();
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
            services.AddHub(options);
            AuditActor.IsCommandLine();
            await using var provider = services.BuildServiceProvider();
            try
            {
                return await work(parsed, provider, cancellationToken);
            }
            catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn)
            {
                // Asked only now: most commands need no look at the schema, and some no database at all.
                await provider.GetRequiredService<SchemaMigrator>().RequireCurrentAsync(cancellationToken);
                throw;
            }
        }));

    /// <summary>Reads the configuration, runs <paramref name="work"/> with it, and tells failures.</summary>
    public static async Task<int> RunAsync(ParseResult parsed, Func<HubOptions, Task<int>> work)
    {
        var (options, faults) = HubYaml.Read(parsed.GetValue(ConfigFile)!, Environment.GetEnvironmentVariable);
        if (options is null)
        {
            foreach (var fault in faults)
            {
                await Console.Error.WriteLineAsync(fault.ToString());
            }

            return HubExit.Usage;
        }

        try
        {
            return await work(options);
        }
        catch (HubException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return refused.ExitCode;
        }
        catch (PostgresException refused)
        {
            // Detail and Where quote rows; the messages of classes 22 and 23 (data, constraints) quote values. None is shown.
            var words = refused.SqlState.StartsWith("22", StringComparison.Ordinal) || refused.SqlState.StartsWith("23", StringComparison.Ordinal)
                ? "a value did not fit"
                : refused.MessageText;
            await Console.Error.WriteLineAsync($"PostgreSQL refused ({refused.SqlState}): {words}");
            return HubExit.Database;
        }
        catch (NpgsqlException unreachable)
        {
            var at = new NpgsqlConnectionStringBuilder(options.ConnectionString);
            await Console.Error.WriteLineAsync(
                $"The database at {at.Host}:{at.Port} did not answer ({unreachable.InnerException?.GetType().Name ?? unreachable.GetType().Name}). Is it running, and is the connection right?");
            return HubExit.Database;
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"A file cannot be used: {unusable.Message}");
            return HubExit.Usage;
        }
        catch (OperationCanceledException)
        {
            return HubExit.Failed;
        }
    }
}
