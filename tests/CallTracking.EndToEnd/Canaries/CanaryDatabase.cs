using CallTracking.Testing;
using Npgsql;

namespace CallTracking.EndToEnd.Canaries;

/// <summary>A server that compresses nothing and throws no log away, so that what was written can be read on its disk.</summary>
internal sealed class CanaryDatabase : IAsyncDisposable
{
    private const string External = """
        do $$
        declare found record;
        begin
          for found in
            select format('alter table %s alter column %I set storage external', a.attrelid::regclass, a.attname) as change
            from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'public' and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and a.attstorage in ('x', 'm')
          loop
            execute found.change;
          end loop;
        end $$
        """;

    private CanaryDatabase(PostgresServer server, string home) => (Server, Home) = (server, home);

    public PostgresServer Server { get; }

    /// <summary>Data files, write-ahead log and the server's own log.</summary>
    public string Home { get; }

    public static async Task<CanaryDatabase> StartAsync(string folder)
    {
        var server = await PostgresServer.StartPrivateAsync(folder);
        await ExecuteAsync(server.ConnectionString, "alter system set wal_compression = off");
        await ExecuteAsync(server.ConnectionString, "alter system set wal_keep_size = '8GB'");
        await ExecuteAsync(server.ConnectionString, "select pg_reload_conf()");
        var data = (string)(await ExecuteAsync(server.ConnectionString, "show data_directory"))!;
        return new CanaryDatabase(server, Path.GetDirectoryName(data)!);
    }

    /// <summary>Has every column stand on disk as it is.</summary>
    public static Task StoreUncompressedAsync(string connection) => ExecuteAsync(connection, External);

    /// <summary>Brings everything from memory to the data files.</summary>
    public Task CheckpointAsync() => ExecuteAsync(Server.ConnectionString, "checkpoint");

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    internal static async Task<object?> ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
#pragma warning disable CA2100 // Texts of this project's tests.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}
