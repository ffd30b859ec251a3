using System.Runtime.CompilerServices;
using CallTracking.Contracts;
using CallTracking.Hub.Audit;
using CallTracking.Hub.Configuration;
using CallTracking.Hub.Storage;
using Npgsql;

namespace CallTracking.Hub.Doctor;

/// <summary>All looks at a hub in their order: what rests on something that is wrong is not looked at.</summary>
internal static class HubExamination
{
    private const int ConnectSeconds = 10;

    /// <param name="config">Path of hub.yaml.</param>
    /// <param name="clock">Tells the time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async IAsyncEnumerable<Diagnosis> RunAsync(string config, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (options, faults) = HubYaml.Read(config, Environment.GetEnvironmentVariable);
        foreach (var fault in faults)
        {
            yield return Diagnosis.Of(fault, HubExit.Usage, "configuration-wrong");
        }

        if (options is null)
        {
            yield break;
        }

        await foreach (var one in RunAsync(options, clock, cancellationToken))
        {
            yield return one;
        }
    }

    /// <inheritdoc cref="RunAsync(string, TimeProvider, CancellationToken)"/>
    public static async IAsyncEnumerable<Diagnosis> RunAsync(HubOptions options, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var one in StateLook.Look(options))
        {
            yield return one;
        }

        await using var database = HubDatabase.Open(Hasty(options).ConnectionString, loggers: null);
        var look = new DatabaseLook(options, database, clock);
        foreach (var one in await look.LookAsync(cancellationToken))
        {
            yield return one;
        }

        using var keys = new KeysLook(options, clock);
        foreach (var one in keys.Look(look.HasHistory).Concat(SecretFilesLook.Look(options, clock)))
        {
            yield return one;
        }

        foreach (var one in await new ListenLook(options, keys.Authority, clock).LookAsync(cancellationToken))
        {
            yield return one;
        }

        if (!look.IsUsable)
        {
            yield break;
        }

        foreach (var one in await InDatabaseAsync(options, database, keys.SigningKey, clock, cancellationToken))
        {
            yield return one;
        }
    }

    private static async Task<IReadOnlyList<Diagnosis>> InDatabaseAsync(HubOptions options, NpgsqlDataSource database, byte[]? signingKey, TimeProvider clock, CancellationToken cancellationToken)
    {
        var found = new List<Diagnosis>();
        try
        {
            found.AddRange(await new PolicyLook(database, clock).LookAsync(cancellationToken));
            found.AddRange(await new RegionLook(options, database, clock).LookAsync(cancellationToken));
            found.AddRange(await new RetentionLook(database, clock).LookAsync(cancellationToken));
            if (signingKey is not null)
            {
                found.AddRange(await new AuditLook(database, signingKey, new SealMemory(options), clock).LookAsync(cancellationToken));
            }
        }
        catch (NpgsqlException lost)
        {
            found.Add(DatabaseRefusal.Of(lost, new NpgsqlConnectionStringBuilder(options.ConnectionString)));
        }

        return found;
    }

    // Who is called at night does not wait for a minute.
    private static HubOptions Hasty(HubOptions options)
    {
        var connection = new NpgsqlConnectionStringBuilder(options.ConnectionString) { Pooling = false };
        connection.Timeout = Math.Min(connection.Timeout == 0 ? ConnectSeconds : connection.Timeout, ConnectSeconds);
        return options with { ConnectionString = connection.ConnectionString };
    }
}
