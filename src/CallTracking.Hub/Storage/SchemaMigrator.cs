using CallTracking.Hub.Audit;
using Npgsql;

namespace CallTracking.Hub.Storage;

/// <summary>
/// Brings the database to the schema of this build, one transaction a migration, and tells whether it is there. Several
/// processes may migrate at once: an advisory lock lets them do it one after the other.
/// </summary>
internal sealed class SchemaMigrator(NpgsqlDataSource dataSource, IReadOnlyList<MigrationFile> migrations, TimeProvider clock)
{
    // Any number that nothing else in this database uses: "CTHUB" in ASCII.
    private const long LockKey = 0x4354485542;

    private const string TakeLock = "select pg_advisory_lock($1)";
    private const string ReleaseLock = "select pg_advisory_unlock($1)";

    private const string CreateRegister = """
        create table if not exists schema_migration (
            name        text primary key,
            sha256      text not null,
            applied_at  timestamptz not null
        )
        """;

    private const string HasRegister = "select to_regclass('schema_migration') is not null";
    private const string HasLog = "select to_regclass('audit_log') is not null";
    private const string ReadRegister = "select name, sha256 from schema_migration order by name";
    private const string Register = "insert into schema_migration (name, sha256, applied_at) values ($1, $2, $3)";

    /// <summary>Runs what is missing and returns the names of what it ran.</summary>
    /// <exception cref="HubException">A merged migration was edited, or the database is newer than this build.</exception>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using (var take = new NpgsqlCommand(TakeLock, connection) { Parameters = { new() { Value = LockKey } } })
        {
            await take.ExecuteNonQueryAsync(cancellationToken);
        }

        try
        {
            return await ApplyMissingAsync(connection, cancellationToken);
        }
        finally
        {
            await using var release = new NpgsqlCommand(ReleaseLock, connection) { Parameters = { new() { Value = LockKey } } };
            await release.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    /// <summary>Ends normally if the database has exactly the schema of this build.</summary>
    /// <exception cref="HubException">It has another; the message names both versions.</exception>
    public async Task RequireCurrentAsync(CancellationToken cancellationToken)
    {
        if (await LookAsync(cancellationToken) is { Fit: not SchemaFit.Current, Words: var words })
        {
            throw new HubException(words, HubExit.Database);
        }
    }

    /// <summary>How the database's schema stands to this build's; changes nothing.</summary>
    public async Task<SchemaState> LookAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var has = new NpgsqlCommand(HasRegister, connection);
        var applied = await has.ExecuteScalarAsync(cancellationToken) is true ? await ReadAsync(connection, cancellationToken) : [];
        if (Foreign(applied) is { } foreign)
        {
            return foreign;
        }

        var newest = migrations[^1].Name;
        if (applied.Count == migrations.Count)
        {
            return new SchemaState(SchemaFit.Current, newest);
        }

        var found = applied.Count == 0 ? "empty" : $"at {applied.Keys.Max(StringComparer.Ordinal)}";
        return new SchemaState(
            applied.Count == 0 ? SchemaFit.Empty : SchemaFit.Older, $"This hub was built for schema {newest}; the database is {found}. Run: calltracking-hub migrate");
    }

    private async Task<IReadOnlyList<string>> ApplyMissingAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using (var create = new NpgsqlCommand(CreateRegister, connection))
        {
            await create.ExecuteNonQueryAsync(cancellationToken);
        }

        var applied = await ReadAsync(connection, cancellationToken);
        RequireKnown(applied);
        var done = new List<string>();
        foreach (var migration in migrations.Where(migration => !applied.ContainsKey(migration.Name)))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using (var run = new NpgsqlCommand(migration.Sql, connection, transaction) { CommandTimeout = 0 })
            {
                await run.ExecuteNonQueryAsync(cancellationToken);
            }

            await using var register = new NpgsqlCommand(Register, connection, transaction)
            {
                Parameters = { new() { Value = migration.Name }, new() { Value = migration.Sha256 }, new() { Value = clock.GetUtcNow() } },
            };
            await register.ExecuteNonQueryAsync(cancellationToken);
            await NoteAsync(connection, migration, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            done.Add(migration.Name);
        }

        return done;
    }

    // Before the log is there, nothing can be written to it.
    private static async Task NoteAsync(NpgsqlConnection connection, MigrationFile migration, CancellationToken cancellationToken)
    {
        await using var has = new NpgsqlCommand(HasLog, connection);
        if (await has.ExecuteScalarAsync(cancellationToken) is true)
        {
            await connection.NoteAsync(AuditEntry.Of(AuditCode.SchemaMigrated, migration.Name, ("sha256", migration.Sha256)), cancellationToken);
        }
    }

    private void RequireKnown(Dictionary<string, string> applied)
    {
        if (Foreign(applied) is { Words: var words })
        {
            throw new HubException(words, HubExit.Database);
        }
    }

    // Null when all that was applied is of this build.
    private SchemaState? Foreign(Dictionary<string, string> applied)
    {
        var known = migrations.ToDictionary(migration => migration.Name, migration => migration.Sha256);
        var newest = migrations[^1].Name;
        if (applied.Keys.Where(name => !known.ContainsKey(name)).Max(StringComparer.Ordinal) is { } unknown)
        {
            return new SchemaState(
                SchemaFit.Newer,
                $"This hub was built for schema {newest}; the database is at {unknown}, which this build does not know. "
                + "Run the hub version that migrated it, or a newer one.");
        }

        return applied.FirstOrDefault(entry => known[entry.Key] != entry.Value) is { Key: { } edited } difference
            ? new SchemaState(
                SchemaFit.Edited,
                $"Migration {edited} was applied with text {difference.Value[..12]} and this build (schema {newest}) carries {known[edited][..12]}: "
                + "a merged migration was edited. Restore its text; put the change into a new migration.")
            : null;
    }

    private static async Task<Dictionary<string, string>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var applied = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var read = new NpgsqlCommand(ReadRegister, connection);
        await using var reader = await read.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            applied.Add(reader.GetString(0), reader.GetString(1));
        }

        return applied;
    }
}

/// <summary>How a database's schema stands to the one that a build was made for.</summary>
internal enum SchemaFit
{
    Current,
    Empty,
    Older,

    /// <summary>Another build went further.</summary>
    Newer,

    /// <summary>A migration that was applied has another text here.</summary>
    Edited,
}

/// <summary>What was found.</summary>
/// <param name="Fit">In one word.</param>
/// <param name="Words">The schema's name where it fits; else a sentence with both versions and the cure.</param>
internal sealed record SchemaState(SchemaFit Fit, string Words);
