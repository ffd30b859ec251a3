using System.Collections.Concurrent;
using Npgsql;
using Xunit;

namespace CallTracking.Testing;

/// <summary>
/// Fresh databases for a test class: <c>class XTests(PostgresCluster postgres) : IClassFixture&lt;PostgresCluster&gt;</c>.
/// What it made is dropped when the class is done. Mark the tests with <see cref="PostgresFactAttribute"/>.
/// </summary>
public sealed class PostgresCluster : IAsyncLifetime
{
    private readonly ConcurrentBag<PostgresDatabase> _databases = [];

    /// <summary>Creates a database with a random name on the server that all tests share.</summary>
    /// <param name="template">Which database it is a copy of, with nobody in it; null for an empty one.</param>
    /// <exception cref="InvalidOperationException">No server can be had.</exception>
    public async Task<PostgresDatabase> CreateDatabaseAsync(string? template = null)
    {
        var server = await PostgresServer.SharedAsync();
        var database = await PostgresDatabase.CreateOnAsync(server, template);
        _databases.Add(database);
        return database;
    }

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    async Task IAsyncLifetime.DisposeAsync()
    {
        foreach (var database in _databases)
        {
            await database.DisposeAsync();
        }
    }
}

/// <summary>A database that is dropped, with whoever is still connected, when it is disposed.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly string _server;
    private bool _dropped;

    private PostgresDatabase(string server, string name)
    {
        _server = server;
        Name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
        DataSource = NpgsqlDataSource.Create(ConnectionString);
    }

    /// <summary>The database's name: lower-case letters, digits and underscores.</summary>
    public string Name { get; }

    /// <summary>For Npgsql, as superuser.</summary>
    public string ConnectionString { get; }

    /// <summary>A pool on it that is closed with it.</summary>
    public NpgsqlDataSource DataSource { get; }

    /// <summary>Creates a database on a server, such as a private one.</summary>
    /// <param name="server">Where.</param>
    /// <param name="template">Which database it is a copy of, with nobody in it; null for an empty one.</param>
    public static async Task<PostgresDatabase> CreateOnAsync(PostgresServer server, string? template = null)
    {
        var name = $"test_{Guid.NewGuid():N}";
        await ExecuteAsync(server.ConnectionString, $"create database {name} template {template ?? "template1"}");
        return new PostgresDatabase(server.ConnectionString, name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_dropped)
        {
            return;
        }

        _dropped = true;
        await DataSource.DisposeAsync();
        await ExecuteAsync(_server, $"drop database if exists {Name} with (force)");
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        // Unpooled: a pooled connection would keep the maintenance database busy for as long as the test process lives.
        var unpooled = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
        await using var connection = new NpgsqlConnection(unpooled);
        await connection.OpenAsync();
        // Dropping one has the server write out all its pages first: a machine that does much else beside takes longer than the usual half minute.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync();
    }
}
