namespace CallTracking.Rpc;

/// <summary>
/// Sends each request to the current server, and to the next ones where no connection came about: nothing of the request was sent
/// then, so that nobody can have seen it twice.
/// </summary>
internal sealed class FailoverHandler(RpcServers servers, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!;
        for (var tried = 1; ; tried++)
        {
            var server = servers.Current;
            request.RequestUri = new Uri(server, path);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (Exception error) when (IsUnreachable(error) && !cancellationToken.IsCancellationRequested)
            {
                servers.MoveOn(server);
                if (tried >= servers.All.Count)
                {
                    throw;
                }
            }
        }
    }

    // A connect time-out is a cancellation that nobody asked for.
    private static bool IsUnreachable(Exception error) => error switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError } => true,
        OperationCanceledException { InnerException: TimeoutException } => true,
        _ => false,
    };
}
