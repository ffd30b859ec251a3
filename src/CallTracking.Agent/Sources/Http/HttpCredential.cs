using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CallTracking.Agent.Configuration;

namespace CallTracking.Agent.Sources.Http;

/// <summary>Puts the configured headers and credential on requests; fetches the token where there is one to fetch.</summary>
internal sealed class HttpCredential(HttpSettings settings, HttpClient client, SecretMask mask, TimeProvider clock)
{
    private const int LongestToken = 64 * 1024;
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Unsaid = TimeSpan.FromMinutes(30);

    private string? _token;
    private DateTimeOffset _until;

    /// <summary>The settings that a refusal is about.</summary>
    public string Setting => settings.Auth?.Setting
        ?? (settings.Headers.Count > 0 ? $"headers: {string.Join(", ", settings.Headers.Select(header => header.Name))}" : "auth, which is not set");

    /// <summary>Lets a fetched token go; false when there was none.</summary>
    public bool Forget()
    {
        var had = _token is not null;
        _token = null;
        return had;
    }

    /// <exception cref="PageRefusedException">The token is refused.</exception>
    public async Task ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        foreach (var (name, value) in settings.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, Line(value.Reveal(mask), name)))
            {
                throw new PageRefusedException($"The header '{name}' cannot be sent.", "remove it from 'headers'");
            }
        }

        request.Headers.Authorization = settings.Auth switch
        {
            HttpAuth.Basic basic => new AuthenticationHeaderValue("Basic", Encoded(basic.User.Reveal(mask), basic.Password.Reveal(mask))),
            HttpAuth.Bearer bearer => new AuthenticationHeaderValue("Bearer", Line(bearer.Token.Reveal(mask), "auth.bearer")),
            HttpAuth.OAuth2 oauth => new AuthenticationHeaderValue("Bearer", await TokenAsync(oauth, cancellationToken)),
            _ => request.Headers.Authorization,
        };
    }

    private static string Line(string text, string what) => text.AsSpan().ContainsAny('\r', '\n')
        ? throw new PageRefusedException($"'{what}' has more than one line.", "give the secret alone")
        : text;

    private string Encoded(string user, string password)
    {
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        mask.Add(encoded);
        return encoded;
    }

    private async Task<string> TokenAsync(HttpAuth.OAuth2 oauth, CancellationToken cancellationToken)
    {
        if (_token is null || clock.GetUtcNow() >= _until)
        {
            await FetchAsync(oauth, cancellationToken);
        }

        return _token!;
    }

    private async Task FetchAsync(HttpAuth.OAuth2 oauth, CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = oauth.ClientId.Reveal(mask),
            ["client_secret"] = oauth.ClientSecret.Reveal(mask),
        };
        if (oauth.Scope is not null)
        {
            form["scope"] = oauth.Scope;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, HttpAddress.Require(oauth.TokenUrl.Reveal(mask), "auth.oauth2.token_url", settings.Insecure))
        {
            Content = new FormUrlEncodedContent(form),
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        HttpVerdict.Require(response, "auth.oauth2", clock);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var buffer = new PageBuffer(LongestToken);
        Take(await buffer.FillAsync(body, cancellationToken));
    }

    private void Take(ArraySegment<byte>? body)
    {
        try
        {
            using var json = JsonDocument.Parse(body ?? ArraySegment<byte>.Empty);
            _token = Line(json.RootElement.GetProperty("access_token").GetString()!, "access_token");
            mask.Add(_token);
            var life = json.RootElement.TryGetProperty("expires_in", out var seconds) && seconds.TryGetInt32(out var given) ? TimeSpan.FromSeconds(given) : Unsaid;
            _until = clock.GetUtcNow() + (life > Early * 2 ? life - Early : life / 2);
        }
        catch (Exception other) when (other is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentNullException or NullReferenceException)
        {
            throw new PageRefusedException("'auth.oauth2.token_url' answers without an access_token.", "check the address");
        }
    }
}
