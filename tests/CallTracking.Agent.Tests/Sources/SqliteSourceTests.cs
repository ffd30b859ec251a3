using CallTracking.Mapping;
using CallTracking.Testing;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CallTracking.Agent.Tests.Sources;

/// <summary>Queries of SQLite files, and of a driver that was dropped into a folder.</summary>
public sealed class SqliteSourceTests : IDisposable
{
    private const string Whole = "sql: {provider: sqlite, connection: Data Source=desk.db, query: select * from tickets order by id}";
    private const string Growing = """
        sql: {provider: sqlite, connection: Data Source=desk.db, query: "select * from tickets where changed >= @cursor order by changed", cursor: changed, start: 2020-01-01}
        """;

    private const string Folding = """
        source: desk
        format: {type: table}
        time_zone: Asia/Tokyo
        fold: {by: id, order: changed, last: false}
        key: id
        fields:
          subject: subject
          messages: {each: events, fields: {body: subject}}
        """;

    private readonly SourceBench _bench = new();

    public SqliteSourceTests() => Execute("create table tickets (id integer primary key, changed text, subject)");

    [Fact]
    public async Task Read_WithoutCursor_ReadsEverythingEachTime()
    {
        Insert(1, "2026-11-20 10:00:00", "hums");
        Insert(2, null, "howls");

        var first = await _bench.ReadAsync(Whole);
        var second = await _bench.ReadAsync(Whole);

        Assert.Equal(["1", "2"], first.Ids);
        Assert.Equal(["1", "2"], second.Ids);
        Assert.Equal(540, first.Mapped.First().Case.Opened.UtcOffsetMinutes);
        Assert.Equal("query", Assert.Single(first.Inputs));
    }

    [Fact]
    public async Task Read_FoldOverSeveralTables_MakesOneCaseOfTheirRows()
    {
        Insert(1, "2026-11-20 10:00:00", "hums");
        Insert(2, "2026-11-20 11:00:00", "howls");
        Execute("create table replies (ticket integer, at text, body)");
        Execute("insert into replies values (1, '2026-11-21 10:00:00', 'still hums')");

        var read = await _bench.ReadAsync(
            "sql: {provider: sqlite, connection: Data Source=desk.db, query: \"select id, changed, subject from tickets union all select ticket, at, body from replies\"}", Folding);

        Assert.Equal(["1", "2"], read.Ids);
        Assert.Equal(["hums", "still hums"], read.Mapped.First().Case.Messages.Select(message => message.Body.Clear));
        Assert.Single(read.Outcomes.OfType<RowOutcome.Folded>());
    }

    [Fact]
    public void Load_FoldOfPages_IsAFault()
    {
        var mapping = Folding.Replace("type: table", "type: json, records: tickets", StringComparison.Ordinal);

        var fault = Assert.Single(_bench.Load("http: {url: \"https://localhost/tickets\"}", mapping).Faults);

        Assert.Contains("pages", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_Cursor_NextRunBeginsOneOverlapBeforeTheHighest()
    {
        Insert(1, "2026-11-20 10:00:00");
        Insert(2, "2026-11-20 11:00:00");
        Assert.Equal(["1", "2"], (await _bench.ReadAsync(Growing)).Ids);

        // A tie, a commit that came late, and one that is too late for any overlap.
        Insert(3, "2026-11-20 11:00:00");
        Insert(4, "2026-11-20 10:50:00");
        Insert(5, "2026-11-20 10:40:00");
        var second = await _bench.ReadAsync(Growing);

        Assert.Equal(["4", "2", "3"], second.Ids);
    }

    [Fact]
    public async Task Read_NumericCursor_OverlapsInUnits()
    {
        const string Numbered = """
            sql: {provider: sqlite, connection: Data Source=desk.db, query: "select * from tickets where id >= @cursor order by id", cursor: id, overlap: 2, start: 0}
            """;
        Insert(1, null);
        Insert(10, null);
        await _bench.ReadAsync(Numbered);
        Insert(9, null);
        Insert(7, null);

        Assert.Equal(["9", "10"], (await _bench.ReadAsync(Numbered)).Ids);
    }

    [Fact]
    public async Task Read_CursorOfFractions_MeetsTheHighestAndItsTiesWithoutOverlap()
    {
        const string Measured = """
            sql: {provider: sqlite, connection: Data Source=desk.db, query: "select id, changed, subject, at from tickets join times using (id) where at >= @cursor order by at", cursor: at, overlap: 0, start: 0}
            """;
        Execute("create table times (id integer, at real)");
        for (var id = 1; id <= 200; id++)
        {
            Insert(id, null);
            Execute("insert into times values ($1, $2)", id, 1764200000.1234567 + (id * 0.0123));
            Assert.Contains(id.ToString(System.Globalization.CultureInfo.InvariantCulture), (await _bench.ReadAsync(Measured)).Ids);
            Assert.Equal([id.ToString(System.Globalization.CultureInfo.InvariantCulture)], (await _bench.ReadAsync(Measured)).Ids);
        }
    }

    [Fact]
    public async Task Read_TextCursorOfNanoseconds_GoesOnFromIt()
    {
        Insert(1, "2026-11-20T10:00:00.123456789Z");
        Insert(2, "2026-11-20T11:00:00.123456789Z");
        await _bench.ReadAsync(Growing);
        Insert(3, "2026-11-20T11:00:00.123456789Z");

        Assert.Equal(["2", "3"], (await _bench.ReadAsync(Growing)).Ids);
    }

    [Fact]
    public async Task Read_OneAbsurdNumber_HidesNothingThatComesAfter()
    {
        const string Numbered = """
            sql: {provider: sqlite, connection: Data Source=desk.db, query: "select * from tickets where id >= @cursor order by id", cursor: id, overlap: 2, start: 0}
            """;
        Execute("insert into tickets values (9007199254740991, null, null)");
        Insert(10, null);
        Insert(11, null);
        await _bench.ReadAsync(Numbered);
        Insert(12, null);

        Assert.Equal(["10", "11", "12", "9007199254740991"], (await _bench.ReadAsync(Numbered)).Ids);
        Assert.Contains(_bench.Said, line => line.Contains("stands alone", StringComparison.Ordinal));
        Execute("insert into tickets select 9007199254740000 + value, null, null from json_each('[1, 2, 3, 990]')");
        await _bench.ReadAsync(Numbered);
        Assert.Equal(["9007199254740990", "9007199254740991"], (await _bench.ReadAsync(Numbered)).Ids);
    }

    [Fact]
    public async Task Read_CutRun_BeginsWhereTheLastWholeOneEnded()
    {
        Insert(1, "2026-11-20 10:00:00");
        await _bench.ReadAsync(Growing);
        Insert(2, "2026-11-21 10:00:00");
        Insert(3, "2026-11-22 10:00:00");
        await _bench.ReadAsync(Growing, stopAfter: 2);

        Assert.Equal(["1", "2", "3"], (await _bench.ReadAsync(Growing)).Ids);
        Assert.Equal(["3"], (await _bench.ReadAsync(Growing)).Ids);
    }

    [Fact]
    public async Task Read_RowFromTheFuture_HidesNothingThatComesAfter()
    {
        _bench.Clock = new ManualClock();
        var now = _bench.Clock.GetUtcNow();
        Insert(1, "2190-01-01 10:00:00");
        await _bench.ReadAsync(Growing);
        Insert(2, $"{now.AddHours(9):yyyy-MM-dd HH:mm:ss}");

        Assert.Equal(["2", "1"], (await _bench.ReadAsync(Growing)).Ids);
    }

    [Fact]
    public async Task Read_MappingOrQueryChanged_EverythingIsReadAgain()
    {
        Insert(1, "2026-11-19 10:00:00");
        Insert(2, "2026-11-20 10:00:00");
        await _bench.ReadAsync(Growing);
        Assert.Equal(["2"], (await _bench.ReadAsync(Growing)).Ids);

        Assert.Equal(["1", "2"], (await _bench.ReadAsync(Growing, SourceBench.TableMapping + "\n  product.serial: id\n")).Ids);
        Assert.Equal(["1", "2"], (await _bench.ReadAsync(Growing.Replace("order by changed", "order by changed, id", StringComparison.Ordinal))).Ids);
    }

    [Fact]
    public async Task Read_CellsThatAreNoText_AreRejectedRowByRow()
    {
        Insert(1, "2026-11-20 10:00:00", "sound");
        Execute("insert into tickets values (2, '2026-11-20', x'00ff'), (3, '2026-11-20', cast(x'61ff62' as text)), (4, '2026-11-20', 'a' || char(0) || 'b')");
        Insert(5, "2026-11-20 10:00:00", new string('x', 200_000));
        Insert(6, "2026-11-20 10:00:00", "a \uFFFD of the source's own");
        Insert(7, "2026-11-20 10:00:00", 1.5);

        var read = await _bench.ReadAsync(Whole);

        var reasons = read.Outcomes.OfType<RowOutcome.Rejected>().Select(rejected => rejected.Reason);
        Assert.Equal([RejectReason.BadValue, RejectReason.Undecodable, RejectReason.NulCharacter, RejectReason.TooLarge, RejectReason.DamagedText], reasons);
        Assert.Equal(["1", "7"], read.Ids);
        Assert.Equal("1.5", read.Mapped.Last().Case.Subject.Clear);
    }

    [Theory]
    [InlineData("connection: Data Source=missing.db, query: select 1", "cannot be reached")]
    [InlineData("connection: 'Nonsense=1', query: select 1", "no connection string")]
    [InlineData("connection: 'Data Source=${env:CT_TEST_NOT_SET}', query: select 1", "CT_TEST_NOT_SET is not set")]
    [InlineData("connection: 'Data Source=${file:no.secret}', query: select 1", "no.secret cannot be read")]
    [InlineData("connection: Data Source=desk.db, query: selct 1", "syntax error")]
    [InlineData("connection: Data Source=desk.db, query: select 1 as number", "None of the mapping's columns")]
    [InlineData("connection: Data Source=desk.db, query: delete from tickets", "readonly")]
    [InlineData("connection: Data Source=desk.db, query: 'select id from tickets where changed > @cursor', cursor: changed, start: 2020-01-01", "gives no column 'changed'")]
    public async Task Read_CannotBeHad_IsOneFaultAtTheEntry(string sql, string message)
    {
        var fault = (await _bench.ReadAsync($"sql: {{provider: sqlite, {sql}}}")).Fault;

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.True(fault.File == "query" || fault.Line == 6);
    }

    [Fact]
    public async Task Read_ColumnsOfNoTable_AreRead()
    {
        var read = await _bench.ReadAsync("sql: {provider: sqlite, connection: Data Source=desk.db, query: \"select 1 as id, 'It ' || 'hums' as subject, upper('x') as more, null as changed\"}");

        Assert.Equal("It hums", Assert.Single(read.Mapped).Case.Subject.Clear);
    }

    [Fact]
    public async Task Read_SeveralRowsOfACase_AreFoldedAsTheyCome()
    {
        Insert(1, "2026-11-20 10:00:00", "hums");
        Insert(2, "2026-11-20 11:00:00", "howls");
        const string Messages = "sql: {provider: sqlite, connection: Data Source=desk.db, query: \"select t.id, t.changed, t.subject, m.value as body from tickets t left join json_each('[1, 2, 3]') m on t.id = 1 order by t.id, m.value\"}";
        var mapping = SourceBench.TableMapping.Replace("key: id", "fold: {by: id}\nkey: id", StringComparison.Ordinal) + "\n  messages: {each: events, where: {from: body, is_null: false}, fields: {body: body}}\n";

        var read = await _bench.ReadAsync(Messages, mapping);

        Assert.Equal(["1", "2"], read.Ids);
        Assert.Equal(["1", "2", "3"], read.Mapped.First().Case.Messages.Select(message => message.Body.Clear));
        Assert.Equal(2, read.Outcomes.Count(outcome => outcome is RowOutcome.Folded));
    }

    [Fact]
    public void Load_JoinOfFilesOverAQuery_SaysWhatToDoInstead()
    {
        var load = _bench.Load(Whole, SourceBench.TableMapping + "\njoin:\n  - {as: more, files: more.csv, format: {type: delimited}, key: id, on: id}\n");

        Assert.Contains("Join the tables in the query", Assert.Single(load.Faults).Cure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_CursorThatIsNoTime_FailsAtTheEndAndKeepsNoNote()
    {
        Insert(1, "yesterday");

        var read = await _bench.ReadAsync(Growing);

        Assert.Contains("In 1 row the", read.Fault.Message, StringComparison.Ordinal);
        Execute("update tickets set changed = '2021-01-01'");
        Assert.Equal(["1"], (await _bench.ReadAsync(Growing)).Ids);
    }

    [Fact]
    public async Task Read_DriverFromAFolder_IsLoadedFromThere()
    {
        Insert(1, "2026-11-20 10:00:00");
        var driver = CopyDriver();
        var entry = $$"""
            sql:
              provider: {assembly: {{driver}}, factory: Microsoft.Data.Sqlite.SqliteFactory.Instance}
              connection: "Data Source={{_bench.File("desk.db")}};Pooling=False"
              query: select * from tickets where changed >= @cursor
              cursor: changed
              start: 2020-01-01
            """;

        Assert.Equal(["1"], (await _bench.ReadAsync(entry)).Ids);
        Assert.Contains(AppDomain.CurrentDomain.GetAssemblies(), assembly => assembly.Location == driver);
    }

    [Theory]
    [InlineData("drivers/none.dll", "A.B", "There is no file")]
    [InlineData("drivers/Microsoft.Data.Sqlite.dll", "Microsoft.Data.Sqlite.SqliteFactory.Instanz", "no DbProviderFactory")]
    [InlineData("agent.yaml", "A.B", "cannot be loaded")]
    public async Task Read_DriverThatIsNone_SaysWhatIsMissing(string assembly, string factory, string message)
    {
        CopyDriver();

        var fault = (await _bench.ReadAsync($"sql: {{provider: {{assembly: {assembly}, factory: {factory}}}, connection: x, query: select 1}}")).Fault;

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        if (message.StartsWith("no Db", StringComparison.Ordinal))
        {
            Assert.Contains("Microsoft.Data.Sqlite.SqliteFactory.Instance", fault.Cure, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _bench.Dispose();

    private string CopyDriver()
    {
        var folder = Directory.CreateDirectory(_bench.File("drivers")).FullName;
        foreach (var file in new[] { "Microsoft.Data.Sqlite.dll" }.Concat(Directory.GetFiles(AppContext.BaseDirectory, "SQLitePCLRaw*.dll").Select(Path.GetFileName)))
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, file!), Path.Combine(folder, file!), overwrite: true);
        }

        return Path.Combine(folder, "Microsoft.Data.Sqlite.dll");
    }

    private void Insert(int id, string? changed, object? subject = null) =>
        Execute("insert into tickets values ($1, $2, $3)", id, changed, subject);

    private void Execute(string sql, params object?[] values)
    {
        using var connection = new SqliteConnection($"Data Source={_bench.File("desk.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters.AddWithValue($"${index + 1}", values[index] ?? DBNull.Value);
        }

        command.ExecuteNonQuery();
    }
}
