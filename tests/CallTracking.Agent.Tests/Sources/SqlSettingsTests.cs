using CallTracking.Agent.Sources.Sql;
using Xunit;

namespace CallTracking.Agent.Tests.Sources;

/// <summary>An entry's <c>sql</c> and <c>http</c>: what is wrong is told with place, value and cure, and no secret.</summary>
public sealed class SqlSettingsTests : IDisposable
{
    private const string Sound = "provider: sqlite, connection: Data Source=x.db";
    private readonly SourceBench _bench = new();

    [Theory]
    [InlineData("sql: {provider: oracle, connection: c, query: q}", "provider: oracle", "postgresql, sqlite")]
    [InlineData("sql: {connection: c, query: q}", "lacks 'provider'", "postgresql")]
    [InlineData("sql: {provider: {assembly: a.dll}, connection: c, query: q}", "lacks 'factory'", "Instance")]
    [InlineData("sql: {" + Sound + ", query: select 1, cursor: changed, start: 0}", "does not ask from @cursor", "where changed >= @cursor")]
    [InlineData("sql: {" + Sound + ", query: 'select 1 where x > @cursor'}", "no 'cursor' says", "cursor: changed")]
    [InlineData("sql: {" + Sound + ", query: 'select @cursor', cursor: c, start: soon}", "start: soon", "2020-01-01")]
    [InlineData("sql: {" + Sound + ", query: 'select @cursor', cursor: c}", "lacks 'start'", "2020-01-01")]
    [InlineData("sql: {" + Sound + ", query: 'select @cursor', cursor: c, start: 0, overlap: some}", "overlap: some", "5m")]
    [InlineData("sql: {" + Sound + ", query: select 1, overlap: 5m}", "without 'cursor'", "add 'cursor'")]
    [InlineData("sql: {" + Sound + ", query: q, read_only: perhaps}", "read_only: perhaps", "true or false")]
    [InlineData("sql: {" + Sound + ", qurey: q}", "'qurey'", "'query'")]
    [InlineData("sql: {provider: sqlite, connection: 'Password=${evn:X}', query: q}", "${evn:X}", "write one")]
    [InlineData("sql: {" + Sound + ", query: q}\nfiles: a.csv", "files and sql", "two entries")]
    [InlineData("sql: {" + Sound + ", query: 'select @cursor', cursor: c, start: 0}\nsnapshot: true", "a query that gives every case", "'cursor'")]
    [InlineData("sql: {" + Sound + ", query: q}\nsettle: 10s", "'settle' is about files", "leave it out")]
    [InlineData("http: {url: 'https://x.example/t'}\nsnapshot: {max_vanished: 5%}", "pages of an interface", "'gone'")]
    [InlineData("http: {url: 'http://desk.example/t'}", "http://desk.example", "insecure: true")]
    [InlineData("http: {url: nowhere}", "'url' is no address", "https://")]
    [InlineData("http: {url: 'https://x.example/t?since={cursor}'}", "{cursor}", "cursor: {from")]
    [InlineData("http: {url: 'https://x.example/t', cursor: {from: a, start: 2020-01-01}}", "does not ask from {cursor}", "{cursor}")]
    [InlineData("http: {url: 'https://u:hidden@x.example/t'}", "holds a user", "auth")]
    [InlineData("http: {url: 'https://x.example/t', auth: {bearer: a, basic: {user: a, password: b}}}", "exactly one", "bearer")]
    [InlineData("http: {url: 'https://x.example/t', paging: {next: a, page: b}}", "exactly one", "next_page")]
    [InlineData("http: {url: 'https://x.example/t', paging: {next: 'a..b'}}", "next: a..b", "@odata.nextLink")]
    [InlineData("http: {url: 'https://x.example/t', paging: {cursor: a}}", "lacks 'into'", "page[after]")]
    [InlineData("http: {url: 'https://x.example/t', headers: {'Not a header': a}}", "no header", "X-Api-Key")]
    [InlineData("http: {url: 'https://x.example/t', rate: {per_minute: 0}}", "per_minute: 0", "from 1")]
    [InlineData("http: {url: 'https://x.example/t', max_bytes_per_page: 2GB}", "2GB", "64MB")]
    public void Load_Fault_IsToldWithPlaceValueAndCure(string source, string message, string cure)
    {
        var faults = _bench.Configure(source).Faults;

        var fault = Assert.Single(faults, fault => fault.Message.Contains(message, StringComparison.Ordinal));
        Assert.True(fault.Line >= 6);
        Assert.Contains(cure, fault.Cure, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sql: {" + Sound + ", query: q}", SourceBench.JsonMapping, "type: table")]
    [InlineData("files: inbox/*.csv", SourceBench.TableMapping, "format")]
    [InlineData("http: {url: 'https://x.example/t'}", SourceBench.TableMapping, "format")]
    public void SourceLoad_MappingOfAnotherKind_IsAFault(string source, string mapping, string cure) =>
        Assert.Contains(cure, Assert.Single(_bench.Load(source, mapping).Faults).Cure, StringComparison.Ordinal);

    [Fact]
    public void SourceLoad_TwoEntriesOfOneName_IsAFault()
    {
        var load = _bench.Load("sql: {" + Sound + ", query: q}", more: "  - mapping: mapping.yaml\n    sql: {" + Sound + ", query: p}");

        Assert.Contains("'query' too", Assert.Single(load.Faults).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-20", "2026-11-19")]
    [InlineData("2026-11-20 10:00", "2026-11-20 09:45")]
    [InlineData("2026-11-20T10:00:00.120", "2026-11-20T09:45:00.120")]
    [InlineData("2026-11-20T10:00:00Z", "2026-11-20T09:45:00Z")]
    [InlineData("2026-11-20 10:00:00+05:30", "2026-11-20 09:45:00+05:30")]
    [InlineData("120000", "119000")]
    [InlineData("12.5", "-987.5")]
    public void Minus_Overlap_KeepsTheShapeInWhichTheDatabaseCompares(string value, string expected) =>
        Assert.Equal(expected, SqlCursor.Parse(value)!.Minus(TimeSpan.FromMinutes(15), 1000).Text);

    [Theory]
    [InlineData("9999-12-31T23:59:59-14:00")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("9999-12-31")]
    public void Cursor_AtTheEndsOfTime_StaysInTheCalendar(string value)
    {
        var cursor = SqlCursor.Parse(value)!;

        Assert.NotEmpty(cursor.Minus(TimeSpan.FromDays(36_500), 0).Text);
        Assert.NotNull(cursor.Value);
        Assert.NotNull(cursor.NotAfter(TimeProvider.System.GetUtcNow(), TimeZoneInfo.Utc).ToInstant(TimeZoneInfo.Utc));
        Assert.False(cursor.IsBehind(SqlCursor.Parse("9999-12-31T00:00:00Z")) && cursor.IsBehind(SqlCursor.Parse("9998-01-01T00:00:00Z")) && value[0] == '0');
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2026-13-01")]
    [InlineData("2026-11-20T10:00:00+99:00")]
    [InlineData("")]
    public void Parse_NoCursor_IsNull(string value) => Assert.Null(SqlCursor.Parse(value));

    public void Dispose() => _bench.Dispose();
}
