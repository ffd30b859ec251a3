using CallTracking.Testing;
using Npgsql;
using Xunit;

namespace CallTracking.Contracts.Tests;

/// <summary>The private PostgreSQL clusters of ops/postgres/cluster, which demo and tests stand on.</summary>
public sealed class PostgresKitTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    private const string Planted = "planted-value-4711";

    [PostgresFact]
    public async Task CreateDatabase_TwoDatabases_AreApartAndDropped()
    {
        var server = await PostgresServer.SharedAsync();
        await using var one = await postgres.CreateDatabaseAsync();
        await using (var two = await postgres.CreateDatabaseAsync())
        {
            await RunAsync(one.ConnectionString, "create table only_here (id int)");
            Assert.Equal(0L, await RunAsync(two.ConnectionString, "select count(*) from pg_tables where tablename = 'only_here'"));
            Assert.Equal(1L, await RunAsync(server.ConnectionString, $"select count(*) from pg_database where datname = '{two.Name}'"));
            await two.DisposeAsync();
            Assert.Equal(0L, await RunAsync(server.ConnectionString, $"select count(*) from pg_database where datname = '{two.Name}'"));
        }
    }

    [PostgresFact]
    public async Task CreateDatabase_Encoding_IsUtf8AndTextSortsByUnicode()
    {
        var database = await postgres.CreateDatabaseAsync();

        Assert.Equal("UTF8", await RunAsync(database.ConnectionString, "show server_encoding"));
        Assert.Equal("a,Ä,b", await RunAsync(
            database.ConnectionString, "select string_agg(word, ',' order by word) from unnest(array['b', 'Ä', 'a']) word"));
    }

    [PostgresFact]
    public async Task PrivateServer_KilledAndStarted_KeepsWhatWasCommitted()
    {
        await using var server = await PostgresServer.StartPrivateAsync();
        await RunAsync(server.ConnectionString, "create table kept (id int); insert into kept values (1), (2)");

        await server.KillAsync();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => RunAsync(server.ConnectionString, "select 1"));
        await server.StartAsync();

        Assert.Equal(2L, await RunAsync(server.ConnectionString, "select count(*) from kept"));
    }

    [PostgresFact]
    public async Task Server_StatementsThatFail_LeaveNoValueInItsLog()
    {
        await using var server = await PostgresServer.StartPrivateAsync();
        await RunAsync(server.ConnectionString, "create table people (name text primary key, born date)");
        string[] failing =
        [
            $"select '{Planted}'::int",
            $"insert into people (name) values ('{Planted}'), ('{Planted}')",
            $"insert into people values ('x', '{Planted}')",
            $"do $$ begin raise warning '{Planted}'; raise exception '{Planted}'; end $$",
        ];

        foreach (var statement in failing)
        {
            await Assert.ThrowsAsync<PostgresException>(() => RunAsync(server.ConnectionString, statement));
        }

        var log = (string?)await RunAsync(
            server.ConnectionString, "select pg_read_file(current_setting('data_directory') || '/../log')");
        Assert.Contains("ready to accept connections", log, StringComparison.Ordinal);
        Assert.DoesNotContain(Planted, log, StringComparison.Ordinal);
    }

    private static async Task<object?> RunAsync(string connectionString, string sql)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
        await using var connection = new NpgsqlConnection(unpooled);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
