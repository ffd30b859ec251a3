using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CallTracking.Hub.People;

/// <summary>
/// Checks tokens of the group's identity provider (OpenID Connect): its signature by the keys that it publishes, for whom and until
/// when it is. Keys are fetched when first needed, twice a day, and when a token names one that is not known yet.
/// </summary>
internal sealed class IdentityProvider(OidcOptions options, TimeProvider clock, ILogger<IdentityProvider> logger) : IDisposable
{
    private static readonly TimeSpan KeysAreFresh = TimeSpan.FromHours(12);

    // Tokens with invented keys must not make us ask the provider each time.
    private static readonly TimeSpan BetweenFetches = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly SemaphoreSlim _fetching = new(1, 1);
    private OpenIdConnectConfiguration? _published;
    private DateTimeOffset _fetchedAt;
    private DateTimeOffset _triedAt;

    /// <summary>True for what looks like a token of the kind; it may still be anything.</summary>
    public static bool IsTokenLike(string text) => text.Count(sign => sign == '.') == 2;

    /// <summary>Whose token it is; null when it is not good, or names no role of ours.</summary>
    public async Task<Person?> FindAsync(string text, CancellationToken cancellationToken)
    {
        var published = await KeysAsync(isStale: false, cancellationToken);
        var result = published is null ? null : await ValidateAsync(text, published);
        if (result is { Exception: SecurityTokenSignatureKeyNotFoundException } && await KeysAsync(isStale: true, cancellationToken) is { } anew && !ReferenceEquals(anew, published))
        {
            result = await ValidateAsync(text, anew);
        }

        if (result is not { IsValid: true, SecurityToken: JsonWebToken token } || string.IsNullOrEmpty(token.Subject))
        {
            // The kind of the fault only: its text quotes the token.
            PeopleLog.ProviderTokenRefused(logger, result?.Exception?.GetType().Name ?? "it has no subject, or there are no keys");
            return null;
        }

        var id = "o-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{token.Issuer}\n{token.Subject}")))[..10];
        var words = Words(token);
        if (options.Roles.FirstOrDefault(role => words.Contains(role.Word)) is not { } found)
        {
            PeopleLog.TokenRefused(logger, id, "without a role of this hub");
            return null;
        }

        return new Person(id, found.Role, found.Regions);
    }

    public void Dispose()
    {
        _http.Dispose();
        _fetching.Dispose();
    }

    private Task<TokenValidationResult> ValidateAsync(string text, OpenIdConnectConfiguration published) => _handler.ValidateTokenAsync(text, new TokenValidationParameters
    {
        ValidIssuer = options.Issuer.OriginalString,
        ValidAudience = options.Audience,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256],
        IssuerSigningKeys = published.SigningKeys,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        LifetimeValidator = (begins, ends, _, _) => ends > (clock.GetUtcNow() - Skew).UtcDateTime && (begins is null || begins <= (clock.GetUtcNow() + Skew).UtcDateTime),
    });

    private async Task<OpenIdConnectConfiguration?> KeysAsync(bool isStale, CancellationToken cancellationToken)
    {
        // While others fetch, keys that are known go on.
        if (!isStale && _published is { } known && (clock.GetUtcNow() - _fetchedAt <= KeysAreFresh || _fetching.CurrentCount == 0))
        {
            return known;
        }

        await _fetching.WaitAsync(cancellationToken);
        try
        {
            var now = clock.GetUtcNow();
            var isWanted = _published is null || isStale || now - _fetchedAt > KeysAreFresh;
            if (isWanted && (_triedAt == default || now - _triedAt >= BetweenFetches))
            {
                _triedAt = now;
                // For all who wait: whoever goes away meanwhile must not end it.
                (_published, _fetchedAt) = (await FetchAsync(CancellationToken.None), now);
            }
        }
        catch (Exception unreachable) when (unreachable is IOException or HttpRequestException or InvalidOperationException or ArgumentException or JsonException or OperationCanceledException)
        {
            // With keys that we have we go on: a provider that is away for an hour shuts nobody out.
            PeopleLog.ProviderUnreachable(logger, unreachable.GetType().Name);
        }
        finally
        {
            _fetching.Release();
        }

        return _published;
    }

    private async Task<OpenIdConnectConfiguration> FetchAsync(CancellationToken cancellationToken)
    {
        var retriever = new HttpDocumentRetriever(_http) { RequireHttps = !options.Issuer.IsLoopback };
        var published = await OpenIdConnectConfigurationRetriever.GetAsync(options.Issuer.OriginalString.TrimEnd('/') + "/.well-known/openid-configuration", retriever, cancellationToken);
        return published.Issuer == options.Issuer.OriginalString
            ? published
            : throw new InvalidOperationException("The provider's description is another issuer's.");
    }

    private HashSet<string> Words(JsonWebToken token)
    {
        using var payload = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload));
        JsonElement? at = payload.RootElement.TryGetProperty(options.RoleClaim, out var direct)
            ? direct
            : options.RoleClaim.Split('.').Aggregate((JsonElement?)payload.RootElement, (from, step) =>
                from is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(step, out var next) ? next : null);
        return at switch
        {
            { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(TextOf).OfType<string>()],
            { } one when TextOf(one) is { } word => [word],
            _ => [],
        };
    }

    // Half a surrogate pair is no role.
    private static string? TextOf(JsonElement element)
    {
        try
        {
            return element.ValueKind is JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>The identity provider whose tokens are taken, if there is one.</summary>
internal sealed record TrustedProvider(IdentityProvider? Identities) : IDisposable
{
    public void Dispose() => Identities?.Dispose();
}
