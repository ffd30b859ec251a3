using System.Globalization;

namespace CallTracking.Hub.Telemetry;

/// <summary>Passes calls to a collector on, and says in the log, once each, that it takes nothing and that it does again: the library itself is silent.</summary>
internal sealed class ToldHandler(OtlpOptions options, ILogger logger) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
{
    private bool _isRefused;

    // The library calls one or the other, one call at a time.
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return Told(base.Send(request, cancellationToken));
        }
        catch (Exception failed)
        {
            Tell(WordOf(failed));
            throw;
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return Told(await base.SendAsync(request, cancellationToken));
        }
        catch (Exception failed)
        {
            Tell(WordOf(failed));
            throw;
        }
    }

    private HttpResponseMessage Told(HttpResponseMessage answer)
    {
        Tell(answer.IsSuccessStatusCode ? null : string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)answer.StatusCode}"));
        return answer;
    }

    // Messages may quote what was sent; kinds do not.
    private static string WordOf(Exception failed) => failed switch
    {
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } request => request.HttpRequestError.ToString(),
        OperationCanceledException => "no answer in time",
        _ => (failed.InnerException ?? failed).GetType().Name,
    };

    private void Tell(string? refusal)
    {
        if (refusal is not null == _isRefused)
        {
            return;
        }

        _isRefused = refusal is not null;
        if (refusal is not null)
        {
            TelemetryLog.Refused(logger, options.Endpoint.Host, refusal, options.Every);
        }
        else
        {
            TelemetryLog.TakenAgain(logger, options.Endpoint.Host);
        }
    }
}
