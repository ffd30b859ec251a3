using CallTracking.Hub.Storage;
using CallTracking.Testing;
using Npgsql;
using Xunit;

namespace CallTracking.Hub.Tests.Storage;

public sealed class SchemaMigratorTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    private static IReadOnlyList<MigrationFile> All => MigrationFile.OfThisBuild;

    [PostgresFact]
    public async Task MigrateAsync_EmptyDatabase_AppliesAllInOrderAndThenNothing()
    {
        var database = await postgres.CreateDatabaseAsync();
        var migrator = new SchemaMigrator(database.DataSource, All, TimeProvider.System);

        Assert.Equal(All.Select(file => file.Name), await migrator.MigrateAsync(default));
        Assert.Empty(await migrator.MigrateAsync(default));
        await migrator.RequireCurrentAsync(default);
    }

    [PostgresFact]
    public async Task MigrateAsync_FourProcessesAtOnce_EachMigrationRunsOnce()
    {
        var database = await postgres.CreateDatabaseAsync();
        var migrator = new SchemaMigrator(database.DataSource, All, TimeProvider.System);

        var done = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => migrator.MigrateAsync(default)));

        Assert.Equal(All.Select(file => file.Name).Order(StringComparer.Ordinal), done.SelectMany(names => names).Order(StringComparer.Ordinal));
    }

    [PostgresFact]
    public async Task RequireCurrentAsync_EmptyDatabase_NamesBothVersionsAndTheCure()
    {
        var database = await postgres.CreateDatabaseAsync();

        var refused = await Assert.ThrowsAsync<HubException>(
            () => new SchemaMigrator(database.DataSource, All, TimeProvider.System).RequireCurrentAsync(default));

        Assert.Contains("empty", refused.Message, StringComparison.Ordinal);
        Assert.Contains(All[^1].Name, refused.Message, StringComparison.Ordinal);
        Assert.Contains("calltracking-hub migrate", refused.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task RequireCurrentAsync_DatabaseMigratedByANewerHub_NamesBothVersions()
    {
        var database = await postgres.CreateDatabaseAsync();
        var newer = new MigrationFile("2999-01-01_01_later", "create table later (id int)");
        await new SchemaMigrator(database.DataSource, [.. All, newer], TimeProvider.System).MigrateAsync(default);

        var refused = await Assert.ThrowsAsync<HubException>(
            () => new SchemaMigrator(database.DataSource, All, TimeProvider.System).RequireCurrentAsync(default));

        Assert.Contains(newer.Name, refused.Message, StringComparison.Ordinal);
        Assert.Contains(All[^1].Name, refused.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task MigrateAsync_MergedMigrationWasEdited_RefusesAndNamesIt()
    {
        var database = await postgres.CreateDatabaseAsync();
        await new SchemaMigrator(database.DataSource, All, TimeProvider.System).MigrateAsync(default);
        MigrationFile[] edited = [All[0] with { Sql = All[0].Sql + "-- more" }, .. All.Skip(1)];

        var refused = await Assert.ThrowsAsync<HubException>(
            () => new SchemaMigrator(database.DataSource, edited, TimeProvider.System).MigrateAsync(default));

        Assert.Contains(All[0].Name, refused.Message, StringComparison.Ordinal);
        Assert.Contains("edited", refused.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task MigrateAsync_BrokenMigration_LeavesNothingOfIt()
    {
        var database = await postgres.CreateDatabaseAsync();
        MigrationFile[] files = [new("1_good", "create table good (id int)"), new("2_bad", "create table half (id int); select 1/0")];

        await Assert.ThrowsAsync<PostgresException>(
            () => new SchemaMigrator(database.DataSource, files, TimeProvider.System).MigrateAsync(default));

        await using var command = database.DataSource.CreateCommand("select to_regclass('good') is not null, to_regclass('half') is null, (select count(*) from schema_migration)");
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        Assert.True(reader.GetBoolean(0));
        Assert.True(reader.GetBoolean(1));
        Assert.Equal(1, reader.GetInt64(2));
    }
}
