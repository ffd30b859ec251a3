using System.Net;
using System.Net.Http.Headers;
using CallTracking.Hub.Configuration;
using CallTracking.Hub.People;
using CallTracking.Hub.Tests.Cases;
using CallTracking.Hub.Web;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Hub.Tests.Web;

public sealed class WebGateTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IDisposable
{
    private const string Token = "0123456789abcdef0123456789abcdef";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ct-web-");

    public void Dispose() => _folder.Delete(recursive: true);

    [PostgresFact]
    public async Task Any_WithoutTheToken_IsRefusedButHealth()
    {
        await using var web = await WebKit.StartAsync(await PlantedCases.CreateAsync(postgres), tokenFile: TokenFile(Token));

        foreach (var path in new[] { "/", "/api/v1/regions", "/nowhere" })
        {
            using var refused = await web.Http.GetAsync(path);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Assert.Equal("Bearer", refused.Headers.WwwAuthenticate.Single().Scheme);
            using var wrong = await AskAsync(web, path, "x" + Token[1..]);
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var page = await AskAsync(web, "/", Token);
        using var health = await web.Http.GetAsync("/healthz");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (page.StatusCode, health.StatusCode));
    }

    [PostgresFact]
    public async Task Any_UnderAForeignName_IsRefused()
    {
        await using var web = await WebKit.StartAsync(await PlantedCases.CreateAsync(postgres));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/regions") { Headers = { Host = "evil.example" } };

        using var refused = await web.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, refused.StatusCode);
    }

    [PostgresFact]
    public async Task Pages_EveryAnswer_ForbidsForeignAndInlineContent()
    {
        await using var web = await WebKit.StartAsync(await PlantedCases.CreateAsync(postgres));

        using var page = await web.Http.GetAsync("/");
        var html = await page.Content.ReadAsStringAsync();

        Assert.Contains("script-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("style=\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Health_DatabaseGoneOrOfAnotherSchema_IsUnavailable()
    {
        var planted = await PlantedCases.CreateAsync(postgres);
        await using var web = await WebKit.StartAsync(planted);

        Assert.Equal("ok", System.Text.Json.JsonDocument.Parse(await web.Http.GetStringAsync("/healthz")).RootElement.GetProperty("status").GetString());
        await planted.RunAsync("delete from schema_migration where name = (select max(name) from schema_migration)");
        using var behind = await web.Http.GetAsync("/healthz");
        await planted.DataSource.DisposeAsync();
        using var broken = await web.Http.GetAsync("/");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, behind.StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, broken.StatusCode);
        Assert.Contains("reference", await broken.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", null, true)]
    [InlineData("::1", null, true)]
    [InlineData("0.0.0.0", null, false)]
    [InlineData("10.0.0.5", null, false)]
    [InlineData("10.0.0.5", Token, true)]
    [InlineData("10.0.0.5", "short", false)]
    public void Require_AddressThatOthersReach_NeedsAGoodToken(string address, string? token, bool isGood)
    {
        var options = Options(address) with { WebAccessTokenFile = token is null ? null : TokenFile(token) };

        if (isGood)
        {
            Assert.Equal(token is not null, WebAccess.Require(options).TokenDigest is not null);
            return;
        }

        Assert.Contains("access_token_file", Assert.Throws<HubException>(() => WebAccess.Require(options)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", SignInRule.Required, false, false, "SignIn")]
    [InlineData("127.0.0.1", SignInRule.None, false, false, "Machine")]
    [InlineData("127.0.0.1", SignInRule.None, true, false, "web.sign_in: required")]
    [InlineData("127.0.0.1", null, true, false, "SignIn")]
    [InlineData("10.0.0.5", SignInRule.Required, false, false, "web.tls")]
    [InlineData("10.0.0.5", SignInRule.Required, true, false, "SignIn")]
    [InlineData("10.0.0.5", SignInRule.Required, false, true, "SignIn")]
    [InlineData("10.0.0.5", SignInRule.None, false, true, "web.sign_in: required")]
    [InlineData("10.0.0.5", null, false, true, "SignIn")]
    public void Require_SignIn_DecidesWhoIsAskedAndRefusesWhatTravelsUnencrypted(string address, object? rule, bool isBehindProxy, bool hasTls, string expected)
    {
        var people = new PeopleOptions { SignIn = (SignInRule?)rule, IsBehindProxy = isBehindProxy, Tls = hasTls ? new WebTls("cert.pem", "key.pem") : null };
        var options = Options(address) with { People = people };

        if (Enum.TryParse<WebRule>(expected, out var found))
        {
            Assert.Equal(found, WebAccess.Require(options).Rule);
            return;
        }

        Assert.Contains(expected, Assert.Throws<HubException>(() => WebAccess.Require(options)).Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Any_ThroughAProxyWhereNobodySignsIn_IsRefused()
    {
        await using var web = await WebKit.StartAsync(await PlantedCases.CreateAsync(postgres));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/regions");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");

        using var refused = await web.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, refused.StatusCode);
    }

    private static HubOptions Options(string address) => new()
    {
        Country = "JP",
        Entity = "Example Holdings",
        StateDirectory = "",
        ConnectionString = "",
        GrpcListen = new IPEndPoint(IPAddress.Loopback, 0),
        GrpcHostNames = [],
        WebListen = new IPEndPoint(IPAddress.Parse(address), 8080),
        PoliciesDirectory = "",
    };

    private static async Task<HttpResponseMessage> AskAsync(WebKit web, string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await web.Http.SendAsync(request);
    }

    private string TokenFile(string token)
    {
        var file = Path.Combine(_folder.FullName, "token");
        File.WriteAllText(file, token + "\n");
        return file;
    }
}
