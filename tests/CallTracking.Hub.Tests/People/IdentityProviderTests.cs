using System.Net;
using System.Text;
using CallTracking.Contracts;
using CallTracking.Hub.People;
using CallTracking.Testing;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace CallTracking.Hub.Tests.People;

/// <summary>Tokens of an identity provider that really publishes its keys, shown to a real hub.</summary>
public sealed class IdentityProviderTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IAsyncLifetime
{
    private static readonly string[] Analysts = ["somebody", "ct-analysts"];

    private TestProvider _provider = null!;
    private PeopleHub _people = null!;

    public async Task InitializeAsync()
    {
        _provider = await TestProvider.StartAsync();
        _people = await PeopleHub.StartAsync(postgres, options => options with
        {
            Oidc = new OidcOptions
            {
                Issuer = new Uri(_provider.Issuer, UriKind.Absolute),
                Audience = TestProvider.Audience,
                RoleClaim = "roles",
                Roles = [new OidcRole("ct-analysts", Role.Analyst, []), new OidcRole("ct-tokyo", Role.Regional, [RegionCode.Parse("JP")])],
            },
        });
    }

    public async Task DisposeAsync()
    {
        await _people.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [PostgresFact]
    public async Task Token_OfTheProvider_OpensWhatItsRoleMay()
    {
        var analyst = _provider.Issue(Now, Analysts);
        var regional = _provider.Issue(Now, "ct-tokyo", by: new SigningCredentials(_provider.Curve, SecurityAlgorithms.EcdsaSha256));

        Assert.Equal("region,count\r\nDE,4\r\nJP,4\r\n", await _people.ReadAsync("/api/v1/counts?by=region&format=csv", analyst));
        Assert.Equal("region,count\r\nJP,4\r\n", await _people.ReadAsync("/api/v1/counts?by=region&format=csv", regional));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(analyst));
        Assert.Equal(1, _provider.Fetches);
        Assert.DoesNotContain(_people.Hub.Log.Events, entry => entry.Text.Contains("somebody@", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task Token_ThatIsNotGood_IsRefusedWhateverIsWrongWithIt()
    {
        var other = TestProvider.NewRsa("rsa-1");
        var good = _provider.Issue(Now, Analysts);
        var parts = good.Split('.');
        var richer = Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(parts[1]).Replace("somebody@", "president@", StringComparison.Ordinal));
        var secret = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Convert.ToBase64String(_provider.Rsa.Rsa.ExportRSAPublicKey()))) { KeyId = "rsa-1" };
        var bad = new Dictionary<string, string>
        {
            ["another issuer"] = _provider.Issue(Now, Analysts, claims => claims["iss"] = "https://evil.example"),
            ["another audience"] = _provider.Issue(Now, Analysts, claims => claims["aud"] = "payroll"),
            ["no audience"] = _provider.Issue(Now, Analysts, claims => claims.Remove("aud")),
            ["over"] = _provider.Issue(Now.AddMinutes(-6), Analysts),
            ["not begun"] = _provider.Issue(Now.AddMinutes(1), Analysts),
            ["without an end"] = _provider.Issue(Now, Analysts, claims => claims.Remove("exp")),
            ["without a subject"] = _provider.Issue(Now, Analysts, claims => claims.Remove("sub")),
            ["no role of ours"] = _provider.Issue(Now, new[] { "ct-guests" }),
            ["roles that are no words"] = _provider.Issue(Now, new[] { 1, 2 }),
            ["another's key under the same name"] = _provider.Issue(Now, Analysts, by: new SigningCredentials(other, SecurityAlgorithms.RsaSha256)),
            ["another algorithm of the same key"] = _provider.Issue(Now, Analysts, by: new SigningCredentials(_provider.Rsa, SecurityAlgorithms.RsaSsaPssSha256)),
            ["the public key as a secret"] = _provider.Issue(Now, Analysts, by: new SigningCredentials(secret, SecurityAlgorithms.HmacSha256)),
            ["no signature"] = $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.",
            ["the signature cut off"] = $"{parts[0]}.{parts[1]}.",
            ["another content"] = $"{parts[0]}.{richer}.{parts[2]}",
            ["no token"] = "a.b.c",
        };

        Assert.Equal(HttpStatusCode.OK, await AskAsync(good));
        var accepted = new List<string>();
        foreach (var (what, token) in bad)
        {
            if (await AskAsync(token) is not HttpStatusCode.Unauthorized)
            {
                accepted.Add(what);
            }
        }

        Assert.Empty(accepted);
    }

    [PostgresFact]
    public async Task Keys_WhenTheProviderChangesThem_AreFetchedAnewAndOldOnesEnd()
    {
        var before = _provider.Issue(Now, Analysts);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(before));
        _provider.Rotate();
        var after = _provider.Issue(Now, Analysts);

        // Not more often than every half minute, whatever keys tokens name.
        Assert.Equal((HttpStatusCode.Unauthorized, 1), (await AskAsync(after), _provider.Fetches));
        _people.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal((HttpStatusCode.OK, 2), (await AskAsync(after), _provider.Fetches));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(before));
    }

    [PostgresFact]
    public async Task Provider_AwayOrAnother_LetsNobodyInAndShutsNobodyOutWhoseKeyIsKnown()
    {
        _provider.IsAway = true;
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(_provider.Issue(Now, Analysts)));
        _provider.IsAway = false;
        _provider.ClaimedIssuer = "https://evil.example";
        _people.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(_provider.Issue(Now, Analysts)));

        _provider.ClaimedIssuer = null;
        _people.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(_provider.Issue(Now, Analysts)));
        _provider.IsAway = true;
        _people.Clock.Advance(TimeSpan.FromHours(13));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(_provider.Issue(Now, Analysts)));
        Assert.Contains(_people.Hub.Log.Events, entry => entry.Text.Contains("keys could not be fetched", StringComparison.Ordinal));
    }

    [PostgresTheory]
    [InlineData("realm_access.roles", true)]
    [InlineData("https://example.com/roles", true)]
    [InlineData("realm_access.groups", false)]
    [InlineData("aud.roles", false)]
    public async Task Role_DeeperInTheToken_IsFoundByItsPath(string claim, bool isFound)
    {
        await using var people = await PeopleHub.StartAsync(postgres, options => options with
        {
            Oidc = new OidcOptions { Issuer = new Uri(_provider.Issuer), Audience = TestProvider.Audience, RoleClaim = claim, Roles = [new OidcRole("ct-analysts", Role.Analyst, [])] },
        });
        var token = _provider.Issue(people.Clock.GetUtcNow(), "none", claims =>
        {
            claims["realm_access"] = new Dictionary<string, object> { ["roles"] = Analysts };
            claims["https://example.com/roles"] = "ct-analysts";
        });

        using var answer = await people.AskAsync("/api/v1/cases", token);

        Assert.Equal(isFound ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private DateTimeOffset Now => _people.Clock.GetUtcNow();

    private async Task<HttpStatusCode> AskAsync(string token)
    {
        using var answer = await _people.AskAsync("/api/v1/cases", token);
        return answer.StatusCode;
    }
}
