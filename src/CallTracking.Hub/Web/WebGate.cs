using System.Net;
using System.Security.Cryptography;
using System.Text;
using CallTracking.Hub.Access;
using CallTracking.Hub.Cases;

namespace CallTracking.Hub.Web;

/// <summary>
/// Stands before pages and REST: who may ask, what a browser may do with the answer, and what is told when we fail. Without a
/// token the listener is bound to loopback and answers to loopback names only, so that no foreign page reaches it through a
/// name of its own; with one every request but <c>/healthz</c> shows it.
/// </summary>
internal sealed class WebGate(RequestDelegate next, WebAccess access, ILogger<WebGate> logger)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

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
        if (!await RefuseAsync(http))
        {
            await AnswerAsync(http);
        }
    }

    private async Task<bool> RefuseAsync(HttpContext http)
    {
        if (http.Request.Path == "/healthz")
        {
            return false;
        }

        if (access.TokenDigest is { } expected)
        {
            if (HasToken(http, expected))
            {
                return false;
            }

            http.Response.Headers.WWWAuthenticate = "Bearer";
            await ApiProblem.WriteAsync(
                http, StatusCodes.Status401Unauthorized, "A token is needed.", "Send Authorization: Bearer with the token of the hub's web.access_token_file.");
            return true;
        }

        var host = http.Request.Host.Host;
        if (host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)))
        {
            return false;
        }

        await ApiProblem.WriteAsync(
            http, StatusCodes.Status421MisdirectedRequest, "This address answers to localhost only.", "Ask for http://localhost, or set web.access_token_file to let others in by a token.");
        return true;
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

    private static bool HasToken(HttpContext http, byte[] expected)
    {
        const string Scheme = "Bearer ";
        var given = http.Request.Headers.Authorization.ToString();
        return given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given[Scheme.Length..].Trim())), expected);
    }
}

internal static partial class WebLog
{
    [LoggerMessage(2501, LogLevel.Error, "The request for {Path} failed (reference {Reference})")]
    public static partial void Failed(ILogger logger, Exception failure, PathString path, string reference);
}
