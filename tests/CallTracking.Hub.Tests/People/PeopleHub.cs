using System.Net.Http.Headers;
using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Hub.People;
using CallTracking.Hub.Tests.Cases;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CallTracking.Hub.Tests.People;

/// <summary>A whole hub that asks people who they are, with regions DE and JP and a case of each.</summary>
internal sealed class PeopleHub : IAsyncDisposable
{
    /// <summary>Of every account.</summary>
    public const string Password = "correct horse battery";

    public static readonly DateTimeOffset Start = new(2026, 12, 1, 8, 0, 0, TimeSpan.Zero);

    private PeopleHub(TestHub hub, ManualClock clock, PlantedCases planted, CaseUid german, CaseUid japanese)
    {
        (Hub, Clock, Planted, German, Japanese) = (hub, clock, planted, german, japanese);
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = hub.Host.WebAddress };
    }

    public TestHub Hub { get; }

    public ManualClock Clock { get; }

    public PlantedCases Planted { get; }

    public CaseUid German { get; }

    public CaseUid Japanese { get; }

    /// <summary>Follows nothing and keeps no cookies.</summary>
    public HttpClient Http { get; }

    public static async Task<PeopleHub> StartAsync(PostgresCluster postgres, Func<PeopleOptions, PeopleOptions>? change = null)
    {
        var database = await postgres.CreateMigratedAsync();
        var clock = new ManualClock(Start);
        var people = new PeopleOptions { SignIn = SignInRule.Required, WrongTokensAMinute = 10_000, SignInsAMinute = 10_000 };
        var hub = await TestHub.StartAsync(database.ConnectionString, clock, change: options => options with { People = change?.Invoke(people) ?? people });
        var planted = new PlantedCases(database.DataSource, database.ConnectionString);
        foreach (var region in new[] { "DE", "JP" })
        {
            await hub.Services.GetRequiredService<RegionStore>().AddAsync(new RegionRow(RegionCode.Parse(region), region, $"{region}-centre", region, 0, 0, null, null, 0), Start, default);
        }

        return new PeopleHub(hub, clock, planted, await PlantAsync(planted, "DE"), await PlantAsync(planted, "JP"));
    }

    /// <summary>A new token of a role; regional ones see JP.</summary>
    public async Task<(string Id, string Token)> AddTokenAsync(Role role, int days = 90)
    {
        var now = Clock.GetUtcNow();
        var token = ApiToken.Create();
        var row = new ApiTokenRow(PublicId.OfToken(), $"{role} of a test", role, role is Role.Regional ? [RegionCode.Parse("JP")] : [], now, "tester", now.AddDays(days));
        await Hub.Services.GetRequiredService<ApiTokenStore>().AddAsync(row, token, default);
        return (row.Id, token.ToString());
    }

    /// <summary>A new account of a role; regional ones see JP.</summary>
    public async Task<string> AddAccountAsync(string name, Role role = Role.Analyst, Passwords? keptBy = null)
    {
        var person = new Person(PublicId.OfAccount(), role, role is Role.Regional ? [RegionCode.Parse("JP")] : []);
        var hash = (keptBy ?? Hub.Services.GetRequiredService<Passwords>()).Hash(Password);
        Assert.True(await Hub.Services.GetRequiredService<AccountStore>().AddAsync(new Account(person, name, Clock.GetUtcNow(), "tester"), hash, default));
        return person.Id;
    }

    public SignInBrowser OpenBrowser() => new(Hub.Host.WebAddress);

    public Task<HttpResponseMessage> AskAsync(string path, string? token = null, string method = "GET")
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return Http.SendAsync(request);
    }

    public async Task<string> ReadAsync(string path, string token)
    {
        using var answer = await AskAsync(path, token);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Hub.DisposeAsync();
    }

    private static async Task<CaseUid> PlantAsync(PlantedCases planted, string region)
    {
        var uid = await planted.AddAsync(PlantedCases.NewCase(region, region, 1, region is "DE" ? "TOASTER" : "CAMERA"));
        await planted.AddEventAsync(uid, region, 1, +1);
        await planted.RunAsync("insert into resident_count (region, country, product_category, month, count, reported_at) values ($1, $1, $2, '2026-01', 3, $3)", region, region is "DE" ? "TOASTER" : "CAMERA", Start);
        return uid;
    }
}
