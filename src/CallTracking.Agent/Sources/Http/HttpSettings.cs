using System.Globalization;
using CallTracking.Agent.Configuration;

namespace CallTracking.Agent.Sources.Http;

/// <summary>An entry's <c>http</c>: an interface that answers page by page.</summary>
internal sealed record HttpSettings
{
    /// <summary>What positions and faults call it.</summary>
    public required string Name { get; init; }

    /// <summary>The first page; <c>{cursor}</c> stands for where to begin.</summary>
    public required SecretText Url { get; init; }

    public required IReadOnlyList<(string Name, SecretText Value)> Headers { get; init; }

    public HttpAuth? Auth { get; init; }

    public required HttpPaging Paging { get; init; }

    /// <summary>Null when everything is read each time.</summary>
    public HttpCursorSettings? Cursor { get; init; }

    /// <summary>Null where pages hold the records themselves.</summary>
    public HttpOpening? Open { get; init; }

    /// <summary>What is put into each record from elsewhere.</summary>
    public IReadOnlyList<HttpExpansion> Expand { get; init; } = [];

    /// <summary>Names to a value that stands in an answer only when the interface refuses, whatever its status says.</summary>
    public IReadOnlyList<string>? Refusal { get; init; }

    public required HttpRate Rate { get; init; }

    /// <summary>The longest that one page may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Null for what the environment says.</summary>
    public SecretText? Proxy { get; init; }

    /// <summary>Authorities that are trusted beside the system's, PEM. An absolute path.</summary>
    public string? CaFile { get; init; }

    public required long MaxBytesPerPage { get; init; }

    /// <summary>Allows http:// to other machines.</summary>
    public required bool Insecure { get; init; }
}

/// <summary>Who the agent says that it is.</summary>
internal abstract record HttpAuth
{
    /// <summary>The setting that a refusal is about.</summary>
    public abstract string Setting { get; }

    internal sealed record Basic(SecretText User, SecretText Password) : HttpAuth
    {
        public override string Setting => "auth.basic";
    }

    internal sealed record Bearer(SecretText Token) : HttpAuth
    {
        public override string Setting => "auth.bearer";
    }

    internal sealed record Header(string Name, SecretText Value) : HttpAuth
    {
        public override string Setting => "auth.header";
    }

    /// <summary>A login whose answer holds a token, which goes into a header of each request.</summary>
    /// <param name="Token">Names to the token in the answer.</param>
    /// <param name="Name">The header that takes it.</param>
    /// <param name="Login">Who logs in.</param>
    internal sealed record Session(SecretText Url, IReadOnlyList<string> Token, string Name, HttpAuth Login) : HttpAuth
    {
        public override string Setting => "auth.session";
    }

    internal sealed record OAuth2(SecretText TokenUrl, SecretText ClientId, SecretText ClientSecret, string? Scope) : HttpAuth
    {
        public override string Setting => "auth.oauth2";
    }
}

/// <summary>How times in the interface are written.</summary>
internal enum HttpTimeFormat
{
    Iso,
    Unix,
    UnixMilliseconds,

    /// <summary>A .NET pattern, in the mapping's zone.</summary>
    Pattern,
}

/// <summary>The value in each record that says how far a run has read.</summary>
/// <param name="From">Names from a record to it.</param>
/// <param name="Overlap">How far before the highest value seen the next run begins.</param>
internal sealed record HttpCursorSettings(IReadOnlyList<string> From, HttpTimeFormat Format, DateTimeOffset Start, TimeSpan Overlap)
{
    /// <summary>How the url has it, where that is neither ISO 8601 nor a number.</summary>
    public string? Pattern { get; init; }

    /// <summary>The interface cannot be asked from a time: every page is asked for, and older records are passed over here.</summary>
    public bool IsLocal { get; init; }

    /// <summary>A time as the url has it.</summary>
    /// <param name="at">The time.</param>
    /// <param name="zone">The mapping's.</param>
    public string Text(DateTimeOffset at, TimeZoneInfo zone) => Format switch
    {
        HttpTimeFormat.Unix => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        HttpTimeFormat.UnixMilliseconds => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        HttpTimeFormat.Pattern => TimeZoneInfo.ConvertTime(at, zone).ToString(Pattern, CultureInfo.InvariantCulture),
        HttpTimeFormat.Iso => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
    };
}

/// <summary>How often to ask.</summary>
/// <param name="PerMinute">0 for as fast as answers come.</param>
/// <param name="Remaining">The header that says how many requests are left; null when none is obeyed.</param>
/// <param name="Reset">The header that says when there will be more: seconds, or a Unix time.</param>
internal sealed record HttpRate(int PerMinute, string? Remaining, string? Reset);
