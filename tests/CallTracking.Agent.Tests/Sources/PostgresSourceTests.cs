using System.Diagnostics;
using CallTracking.Mapping;
using CallTracking.Testing;
using Npgsql;
using Xunit;

namespace CallTracking.Agent.Tests.Sources;

/// <summary>Queries of a real PostgreSQL server.</summary>
public sealed class PostgresSourceTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IDisposable
{
    private readonly SourceBench _bench = new();

    [PostgresFact]
    public async Task Read_EveryType_IsTextNumberOrTimeInInvariantForm()
    {
        var expected = new Dictionary<string, string>
        {
            ["true"] = "true",
            ["1234567.891::numeric"] = "1234567.891",
            ["0.1::double precision"] = "0.1",
            ["9223372036854775807::bigint"] = "9223372036854775807",
            ["'2026-11-20 10:00:00.123456'::timestamp"] = "2026-11-20T10:00:00.123456",
            ["'2026-11-20 10:00:00+02'::timestamptz"] = "2026-11-20T08:00:00Z",
            ["'infinity'::timestamptz"] = "infinity",
            ["'2026-11-20'::date"] = "2026-11-20",
            ["'9999-12-31'::date"] = "9999-12-31",
            ["'infinity'::date"] = "infinity",
            ["'-infinity'::date"] = "-infinity",
            ["'10:15'::time"] = "10:15:00",
            ["'6f1c1f0e-2f0b-4c44-9d0a-1b2c3d4e5f60'::uuid"] = "6f1c1f0e-2f0b-4c44-9d0a-1b2c3d4e5f60",
            ["""'{"a": [1]}'::jsonb"""] = """{"a": [1]}""",
            ["""'{"a":1}'::json"""] = """{"a":1}""",
            ["'10.0.0.1'::inet"] = "10.0.0.1",
            ["'ab  '::char(4)"] = "ab",
            ["'mood'::name"] = "mood",
            ["'<a/>'::xml"] = "<a/>",
            ["b'101'::bit(3)"] = "101",
        };
        var query = $"select 1 as id, {string.Join(", ", expected.Keys.Select((value, index) => $"{value} as c{index}"))}";
        var fields = string.Concat(expected.Keys.Select((_, index) => $"\n  c{index}: {{from: c{index}, class: free_text}}"));

        var read = await ReadAsync(query, mapping: SourceBench.TableMapping + "\ncustom_fields:" + fields);

        var found = Assert.Single(read.Mapped).Case.CustomFields.ToDictionary(field => field.Name, field => field.Text.Clear);
        Assert.Equal(expected.Values, Enumerable.Range(0, expected.Count).Select(index => found[$"c{index}"]));
    }

    [PostgresFact]
    public async Task Read_Arrays_GiveSeveralValues()
    {
        var read = await ReadAsync("select 1 as id, array['loud', null, 'night'] as tags, array[1, 2] as numbers", mapping: SourceBench.TableMapping + "\n  tags: [tags, numbers]");

        Assert.Equal(["loud", "night", "1", "2"], Assert.Single(read.Mapped).Case.Tags.Select(tag => tag.Clear));
    }

    [PostgresTheory]
    [InlineData("'\\xff'::bytea")]
    [InlineData("1e100::numeric")]
    [InlineData("'NaN'::numeric")]
    [InlineData("'2 mons'::interval")]
    [InlineData("'0044-03-15 BC'::date")]
    [InlineData("'24:00'::time")]
    [InlineData("'0044-03-15 BC'::timestamp")]
    [InlineData("'12026-03-15'::timestamptz")]
    [InlineData("row(1, 'a')")]
    [InlineData("array[1, null]")]
    [InlineData("array['\\xff'::bytea]")]
    public async Task Read_ValueThatHasNoText_RejectsItsRowAloneAndNamesTheColumn(string value)
    {
        var read = await ReadAsync($"select 1 as id, {value} as subject union all select 2, null union all select 3, {value}");

        Assert.Equal(["2"], read.Ids);
        Assert.All(read.Outcomes.OfType<RowOutcome.Rejected>(), rejected => Assert.Contains("'subject'", rejected.Message, StringComparison.Ordinal));
        Assert.Equal(2, read.Outcomes.OfType<RowOutcome.Rejected>().Count());
        Assert.Empty(read.Faults);
    }

    [PostgresTheory]
    [InlineData("'0044-03-15 BC'::date")]
    [InlineData("'24:00'::time")]
    public async Task Read_ValueThatHasNoTextInAColumnThatNothingReads_CostsNothing(string value)
    {
        var read = await ReadAsync($"select n as id, 'hums' as subject, case when n = 1 then {value} end as other from generate_series(1, 3) n");

        Assert.Equal(["1", "2", "3"], read.Ids);
        Assert.Empty(read.Faults);
    }

    [PostgresTheory]
    [InlineData("timestamptz")]
    [InlineData("timestamp")]
    public async Task Read_Cursor_GoesOnAcrossTiesAndLateCommits(string type)
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await ExecuteAsync(database, $"create table tickets (id int, changed {type}); insert into tickets select n, '2026-11-20 10:00'::timestamp + n * interval '1 minute' from generate_series(1, 60) n");
        const string Query = "select * from tickets where changed >= @cursor order by changed";
        const string Cursor = ", cursor: changed, start: 2020-01-01";
        Assert.Equal(60, (await ReadAsync(Query, Cursor, database)).Ids.Count);

        await ExecuteAsync(database, "insert into tickets select 100, max(changed) from tickets; insert into tickets select 101, max(changed) - interval '14 minutes' from tickets");
        var second = await ReadAsync(Query, Cursor, database);

        Assert.Contains("100", second.Ids);
        Assert.Contains("101", second.Ids);
        Assert.Equal(18, second.Ids.Count);
    }

    [PostgresFact]
    public async Task Read_DatabaseThatIsAwayForAMoment_IsAskedAgainWithinTheRun()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var to = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var by = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Host = "127.0.0.1" };
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        by.Port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var read = _bench.ReadAsync($"sql: {{provider: postgresql, connection: \"{by.ConnectionString}\", query: select 1 as id}}");
        await Eventually.TrueAsync(() => _bench.Said.Exists(line => line.Contains("next try in", StringComparison.Ordinal)));
        await using var way = new TcpWay(by.Port, to.Port);

        Assert.Equal(["1"], (await read).Ids);
    }

    [PostgresFact]
    public async Task Read_LargeText_IsRejectedWithoutBeingHeld()
    {
        var read = await ReadAsync("select 1 as id, repeat('x', 30000000) as subject union all select 2, 'short'");

        Assert.Equal(RejectReason.TooLarge, Assert.IsType<RowOutcome.Rejected>(read.Outcomes[0]).Reason);
        Assert.Equal(["2"], read.Ids);
    }

    [PostgresFact]
    public async Task Read_GivenUpEarly_DoesNotReadTheRest()
    {
        var began = Stopwatch.StartNew();

        var read = await ReadAsync("select n as id from generate_series(1, 100000000) n", stopAfter: 5);

        Assert.Equal(5, read.Ids.Count);
        Assert.True(began.Elapsed < TimeSpan.FromSeconds(60));
    }

    [PostgresTheory]
    [InlineData("create table x (id int)", "25006")]
    [InlineData("select id from nowhere", "42P01")]
    [InlineData("select 1 as id, cast('Erika Mustermann' as int)", "22P02")]
    [InlineData("select 1 as id, pg_sleep(30)", "'timeout'")]
    public async Task Read_QueryFails_SaysWhyWithoutAValue(string query, string message)
    {
        var fault = (await ReadAsync(query, ", timeout: 2s")).Fault;

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Mustermann", fault.ToString(), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Read_ConnectionBreaksOnTheWay_RowsBeforeStandAndTheFaultSaysWhy()
    {
        var read = await ReadAsync("select n as id, repeat('x', 1000) || (case when n = 5000 then pg_terminate_backend(pg_backend_pid())::text else '' end) as subject from generate_series(1, 10000) n");

        Assert.Contains("57P01", read.Fault.Message, StringComparison.Ordinal);
        Assert.InRange(read.Ids.Count, 1000, 5000);
    }

    [PostgresFact]
    public async Task Read_NoServer_IsAFault()
    {
        var read = await _bench.ReadAsync("sql: {provider: postgresql, connection: 'Host=127.0.0.1;Port=1;Username=reader;Password=secret-of-the-desk', query: select 1 as id}");

        Assert.Contains("cannot be reached", read.Fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-of-the-desk", read.Fault.ToString(), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Read_WrongPassword_IsNeverShown()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Password = "secret-of-the-desk" }.ConnectionString;

        var fault = (await _bench.ReadAsync($"sql: {{provider: postgresql, connection: \"{connection}\", query: select 1 as id}}")).Fault;

        Assert.Contains("28P01", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-of-the-desk", fault.ToString(), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Read_PasswordFromFileAndEnvironment_IsFound()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var builder = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        _bench.Write("password", builder.Password + "\n");
        Environment.SetEnvironmentVariable("CT_TEST_DESK_USER", builder.Username);

        var read = await _bench.ReadAsync(
            $"sql: {{provider: postgresql, connection: \"Host={builder.Host};Port={builder.Port};Database={builder.Database};Username=${{env:CT_TEST_DESK_USER}};Password=${{file:password}}\", query: select 1 as id}}");

        Assert.Empty(read.Faults);
        Assert.Equal(["1"], read.Ids);
    }

    public void Dispose() => _bench.Dispose();

    private async Task<Read> ReadAsync(string query, string more = "", PostgresDatabase? database = null, string mapping = SourceBench.TableMapping, int stopAfter = int.MaxValue)
    {
        var own = database is null ? await postgres.CreateDatabaseAsync() : null;
        var connection = (database ?? own)!.ConnectionString;
        return await _bench.ReadAsync(
            $"sql: {{provider: postgresql, connection: \"{connection}\", query: {System.Text.Json.JsonSerializer.Serialize(query)}{more}}}", mapping, stopAfter);
    }

    private static async Task ExecuteAsync(PostgresDatabase database, string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
