using System.Net;
using System.Text.Json;
using CallTracking.Contracts;
using CallTracking.Hub.Cases;
using CallTracking.Hub.People;
using CallTracking.Testing;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;
using static CallTracking.Hub.Tests.Cases.PlantedCases;

namespace CallTracking.Hub.Tests.Cases;

public sealed class CaseApiTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    [PostgresFact]
    public async Task Cases_JsonPages_HoldEveryCaseOnce()
    {
        await using var api = await StartAsync();
        for (var day = 1; day <= 5; day++)
        {
            await api.Planted.AddAsync(NewCase("DE", "DE", day, "BATTERY"));
        }

        await api.Planted.AddAsync(NewCase("JP", "JP", 1));
        var uids = new List<string>();
        var cursor = "";
        do
        {
            var page = await api.JsonAsync($"cases?region=DE&category=BATTERY&limit=2{cursor}");
            uids.AddRange(page.GetProperty("cases").EnumerateArray().Select(found => found.GetProperty("case_uid").GetString()!));
            var next = page.GetProperty("next_cursor").GetString();
            cursor = next is null ? "" : $"&cursor={next}";
        }
        while (cursor.Length > 0);

        Assert.Equal(5, uids.Distinct().Count());
        var one = await api.JsonAsync($"cases/{uids[0]}");
        Assert.Equal("CASE_STATUS_OPEN", one.GetProperty("case").GetProperty("status").GetString());
        Assert.Equal("Battery of [NAME_1]", one.GetProperty("case").GetProperty("subject").GetProperty("masked").GetString());
        Assert.False(one.GetProperty("case").TryGetProperty("case_uid", out _));
        Assert.Equal(7, one.GetProperty("policy_version").GetInt32());
    }

    [PostgresFact]
    public async Task Cases_CsvOfEverything_IsSafeInASpreadsheet()
    {
        await using var api = await StartAsync();
        var evil = NewCase("DE", "DE", 1);
        evil.Subject = new PersonalText { Masked = "=HYPERLINK(\"http://x\")" };
        await api.Planted.AddAsync(evil);
        await api.Planted.AddAsync(NewCase("DE", "DE", 2));

        using var answer = await api.Http.GetAsync("/api/v1/cases?format=csv&all=true&bom=true");
        var lines = System.Text.Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync()).TrimEnd().Split("\r\n");

        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("\uFEFFcase_uid,region,", lines[0], StringComparison.Ordinal);
        Assert.Equal(3, lines.Length);
        Assert.Contains(",\"'=HYPERLINK(\"\"http://x\"\")\",", lines[2], StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Cases_AcceptHeaderAndJsonLines_ChooseTheFormat()
    {
        await using var api = await StartAsync();
        await api.Planted.AddAsync(NewCase("DE", "DE", 1));
        await api.Planted.AddAsync(NewCase("DE", "DE", 2));

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/cases?limit=1");
        request.Headers.Accept.ParseAdd("text/csv");
        using var csv = await api.Http.SendAsync(request);
        var lines = (await api.Http.GetStringAsync("/api/v1/cases?format=jsonl&limit=0")).TrimEnd().Split('\n');

        Assert.Equal("text/csv", csv.Content.Headers.ContentType?.MediaType);
        Assert.Single(csv.Headers.GetValues("X-Next-Cursor"));
        Assert.Equal(["DE", "DE"], lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("region").GetString()));
    }

    [PostgresFact]
    public async Task Cases_ManyFaults_AreAllNamedInOneAnswer()
    {
        await using var api = await StartAsync();

        using var answer = await api.Http.GetAsync("/api/v1/cases?status=opened&limit=5000&cursor=xyz&all=true&colour=red");
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["all", "colour", "cursor", "limit", "status"],
            problem.GetProperty("faults").EnumerateArray().Select(fault => fault.GetProperty("parameter").GetString()!).Order(StringComparer.Ordinal));
    }

    [PostgresTheory]
    [InlineData("cases/zz", HttpStatusCode.BadRequest)]
    [InlineData("cases/0123456789abcdef0123456789abcdef", HttpStatusCode.NotFound)]
    [InlineData("counts", HttpStatusCode.BadRequest)]
    [InlineData("backlog", HttpStatusCode.BadRequest)]
    [InlineData("regions?x=1", HttpStatusCode.BadRequest)]
    public async Task Any_QuestionThatCannotBeAnswered_IsAProblem(string path, HttpStatusCode expected)
    {
        await using var api = await StartAsync();

        using var answer = await api.Http.GetAsync($"/api/v1/{path}");

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [PostgresFact]
    public async Task CountsAndBacklog_JsonAndCsv_SayTheSame()
    {
        await using var api = await StartAsync();
        var uid = await api.Planted.AddAsync(NewCase("DE", "AT", 1, "BATTERY"));
        await api.Planted.AddEventAsync(uid, "DE", 1, +1);

        var counts = await api.JsonAsync("counts?by=country,category");
        var backlog = await api.JsonAsync("backlog?from=2026-01-01&until=2026-01-02");

        Assert.Equal("""{"total":1,"counts":[{"country":"AT","category":"BATTERY","count":1}]}""", counts.GetRawText());
        Assert.Equal("country,category,count\r\nAT,BATTERY,1\r\n", await api.Http.GetStringAsync("/api/v1/counts?by=country&by=category&format=csv"));
        Assert.Equal("""{"points":[{"at":"2026-01-01T00:00:00Z","region":"DE","open_cases":1},{"at":"2026-01-02T00:00:00Z","region":"DE","open_cases":1}]}""", backlog.GetRawText());
        Assert.Equal("at,region,open_cases\r\n2026-01-01T00:00:00Z,DE,1\r\n", await api.Http.GetStringAsync("/api/v1/backlog?from=2026-01-01&until=2026-01-01&format=csv"));
    }

    [PostgresFact]
    public async Task Regions_OnePushedAndOneNew_ShowBoth()
    {
        await using var api = await StartAsync();
        await PlantRegionsAsync(api.Planted);
        await api.Planted.AddAsync(NewCase("DE", "DE", 1));

        var regions = await api.JsonAsync("regions");

        Assert.Equal(3, regions.GetProperty("policy_version").GetInt32());
        var (first, second) = (regions.GetProperty("regions")[0], regions.GetProperty("regions")[1]);
        Assert.Equal("DE", first.GetProperty("region").GetString());
        Assert.Equal(1, first.GetProperty("stored_cases").GetInt32());
        Assert.True(first.GetProperty("last_run").GetProperty("closes").GetBoolean());
        Assert.Equal(12, first.GetProperty("last_run").GetProperty("rows").GetInt32());
        Assert.Equal("2027-01-01T00:00:00Z", first.GetProperty("certificate_expires_at").GetString());
        Assert.Equal(JsonValueKind.Null, second.GetProperty("last_run").ValueKind);
    }

    internal static async Task PlantRegionsAsync(PlantedCases planted)
    {
        await planted.RunAsync("insert into region (code, name, centre, country, created_at, last_push_at) values ('DE', 'Germany', 'BER-1', 'DE', $1, $2), ('JP', 'Japan', 'TYO-1', 'JP', $1, null)", At(1), At(40));
        await planted.RunAsync(
            "insert into region_certificate values ('\\x01', 'DE', '1', $1, $2, null), ('\\x02', 'DE', '2', $1, $3, $1)", At(1), At(366), At(700));
        await planted.RunAsync("insert into policy_version select n, $1, $1, 'test', '', 1, '' from generate_series(1, 3) n", At(1));
        await planted.RunAsync("insert into policy_version values (4, $1, $2, 'test', '', 1, '')", At(1), new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var report = new RunReport { Rows = 12, Cases = 11, Quarantined = 1, New = 5, Unchanged = 6, Outcome = RunOutcome.Complete };
        await planted.RunAsync("insert into run_report values ('DE', gen_random_uuid(), $1, false, false, $3, ''), ('DE', gen_random_uuid(), $2, true, true, $3, '')",
            At(39), At(40), report.ToByteArray());
    }

    private async Task<RunningApi> StartAsync()
    {
        var planted = await CreateAsync(postgres);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(planted.DataSource).AddSingleton(TimeProvider.System).AddCases();
        var app = builder.Build();
        app.Use((http, next) =>
        {
            http.SetPerson(Person.AtTheMachine);
            return next(http);
        });
        CaseApi.Map(app);
        await app.StartAsync();
        return new RunningApi(app, planted);
    }

    private sealed class RunningApi(WebApplication app, PlantedCases planted) : IAsyncDisposable
    {
        public PlantedCases Planted => planted;

        public HttpClient Http { get; } = new() { BaseAddress = new Uri(app.Urls.Single()) };

        public async Task<JsonElement> JsonAsync(string path) =>
            JsonDocument.Parse(await Http.GetStringAsync($"/api/v1/{path}")).RootElement;

        public async ValueTask DisposeAsync()
        {
            Http.Dispose();
            await app.DisposeAsync();
        }
    }
}
