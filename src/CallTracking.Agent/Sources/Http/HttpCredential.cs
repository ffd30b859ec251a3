using System.Globalization;
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

    /// <summary>The settings that a refusal is about, as a sentence names them.</summary>
    public string Setting => settings.Auth is { } auth ? $"'{auth.Setting}'"
        : settings.Headers.Count > 0 ? $"'headers: {string.Join(", ", settings.Headers.Select(header => header.Name))}'" : "'auth', which is not set";

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
        AddHeaders(request);
        request.Headers.Authorization = settings.Auth switch
        {
            HttpAuth.Basic basic => Basic(basic),
            HttpAuth.Bearer bearer => new AuthenticationHeaderValue("Bearer", Line(bearer.Token.Reveal(mask), "auth.bearer")),
            HttpAuth.OAuth2 oauth => new AuthenticationHeaderValue("Bearer", await TokenAsync(token => FetchAsync(oauth, token), cancellationToken)),
            _ => request.Headers.Authorization,
        };
        if (settings.Auth is HttpAuth.Header own)
        {
            request.Headers.TryAddWithoutValidation(own.Name, Line(own.Value.Reveal(mask), "auth.header"));
        }
        else if (settings.Auth is HttpAuth.Session session)
        {
            request.Headers.TryAddWithoutValidation(session.Name, await TokenAsync(token => LogInAsync(session, token), cancellationToken));
        }
    }

    private void AddHeaders(HttpRequestMessage request)
    {
        foreach (var (name, value) in settings.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, Line(value.Reveal(mask), name)))
            {
                throw new PageRefusedException($"The header '{name}' cannot be sent.", "remove it from 'headers'");
            }
        }
    }

    private AuthenticationHeaderValue Basic(HttpAuth.Basic basic) => new("Basic", Encoded(basic.User.Reveal(mask), basic.Password.Reveal(mask)));

    private static string Line(string text, string what) => text.AsSpan().ContainsAny('\r', '\n')
        ? throw new PageRefusedException($"'{what}' has more than one line.", "give the secret alone")
        : text;

    private string Encoded(string user, string password)
    {
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        mask.Add(encoded);
        return encoded;
    }

    private async Task<string> TokenAsync(Func<CancellationToken, Task> fetch, CancellationToken cancellationToken)
    {
        if (_token is null || clock.GetUtcNow() >= _until)
        {
            await fetch(cancellationToken);
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
        await SendAsync(request, "auth.oauth2", "auth.oauth2.token_url", ["access_token"], cancellationToken);
    }

    private async Task LogInAsync(HttpAuth.Session session, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, HttpAddress.Require(session.Url.Reveal(mask), "auth.session.url", settings.Insecure));
        AddHeaders(request);
        if (session.Login is HttpAuth.Basic basic)
        {
            request.Headers.Authorization = Basic(basic);
        }
        else if (session.Login is HttpAuth.Header own)
        {
            request.Headers.TryAddWithoutValidation(own.Name, Line(own.Value.Reveal(mask), "auth.session.header"));
        }

        await SendAsync(request, "auth.session", "auth.session.url", session.Token, cancellationToken);
    }

    private async Task SendAsync(HttpRequestMessage request, string setting, string address, IReadOnlyList<string> token, CancellationToken cancellationToken)
    {
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        HttpVerdict.Require(response, setting, clock);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var buffer = new PageBuffer(LongestToken);
        Take(await buffer.FillAsync(body, cancellationToken), address, token);
    }

    private void Take(ArraySegment<byte>? body, string address, IReadOnlyList<string> token)
    {
        try
        {
            using var json = JsonDocument.Parse(body ?? ArraySegment<byte>.Empty);
            _token = Line(token.Aggregate(json.RootElement, (element, name) => element.GetProperty(name)).GetString()!, token[^1]);
            mask.Add(_token);
            var life = Life(json.RootElement) is { } seconds ? TimeSpan.FromSeconds(seconds) : Unsaid;
            _until = clock.GetUtcNow() + (life > Early * 2 ? life - Early : life / 2);
        }
        catch (Exception other) when (other is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentNullException or NullReferenceException)
        {
            throw new PageRefusedException($"'{address}' answers without {token[^1]}", "check the address");
        }
    }

    // Some write the number as a text.
    private static int? Life(JsonElement answer) => answer.TryGetProperty("expires_in", out var life)
        && int.TryParse(life.ValueKind == JsonValueKind.String ? life.GetString() : life.GetRawText(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
}
