using System.Globalization;
using System.Text.RegularExpressions;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Sources.Sql;

namespace CallTracking.Agent.Sources.Http;

/// <summary>Reads an entry's <c>http</c>.</summary>
internal static partial class HttpSettingsParser
{
    private const long LargestPage = 1L << 30;
    private const string ExampleUrl = "\"https://desk.example/api/v2/incremental/tickets.json?start_time={cursor}\"";

    private static readonly Dictionary<string, HttpTimeFormat> Formats = new()
    {
        ["iso"] = HttpTimeFormat.Iso,
        ["unix"] = HttpTimeFormat.Unix,
        ["unix_ms"] = HttpTimeFormat.UnixMilliseconds,
    };

    public static HttpSettings? Parse(YamlSection section, string folder)
    {
        section.RequireKnownKeys("name", "url", "headers", "auth", "paging", "cursor", "rate", "timeout", "proxy", "ca_file", "max_bytes_per_page", "insecure", "open", "expand", "refusal");
        var insecure = section.Flag("insecure", false);
        var url = Url(section, "url", folder, insecure, ExampleUrl);
        var rate = section.Section("rate");
        rate?.RequireKnownKeys("per_minute", "remaining", "reset");
        var timeout = section.Duration("timeout", "2m");
        var ca = section.Maybe("ca_file", "authority.pem");
        var paging = HttpPagingParser.Parse(section.Section("paging"));
        var cursor = Cursor(section, url?.Template ?? string.Empty);
        return url is null ? null : new HttpSettings
        {
            Name = SqlSettingsParser.NameOf(section, LastName().Match(url.Template).Groups["name"] is { Success: true } last ? last.Value : "answer"),
            Url = url,
            Headers = Headers(section.Section("headers"), folder),
            Auth = Auth(section.Section("auth"), folder, insecure),
            Paging = paging,
            Cursor = cursor,
            Open = HttpExpansionParser.Opening(section.Section("open"), folder, insecure),
            Expand = HttpExpansionParser.Expansions(section, folder, insecure),
            Refusal = section.Has("refusal") ? HttpPagingParser.Path(section, "refusal", "Error.ErrorCode") : null,
            Rate = new HttpRate(rate?.Whole("per_minute", 0, 1, 100_000) ?? 0, rate?.Maybe("remaining", "X-Rate-Limit-Remaining"), rate?.Maybe("reset", "X-Rate-Limit-Reset")),
            Timeout = timeout > TimeSpan.Zero ? timeout : TimeSpan.FromMinutes(2),
            Proxy = section.Secret("proxy", folder),
            CaFile = ca is null ? null : Path.GetFullPath(ca, folder),
            MaxBytesPerPage = section.Size("max_bytes_per_page", "64MB", LargestPage),
            Insecure = insecure,
        };
    }

    /// <summary>An address that credentials may go to; null after a fault that leaves none.</summary>
    public static SecretText? Url(YamlSection section, string key, string folder, bool insecure, string example)
    {
        var url = section.Secret(key, folder, example);
        if (url is null || url.Template.StartsWith("${", StringComparison.Ordinal))
        {
            return url;
        }

        // Secrets are not looked up yet; what stands for them must not decide over the scheme.
        if (!Uri.TryCreate(Place().Replace(url.Template, "x"), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            section.Reject(key, $"'{key}' is no address.", $"write it as {example}");
        }
        else if (!HttpAddress.IsSafe(address, insecure))
        {
            section.Reject(key, $"'{key}' goes to http://{address.Host}: what is sent would travel in clear.", HttpAddress.Cure);
        }
        else if (address.UserInfo.Length > 0)
        {
            section.Reject(key, $"'{key}' holds a user.", "write it as 'auth: {basic: {user: …, password: …}}'");
        }

        return url;
    }

    private static List<(string Name, SecretText Value)> Headers(YamlSection? section, string folder)
    {
        var headers = new List<(string, SecretText)>();
        foreach (var name in section?.Keys ?? [])
        {
            if (!HeaderName().IsMatch(name) || name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
            {
                section!.Reject(name, $"'{name}' is no header of a request.", "write names such as Authorization or X-Api-Key");
            }
            else if (section!.Secret(name, folder, "\"Bearer ${env:TOKEN}\"") is { } value)
            {
                headers.Add((name, value));
            }
        }

        return headers;
    }

    private static HttpAuth? Auth(YamlSection? section, string folder, bool insecure)
    {
        if (section is null)
        {
            return null;
        }

        section.RequireKnownKeys("basic", "bearer", "oauth2", "header", "session");
        if (section.Keys.Count != 1)
        {
            section.Lacks("exactly one of 'basic', 'bearer', 'header', 'oauth2' and 'session'", "bearer: ${env:TOKEN}");
            return null;
        }

        if (section.Has("bearer"))
        {
            return section.Secret("bearer", folder, "${env:TOKEN}") is { } token ? new HttpAuth.Bearer(token) : null;
        }

        return section.Section("basic") is { } basic ? Basic(basic, folder)
            : section.Section("header") is { } header ? Header(header, folder)
            : section.Section("session") is { } session ? Session(session, folder, insecure)
            : section.Section("oauth2") is { } oauth ? OAuth2(oauth, folder, insecure)
            : null;
    }

    private static HttpAuth.Basic? Basic(YamlSection section, string folder)
    {
        section.RequireKnownKeys("user", "password");
        var user = section.Secret("user", folder, "agent@example.com/token");
        var password = section.Secret("password", folder, "${env:TOKEN}");
        return user is null || password is null ? null : new HttpAuth.Basic(user, password);
    }

    private static HttpAuth.Header? Header(YamlSection section, string folder)
    {
        if (section.Keys is [var name] && Headers(section, folder) is [var (_, value)])
        {
            return new HttpAuth.Header(name, value);
        }

        section.Lacks("one header", "X-Api-Key: ${env:TOKEN}");
        return null;
    }

    private static HttpAuth.Session? Session(YamlSection section, string folder, bool insecure)
    {
        section.RequireKnownKeys("url", "token", "into", "basic", "header");
        var url = Url(section, "url", folder, insecure, "https://desk.example/initSession");
        var token = HttpPagingParser.Path(section, "token", "session_token");
        var into = section.Required("into", "Session-Token");
        HttpAuth? login = section.Section("basic") is { } basic ? Basic(basic, folder) : section.Section("header") is { } header ? Header(header, folder) : null;
        if (!section.Has("basic") && !section.Has("header"))
        {
            section.Lacks("'basic' or 'header'", "header: {Authorization: \"user_token ${env:TOKEN}\"}");
        }

        return url is null || token is null || into is null || login is null ? null : new HttpAuth.Session(url, token, into, login);
    }

    private static HttpAuth.OAuth2? OAuth2(YamlSection section, string folder, bool insecure)
    {
        section.RequireKnownKeys("token_url", "client_id", "client_secret", "scope");
        var url = Url(section, "token_url", folder, insecure, "https://desk.example/oauth/token");
        var id = section.Secret("client_id", folder, "calltracking");
        var secret = section.Secret("client_secret", folder, "${env:CLIENT_SECRET}");
        return url is null || id is null || secret is null ? null : new HttpAuth.OAuth2(url, id, secret, section.Maybe("scope", "read"));
    }

    private static HttpCursorSettings? Cursor(YamlSection section, string url)
    {
        var has = url.Contains("{cursor}", StringComparison.Ordinal);
        if (section.Section("cursor") is not { } cursor)
        {
            if (has)
            {
                section.Reject("url", "The url asks from {cursor}, and no 'cursor' says what that is.", "add 'cursor: {from: updated_at, format: iso, start: 2020-01-01}'");
            }

            return null;
        }

        cursor.RequireKnownKeys("from", "format", "start", "overlap", "local");
        var isLocal = cursor.Flag("local", false);
        if (isLocal && has)
        {
            cursor.Reject("local", "'local' passes over older records here, and the url asks from {cursor}.", "keep one of them");
        }
        else if (!has && !isLocal)
        {
            section.Reject("url", "There is a 'cursor', and the url does not ask from {cursor}.", "write it into the url, such as '?updated_since={cursor}', 'local: true' under 'cursor' where the interface cannot, or leave 'cursor' out to read everything each time");
        }

        var from = HttpPagingParser.Path(cursor, "from", "updated_at");
        var written = cursor.Optional("format", "iso");
        if (!Formats.TryGetValue(written, out var format))
        {
            format = HttpTimeFormat.Pattern;
            if (!written.Contains("yyyy", StringComparison.Ordinal))
            {
                cursor.Wrong("format", "iso, unix, unix_ms or a pattern such as \"yyyy-MM-dd HH:mm:ss\"");
            }
        }

        var start = cursor.Required("start", "2020-01-01");
        var isTime = DateTimeOffset.TryParse(start, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at);
        if (start is not null && !isTime)
        {
            cursor.Wrong("start", "a date such as 2020-01-01");
        }

        return from is null || !isTime ? null : new HttpCursorSettings(from, format, at.ToUniversalTime(), cursor.Duration("overlap", "15m"))
        {
            Pattern = format == HttpTimeFormat.Pattern ? written : null,
            IsLocal = isLocal,
        };
    }

    [GeneratedRegex(@"\$?\{[^}]*\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$")]
    private static partial Regex HeaderName();

    [GeneratedRegex(@"^https?://[^/?]+/(?:[^?/]*/)*(?<name>[\w.-]{1,64})(?:\?|$)")]
    private static partial Regex LastName();
}
