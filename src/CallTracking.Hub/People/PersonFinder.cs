using System.Security.Cryptography;
using System.Text;
using CallTracking.Hub.Web;

namespace CallTracking.Hub.People;

/// <summary>What a request showed of who asks.</summary>
/// <param name="Person">Who it is; null when nobody knows.</param>
/// <param name="ShowedToken">A token was shown, good or not: then nothing else of the request is looked at.</param>
internal readonly record struct Shown(Person? Person, bool ShowedToken);

/// <summary>Finds out who asks: by a token, else by a session, else by the hub's own rule for who shows nothing.</summary>
internal sealed class PersonFinder(WebAccess access, ApiTokenStore tokens, TrustedProvider provider, SessionStore sessions, BrowserCookies cookies, TimeProvider clock)
{
    private const string Scheme = "Bearer ";

    public async Task<Shown> FindAsync(HttpContext http)
    {
        var given = http.Request.Headers.Authorization.ToString();
        if (given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return new Shown(await ByTokenAsync(given[Scheme.Length..].Trim(), http.RequestAborted), true);
        }

        return new Shown(access.Rule switch
        {
            WebRule.Machine => Person.AtTheMachine,
            WebRule.SignIn when cookies.Session(http) is { } session => await sessions.FindAsync(session, clock.GetUtcNow(), http.RequestAborted),
            _ => null,
        }, false);
    }

    private async Task<Person?> ByTokenAsync(string given, CancellationToken cancellationToken)
    {
        if (access.TokenDigest is { } expected && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), expected))
        {
            return Person.AtTheMachine;
        }

        if (ApiToken.TryParse(given, out var token))
        {
            return await tokens.FindAsync(token!, clock.GetUtcNow(), cancellationToken);
        }

        return provider.Identities is { } identities && IdentityProvider.IsTokenLike(given) ? await identities.FindAsync(given, cancellationToken) : null;
    }
}
