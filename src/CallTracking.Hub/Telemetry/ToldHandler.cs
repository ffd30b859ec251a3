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
        catch (Exception)
        {
            Tell(isRefused: true);
            throw;
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return Told(await base.SendAsync(request, cancellationToken));
        }
        catch (Exception)
        {
            Tell(isRefused: true);
            throw;
        }
    }

    private HttpResponseMessage Told(HttpResponseMessage answer)
    {
        Tell(!answer.IsSuccessStatusCode);
        return answer;
    }

    private void Tell(bool isRefused)
    {
        if (isRefused == _isRefused)
        {
            return;
        }

        _isRefused = isRefused;
        if (isRefused)
        {
            TelemetryLog.Refused(logger, options.Endpoint.Host, options.Every);
        }
        else
        {
            TelemetryLog.TakenAgain(logger, options.Endpoint.Host);
        }
    }
}
