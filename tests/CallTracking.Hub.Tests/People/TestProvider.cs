using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CallTracking.Hub.Tests.People;

/// <summary>An identity provider on this machine: its description, its keys, and tokens that say whatever a test wants.</summary>
internal sealed class TestProvider : IAsyncDisposable
{
    public const string Audience = "calltracking";

    private readonly WebApplication _app;
    private SecurityKey[] _published;

    private TestProvider(WebApplication app, params SecurityKey[] keys) => (_app, _published) = (app, keys);

    public string Issuer => _app.Urls.Single();

    public RsaSecurityKey Rsa { get; private set; } = NewRsa("rsa-1");

    public ECDsaSecurityKey Curve { get; } = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "ec-1" };

    /// <summary>The description says so instead of the truth.</summary>
    public string? ClaimedIssuer { get; set; }

    public bool IsAway { get; set; }

    public int Fetches { get; private set; }

    public static async Task<TestProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var provider = new TestProvider(app);
        provider._published = [provider.Rsa, provider.Curve];
        app.MapGet("/.well-known/openid-configuration", () => provider.IsAway
            ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable)
            : Results.Json(new { issuer = provider.ClaimedIssuer ?? provider.Issuer, jwks_uri = provider.Issuer + "/keys" }));
        app.MapGet("/keys", () =>
        {
            provider.Fetches++;
            return Results.Json(new { keys = provider._published.Select(Publish) });
        });
        await app.StartAsync();
        return provider;
    }

    public static RsaSecurityKey NewRsa(string id) => new(RSA.Create(2048)) { KeyId = id };

    /// <summary>Another key, and the old one is published no more.</summary>
    public void Rotate()
    {
        Rsa = NewRsa("rsa-2");
        _published = [Rsa, Curve];
    }

    /// <summary>A token for the hub, good for five minutes from <paramref name="now"/>, with what is changed about it.</summary>
    public string Issue(DateTimeOffset now, object roles, Action<Dictionary<string, object>>? change = null, SigningCredentials? by = null)
    {
        var claims = new Dictionary<string, object>
        {
            ["iss"] = Issuer,
            ["aud"] = Audience,
            ["sub"] = "somebody@example.com",
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
            ["roles"] = roles,
        };
        change?.Invoke(claims);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            SigningCredentials = by ?? new SigningCredentials(Rsa, SecurityAlgorithms.RsaSha256),
        });
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static object Publish(SecurityKey key) => key switch
    {
        RsaSecurityKey rsa when rsa.Rsa.ExportParameters(false) is var public_ => new { kty = "RSA", use = "sig", kid = rsa.KeyId, n = Base64UrlEncoder.Encode(public_.Modulus), e = Base64UrlEncoder.Encode(public_.Exponent) },
        ECDsaSecurityKey curve when curve.ECDsa.ExportParameters(false) is var public_ => new { kty = "EC", use = "sig", kid = curve.KeyId, crv = "P-256", x = Base64UrlEncoder.Encode(public_.Q.X), y = Base64UrlEncoder.Encode(public_.Q.Y) },
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
