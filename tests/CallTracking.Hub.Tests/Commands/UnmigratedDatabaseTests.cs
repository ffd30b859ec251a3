using CallTracking.Hub.Storage;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Hub.Tests.Commands;

/// <summary>What the real program says where somebody forgot <c>migrate</c>.</summary>
public sealed class UnmigratedDatabaseTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ct-schema-");

    public void Dispose() => _folder.Delete(recursive: true);

    [PostgresTheory]
    [InlineData("policy", "list")]
    [InlineData("policy", "show", "DE")]
    [InlineData("policy", "status")]
    [InlineData("region", "list")]
    [InlineData("cases", "query", "--by", "country")]
    [InlineData("cases", "verify")]
    [InlineData("token", "list")]
    [InlineData("account", "list")]
    [InlineData("dictionary", "list")]
    [InlineData("retention", "list")]
    [InlineData("proof", "--out", "proof.json")]
    public async Task AnyCommand_DatabaseNeverMigrated_SaysSoWithTheCure(params string[] arguments)
    {
        var result = await RunAsync((await postgres.CreateDatabaseAsync()).ConnectionString, arguments);

        Assert.Equal(3, result.ExitCode);
        Assert.Equal($"This hub was built for schema {MigrationFile.OfThisBuild[^1].Name}; the database is empty. Run: calltracking-hub migrate", result.Error.Trim());
    }

    [PostgresFact]
    public async Task AnyCommand_DatabaseBehindWhatItReads_SaysSoWithTheCure()
    {
        var database = await postgres.CreateDatabaseAsync();
        List<MigrationFile> before = [.. MigrationFile.OfThisBuild.TakeWhile(file => !file.Name.EndsWith("case_seals", StringComparison.Ordinal))];
        await new SchemaMigrator(database.DataSource, before, TimeProvider.System).MigrateAsync(default);

        var result = await RunAsync(database.ConnectionString, "cases", "verify");

        Assert.True(before.Count < MigrationFile.OfThisBuild.Count);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains($"the database is at {before[^1].Name}. Run: calltracking-hub migrate", result.Error, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task AnyCommand_TableTakenByHand_IsNoMatterOfMigration()
    {
        var database = await postgres.CreateDatabaseAsync();
        await new SchemaMigrator(database.DataSource, MigrationFile.OfThisBuild, TimeProvider.System).MigrateAsync(default);
        await using (var drop = database.DataSource.CreateCommand("drop table policy_version cascade"))
        {
            await drop.ExecuteNonQueryAsync();
        }

        var result = await RunAsync(database.ConnectionString, "policy", "list");

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("PostgreSQL refused (42P01)", result.Error, StringComparison.Ordinal);
    }

    private async Task<ProgramResult> RunAsync(string connectionString, params string[] arguments)
    {
        var yaml = Path.Combine(_folder.FullName, "hub.yaml");
        await File.WriteAllTextAsync(yaml, "country: JP\nentity: Example Holdings\n");
        await using var run = HubProgram.Start(yaml, connectionString, arguments);
        return await run.WaitForExitAsync(TimeSpan.FromMinutes(2));
    }
}
