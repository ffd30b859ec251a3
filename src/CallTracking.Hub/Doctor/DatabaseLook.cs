using CallTracking.Contracts;
using CallTracking.Hub.Configuration;
using CallTracking.Hub.Storage;
using Npgsql;

namespace CallTracking.Hub.Doctor;

/// <summary>Looks at the way to PostgreSQL, at the server, at room on its disk, and at the schema.</summary>
internal sealed class DatabaseLook(HubOptions options, NpgsqlDataSource database, TimeProvider clock)
{
    // A megabyte, where the database lies, and gone with the transaction. Not in the write-ahead log: a server whose log has no room stops.
    private const string TakeRoom = """
        set local temp_tablespaces = '';
        create temporary table doctor_room on commit drop as select repeat('x', 1000) as words from generate_series(1, 1000)
        """;

    private const string AnyRegion = "select exists (select from region_certificate)";

    private const string InsufficientPrivilege = "42501";

    /// <summary>True once there is a schema of this build to ask about the rest.</summary>
    public bool IsUsable { get; private set; }

    /// <summary>True once it is known that regions trust this installation: it had keys, then.</summary>
    public bool HasHistory { get; private set; }

    public async Task<IReadOnlyList<Diagnosis>> LookAsync(CancellationToken cancellationToken)
    {
        var found = new List<Diagnosis>(DatabaseWay.Judge(new NpgsqlConnectionStringBuilder(options.ConnectionString)));
        try
        {
            await LookAsync(found, cancellationToken);
        }
        catch (NpgsqlException refused)
        {
            found.Add(DatabaseRefusal.Of(refused, new NpgsqlConnectionStringBuilder(options.ConnectionString)));
        }
        catch (Exception failed) when (failed is System.Net.Sockets.SocketException or TimeoutException or System.Security.Authentication.AuthenticationException)
        {
            found.Add(DatabaseRefusal.Of(failed, new NpgsqlConnectionStringBuilder(options.ConnectionString)));
        }

        return found;
    }

    private async Task LookAsync(List<Diagnosis> found, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        found.AddRange((await DatabaseFacts.OfAsync(connection, cancellationToken)).Judge(clock.GetUtcNow()));
        if (found.TrueForAll(one => one.Gravity != Gravity.Fault))
        {
            await TakeRoomAsync(connection, cancellationToken);
        }

        var schema = await new SchemaMigrator(database, MigrationFile.OfThisBuild, clock).LookAsync(cancellationToken);
        found.Add(Of(schema));
        if (schema.Fit == SchemaFit.Current)
        {
            await using var any = new NpgsqlCommand(AnyRegion, connection);
            HasHistory = await any.ExecuteScalarAsync(cancellationToken) is true;
            IsUsable = true;
        }
    }

    private static async Task TakeRoomAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await using var take = new NpgsqlCommand(TakeRoom, connection, transaction);
            await take.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException refused) when (refused.SqlState == InsufficientPrivilege)
        {
            // A user who may make no temporary table: then this is not known.
        }

        await transaction.RollbackAsync(cancellationToken);
    }

    private static Diagnosis Of(SchemaState schema) => schema.Fit switch
    {
        SchemaFit.Current => Diagnosis.Well("schema", schema.Words),
        SchemaFit.Empty => Fault("schema-missing", schema, "Run: calltracking-hub migrate. If there was a schema before, the connection names another database."),
        SchemaFit.Older => Fault("schema-older", schema, "Run: calltracking-hub migrate, with this version of the program."),
        SchemaFit.Newer => Fault("schema-newer", schema, "Run the version of the program that migrated it, or a newer one; there is no way back."),
        _ => Fault("schema-edited", schema, "Restore the migration's text: run a program as it was published."),
    };

    private static Diagnosis Fault(string code, SchemaState schema, string cure) => Diagnosis.Fault(HubExit.Database, code, schema.Words, cure);
}
