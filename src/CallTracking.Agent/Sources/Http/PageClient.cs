using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text.Json;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Sync;
using Polly;
using Polly.Retry;

namespace CallTracking.Agent.Sources.Http;

/// <summary>A page as it came, whole.</summary>
/// <param name="Link">The header Link, where there is one.</param>
/// <param name="Total">Records in all, where the header Content-Range says it.</param>
internal sealed record PageAnswer(ArraySegment<byte> Body, PageScan Scan, string? Link, long? Total);

/// <summary>One kind of page that is asked for: how it is looked through, how often it may be asked, and where the last one is held.</summary>
internal sealed class PageQuery(Func<ArraySegment<byte>, PageScan> scan, RequestPace pace, PageBuffer buffer) : IDisposable
{
    public Func<ArraySegment<byte>, PageScan> Scan => scan;

    public RequestPace Pace => pace;

    public PageBuffer Buffer => buffer;

    public void Dispose() => buffer.Dispose();
}

/// <summary>
/// Asks for pages, and asks again as long as that may help: after cuts and server errors with growing pauses, after 429 and 503 when
/// the interface says. Every pause is one line for a person. A page is held whole before any of its records is taken, so that a cut
/// leaves no half of one.
/// </summary>
internal sealed class PageClient : IDisposable
{
    private const int MostFailures = 6;
    private const int MostRedirects = 5;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan MostWaiting = TimeSpan.FromHours(2);

    private readonly HttpSettings _settings;
    private readonly string _source;
    private readonly Action<string> _say;
    private readonly TimeProvider _clock;
    private readonly HttpClient _client;
    private readonly HttpCredential _credential;
    private readonly List<PageQuery> _queries = [];
    private int _failures;
    private TimeSpan _waited;

    public PageClient(HttpSettings settings, string source, SecretMask mask, Action<string> say, TimeProvider clock)
    {
        (_settings, _source, _say, _clock) = (settings, source, say, clock);
        _client = new HttpClient(HttpTrust.Handler(settings, mask)) { Timeout = Timeout.InfiniteTimeSpan };
        _credential = new HttpCredential(settings, _client, mask, clock);
    }

    /// <summary>Pages of one kind, which may be asked for so often a minute (0: as fast as answers come).</summary>
    public PageQuery Query(Func<ArraySegment<byte>, PageScan> scan, int perMinute)
    {
        var query = new PageQuery(scan, new RequestPace(_settings.Rate with { PerMinute = perMinute }, _source, _say, _clock), new PageBuffer(_settings.MaxBytesPerPage));
        _queries.Add(query);
        return query;
    }

    /// <summary>The page; its bytes are valid until the next of this kind is asked for.</summary>
    /// <exception cref="PageRefusedException">It cannot be had.</exception>
    public async Task<PageAnswer> GetAsync(PageQuery query, Uri address, CancellationToken cancellationToken)
    {
        (_failures, _waited) = (0, TimeSpan.Zero);
        return await Retry().ExecuteAsync(async token => await TryAsync(query, address, token), cancellationToken);
    }

    public void Dispose()
    {
        _client.Dispose();
        _queries.ForEach(query => query.Dispose());
    }

    private ResiliencePipeline Retry() => new ResiliencePipelineBuilder { TimeProvider = _clock }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue,
            ShouldHandle = new PredicateBuilder().Handle<PageTroubleException>(),
            DelayGenerator = next => ValueTask.FromResult<TimeSpan?>(Pause((PageTroubleException)next.Outcome.Exception!)),
        })
        .Build();

    /// <summary>How long to wait before the page is asked for again; says it.</summary>
    /// <exception cref="PageRefusedException">It was asked for often enough.</exception>
    private TimeSpan Pause(PageTroubleException trouble)
    {
        var doubled = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(_failures, 6)));
        var pause = trouble.Asked is { } asked
            ? (asked > TimeSpan.FromSeconds(1) ? asked : TimeSpan.FromSeconds(1))
            : (doubled < LongestPause ? doubled : LongestPause) * (0.5 + (Random.Shared.NextDouble() / 2));
        if (trouble.Asked is null && ++_failures > MostFailures)
        {
            throw new PageRefusedException($"{trouble.Message}, also after {MostFailures} more tries", "look at its own status page; the next run goes on from here");
        }

        if (_waited + pause > MostWaiting)
        {
            throw new PageRefusedException($"it asks to wait {Spoken(pause)}", "lower 'rate.per_minute', or ask its operator for more requests; the next run goes on from here");
        }

        _waited += pause;
        _say(trouble.Asked is null ? $"{_source}: {trouble.Message}; next try in {Spoken(pause)}" : $"{_source} asks to wait {Spoken(pause)}");
        return pause;
    }

    private async Task<PageAnswer> TryAsync(PageQuery query, Uri address, CancellationToken cancellationToken)
    {
        await query.Pace.WaitAsync(cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_settings.Timeout);
        try
        {
            return await AskAsync(query, address, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PageTroubleException($"no whole answer within {Spoken(_settings.Timeout)}");
        }
        catch (HttpRequestException failed)
        {
            throw Meaning(failed);
        }
        catch (Exception cut) when (cut is IOException or InvalidDataException)
        {
            throw new PageTroubleException(cut is InvalidDataException ? "the answer's compression is broken" : "the answer was cut off");
        }
    }

    private async Task<PageAnswer> AskAsync(PageQuery query, Uri address, CancellationToken cancellationToken)
    {
        var hasRenewed = false;
        for (var redirects = 0; ;)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("calltracking-agent", AgentVersion.Text));
            await _credential.ApplyAsync(request, cancellationToken);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            query.Pace.Learn(response);
            if (response.StatusCode == HttpStatusCode.Unauthorized && !hasRenewed && _credential.Forget())
            {
                hasRenewed = true;
                continue;
            }

            if (response.Headers.Location is { } location && (int)response.StatusCode is >= 300 and < 400)
            {
                address = Follow(address, location, ++redirects);
                continue;
            }

            HttpVerdict.Require(response, _credential.Setting, _clock);
            return await TakeAsync(query, response, cancellationToken);
        }
    }

    private static Uri Follow(Uri address, Uri location, int redirects)
    {
        var target = new Uri(address, location);
        if (!PageAddress.IsSamePlace(address, target))
        {
            throw new PageRefusedException(
                $"it redirects to another place, {target.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}, where the credential must not go",
                "if that is the right place, write it as 'url'; it may be a login page: then renew the credential");
        }

        return redirects <= MostRedirects ? target : throw new PageRefusedException("it redirects without end", "check 'url'");
    }

    private async Task<PageAnswer> TakeAsync(PageQuery query, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var type = response.Content.Headers.ContentType?.MediaType ?? "application/json";
        if (!type.Contains("json", StringComparison.OrdinalIgnoreCase) && !type.Equals("text/plain", StringComparison.OrdinalIgnoreCase))
        {
            throw new PageRefusedException(
                type.Contains("html", StringComparison.OrdinalIgnoreCase) ? "it answers with a page of HTML, such as a login page, not with JSON" : $"it answers with {type}, not with JSON",
                $"check 'url', and the credential of {_credential.Setting}");
        }

        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        var body = response.Content.Headers.ContentLength > _settings.MaxBytesPerPage ? null : await query.Buffer.FillAsync(content, cancellationToken);
        if (body is null)
        {
            throw new PageRefusedException($"a page has more than {Amounts.Size(_settings.MaxBytesPerPage)}", "ask for smaller pages in 'url', or raise 'max_bytes_per_page'");
        }

        try
        {
            var scan = query.Scan(body.Value);
            return scan.Text(_settings.Refusal) is null
                ? new PageAnswer(body.Value, scan, response.Headers.TryGetValues("Link", out var links) ? string.Join(", ", links) : null, TotalOf(response))
                : throw new PageRefusedException($"it answers with an error of its own, at '{string.Join('.', _settings.Refusal!)}'", $"check 'url', and the credential of {_credential.Setting}");
        }
        catch (JsonException broken)
        {
            // An answer without a length that was cut looks like this too.
            throw new PageTroubleException(string.Create(
                CultureInfo.InvariantCulture, $"the answer is no JSON from line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}"));
        }
    }

    // Interfaces write it without the unit that the header should have.
    private static long? TotalOf(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Range", out var range)
            && range.ToString() is var text
            && long.TryParse(text[(text.LastIndexOf('/') + 1)..], NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var total) ? total : null;

    private static Exception Meaning(HttpRequestException failed) => failed switch
    {
        { InnerException: AuthenticationException } or { HttpRequestError: HttpRequestError.SecureConnectionError } => new PageRefusedException(
            "its certificate is not trusted here, or is another host's", "check the host in 'url'; name your authority's certificate as 'ca_file'"),
        { HttpRequestError: HttpRequestError.ProxyTunnelError, StatusCode: HttpStatusCode.ProxyAuthenticationRequired } => new PageRefusedException(
            "the proxy does not take the credential of 'proxy'", "write http://user:${env:SECRET}@host:port"),
        { HttpRequestError: HttpRequestError.ProxyTunnelError } => new PageTroubleException("the proxy does not lead there"),
        { HttpRequestError: HttpRequestError.NameResolutionError } => new PageTroubleException("its name is not known"),
        { HttpRequestError: HttpRequestError.ConnectionError } => new PageTroubleException("no connection"),
        _ => new PageTroubleException("the answer was cut off"),
    };

    private static string Spoken(TimeSpan time) => time >= TimeSpan.FromMinutes(2)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s");
}
