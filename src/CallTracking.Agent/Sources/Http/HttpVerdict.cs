using System.Globalization;
using System.Net;

namespace CallTracking.Agent.Sources.Http;

/// <summary>What a status means for who asked. Nothing of an answer's body is ever shown.</summary>
internal static class HttpVerdict
{
    /// <exception cref="PageTroubleException">Asking again may help.</exception>
    /// <exception cref="PageRefusedException">It is no use.</exception>
    public static void Require(HttpResponseMessage response, string credential, TimeProvider clock)
    {
        var status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        var said = string.Create(CultureInfo.InvariantCulture, $"it answers {status}");
        throw response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => new PageTroubleException(said, Asked(response, clock)),
            HttpStatusCode.NotImplemented or HttpStatusCode.HttpVersionNotSupported => new PageRefusedException(said, "check 'url'", status),
            HttpStatusCode.RequestTimeout => new PageTroubleException(said),
            _ when status >= 500 || status == 425 => new PageTroubleException(said),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new PageRefusedException(
                $"{said}: it does not take the credential of {credential}", "renew the secret, or give its owner the right to read cases"),
            HttpStatusCode.ProxyAuthenticationRequired => new PageRefusedException("the proxy does not take the credential of 'proxy'", "write http://user:${env:SECRET}@host:port"),
            HttpStatusCode.NotFound or HttpStatusCode.Gone => new PageRefusedException($"{said}: there is nothing at this address", "check 'url'", status),
            _ => new PageRefusedException(said, "check 'url', its parameters and 'start'", status),
        };
    }

    private static TimeSpan? Asked(HttpResponseMessage response, TimeProvider clock) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - clock.GetUtcNow(),
        _ => null,
    };
}
