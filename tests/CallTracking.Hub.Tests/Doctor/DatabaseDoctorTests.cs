using CallTracking.Contracts;
using CallTracking.Hub.Doctor;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Testing;
using Npgsql;
using Xunit;

namespace CallTracking.Hub.Tests.Doctor;

/// <summary>Faults of the database that were made on purpose, and the code under which the hub's <c>doctor</c> names each.</summary>
public sealed class DatabaseDoctorTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    [PostgresFact]
    public async Task Doctor_NoWayToPostgres_NamesTheStep()
    {
        await using var bench = await DoctorBench.StartAsync(postgres);
        var role = $"limited_{Guid.NewGuid():N}";
        await bench.ExecuteAsync($"create role {role} login password 'canary-secret' connection limit 0");
        try
        {
            await bench.IsToldAsync("database-name-unknown", HubExit.Database, "is not known here", bench.Connecting(at => at.Host = "no-such-server.invalid"));
            await bench.IsToldAsync("database-refuses-connection", HubExit.Database, "refuses the connection", bench.Connecting(at => at.Port = 9));
            await bench.IsToldAsync("database-password-wrong", HubExit.Database, "does not take the password of postgres", bench.Connecting(at => at.Password = "canary-secret"));
            await bench.IsToldAsync("database-missing", HubExit.Database, "has no database gone", bench.Connecting(at => at.Database = "gone"));
            await bench.IsToldAsync("database-no-tls", HubExit.Database, "asks for TLS", bench.Connecting(at => at.SslMode = SslMode.Require));
            await bench.IsToldAsync("database-connections-exhausted", HubExit.Database, "no connection left", bench.Connecting(at => (at.Username, at.Password) = (role, "canary-secret")));
            await bench.ExecuteAsync($"alter role {role} connection limit 5");
            await bench.IsToldAsync("database-rights-missing", HubExit.Database, $"{role} may not use", bench.Connecting(at => (at.Username, at.Password) = (role, "canary-secret")));
        }
        finally
        {
            await bench.ExecuteAsync($"drop role {role}");
        }
    }

    [PostgresFact]
    public async Task Doctor_SomethingElseListensThere_NamesIt()
    {
        await using var bench = await DoctorBench.StartAsync(postgres);
        using var deaf = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        deaf.Start();
        var port = ((System.Net.IPEndPoint)deaf.LocalEndpoint).Port;

        await bench.IsToldAsync("database-no-answer", HubExit.Database, "does not answer", bench.Connecting(at => (at.Port, at.Timeout) = (port, 1)));

        using var stop = new CancellationTokenSource();
        var closing = CloseAllAsync(deaf, stop.Token);
        await bench.IsToldAsync("database-breaks-off", HubExit.Database, "breaks it off", bench.Connecting(at => (at.Port, at.Timeout) = (port, 5)));
        await stop.CancelAsync();
        await closing;
    }

    [PostgresFact]
    public async Task Doctor_SchemaOfAnotherProgram_SaysWhichWay()
    {
        await using var bench = await DoctorBench.StartAsync(postgres);
        var empty = await postgres.CreateDatabaseAsync();
        await bench.IsToldAsync("schema-missing", HubExit.Database, "the database is empty", bench.Connecting(at => at.Database = empty.Name));

        await bench.ExecuteAsync("insert into schema_migration values ('2099-01-01_01_later', 'x', now())");
        await bench.IsToldAsync("schema-newer", HubExit.Database, "2099-01-01_01_later, which this build does not know");

        await bench.ExecuteAsync("delete from schema_migration where name in (select name from schema_migration order by name desc limit 2)");
        await bench.IsToldAsync("schema-older", HubExit.Database, "Run: calltracking-hub migrate");

        await bench.ExecuteAsync("update schema_migration set sha256 = repeat('0', 64) where name = (select min(name) from schema_migration)");
        await bench.IsToldAsync("schema-edited", HubExit.Database, "a merged migration was edited");
    }

    [PostgresFact]
    public async Task Doctor_DatabaseTakesNothingIn_IsTold()
    {
        await using var bench = await DoctorBench.StartAsync(postgres);
        await bench.ExecuteAsync($"alter database {bench.Database.Name} set default_transaction_read_only = on");

        await bench.IsToldAsync("database-read-only", HubExit.Database, "takes nothing in");

        await bench.ExecuteAsync($"begin; set transaction read write; alter database {bench.Database.Name} reset default_transaction_read_only; alter database {bench.Database.Name} set synchronous_commit = off; commit");
        await bench.IsToldAsync("database-not-durable", HubExit.Done, "power cut");
        await bench.ExecuteAsync($"alter database {bench.Database.Name} set log_statement = 'all'");
        await bench.IsToldAsync("database-logs-statements", HubExit.Done, "writes statements");
        await bench.ExecuteAsync($"alter database {bench.Database.Name} set log_min_error_statement = 'error'");
        await bench.IsToldAsync("database-logs-rows", HubExit.Done, "statements, values, rows");
    }

    [SmallDiskFact]
    public async Task Doctor_DiskOfTheDatabaseIsFull_IsTold()
    {
        using var disk = await SmallDisk.MountAsync(megabytes: 24);
        await using var server = await PostgresServer.StartPrivateAsync();
        var space = $"space_{Guid.NewGuid():N}";
        await using (var admin = NpgsqlDataSource.Create(server.ConnectionString))
        {
            await ExecuteAsync(admin, $"create tablespace {space} location '{disk.Folder}'");
            await ExecuteAsync(admin, $"create database small tablespace {space}");
        }

        await using var bench = await DoctorBench.StartAsync(postgres);
        var there = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = "small" }.ConnectionString;
        await using (var small = NpgsqlDataSource.Create(there + ";Pooling=false"))
        {
            await ExecuteAsync(small, "create table filler (words text)");
            var full = await Assert.ThrowsAsync<PostgresException>(async () =>
            {
                while (true)
                {
                    await ExecuteAsync(small, "insert into filler select repeat('x', 1000) from generate_series(1, 500)");
                }
            });
            Assert.Equal("53100", full.SqlState);
        }

        await bench.IsToldAsync("database-disk-full", HubExit.Database, "no room left", options => options with { ConnectionString = there });

        await using (var small = NpgsqlDataSource.Create(there + ";Pooling=false"))
        {
            await ExecuteAsync(small, "drop table filler");
        }

        Assert.Contains(await bench.LookAsync(options => options with { ConnectionString = there }), one => one.Code == "schema-missing");
    }

    [Theory]
    [InlineData("database-too-old", Gravity.Fault)]
    [InlineData("database-standby", Gravity.Fault)]
    [InlineData("database-connections-low", Gravity.Doubt)]
    [InlineData("database-clock-wrong", Gravity.Doubt)]
    public void Judge_ServerThatCannotBeHadHere_IsToldByWhatItSaysOfItself(string code, Gravity gravity)
    {
        var now = new DateTimeOffset(2026, 11, 28, 3, 0, 0, TimeSpan.Zero);
        var well = new DatabaseFacts(150004, IsStandby: false, IsReadOnly: false, now, Used: 9, Most: 100, Bytes: 1 << 20, IsDurable: true, WritesStatements: false, WritesRows: false);
        var facts = code switch
        {
            "database-too-old" => well with { Version = 140011 },
            "database-standby" => well with { IsStandby = true, IsReadOnly = true },
            "database-connections-low" => well with { Used = 90 },
            _ => well with { Now = now.AddMinutes(3) },
        };

        Assert.Equal([(Gravity.Well, "database"), (Gravity.Well, "clock")], well.Judge(now.AddSeconds(50)).Select(one => (one.Gravity, one.Code)));
        Assert.Equal((code, gravity), Assert.Single(facts.Judge(now).Where(one => one.Gravity != Gravity.Well).Select(one => (one.Code, one.Gravity))));
    }

    private static async Task CloseAllAsync(System.Net.Sockets.TcpListener listener, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                (await listener.AcceptTcpClientAsync(stop)).Dispose();
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
