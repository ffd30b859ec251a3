using System.Net;
using System.Security.Cryptography;
using CallTracking.Hub.Access;
using CallTracking.Hub.Cases;

namespace CallTracking.Hub.Web;

/// <summary>
/// Stands before pages and REST: what a browser may do with the answer, and what is told when we fail. Where nobody is asked who
/// he is, the listener is bound to loopback and answers to loopback names only, so that no foreign page reaches it through a name
/// of its own, and no proxy opens it to the world. Who may see what, <see cref="People.DoorGate"/> decides behind it.
/// </summary>
internal sealed class WebGate(RequestDelegate next, WebAccess access, ILogger<WebGate> logger)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private const string Secured = "max-age=31536000";

    private static readonly string[] ProxyHeaders = ["X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via"];

    public async Task InvokeAsync(HttpContext http)
    {
        // gRPC has its own listener, its own callers and its own answers.
        if (http.Features.Get<GrpcListenerFeature>() is not null)
        {
            await next(http);
            return;
        }

        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        if (access.IsEncrypted)
        {
            headers.StrictTransportSecurity = Secured;
        }

        if (!await RefuseAsync(http))
        {
            await AnswerAsync(http);
        }
    }

    private async Task<bool> RefuseAsync(HttpContext http)
    {
        if (http.Request.Path == "/healthz" || access.Rule is not WebRule.Machine)
        {
            return false;
        }

        var host = http.Request.Host.Host;
        if (host != "localhost" && !(IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)))
        {
            await ApiProblem.WriteAsync(
                http, StatusCodes.Status421MisdirectedRequest, "This address answers to localhost only.", "Ask for http://localhost, or have people sign in: web.sign_in: required.");
            return true;
        }

        if (ProxyHeaders.Any(http.Request.Headers.ContainsKey))
        {
            await ApiProblem.WriteAsync(
                http, StatusCodes.Status421MisdirectedRequest, "This came through a proxy, and nobody signed in.", "Set web.sign_in: required and web.behind_proxy: true, or ask without the proxy.");
            return true;
        }

        return false;
    }

    private async Task AnswerAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked went away.
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            var reference = RandomNumberGenerator.GetHexString(12, lowercase: true);
            WebLog.Failed(logger, failure, http.Request.Path, reference);
            await ApiProblem.WriteAsync(
                http, StatusCodes.Status500InternalServerError, "The hub failed.", $"Its log has the reason under reference {reference}.");
        }
    }
}

internal static partial class WebLog
{
    [LoggerMessage(2501, LogLevel.Error, "The request for {Path} failed (reference {Reference})")]
    public static partial void Failed(ILogger logger, Exception failure, PathString path, string reference);
}
