using System.Security.Cryptography;
using CallTracking.Contracts;
using CallTracking.Hub.Audit;
using CallTracking.Rpc;

namespace CallTracking.Hub.Access;

/// <summary>
/// Keeps the two listeners apart and finds out who calls. The gRPC listener answers gRPC only and the web listener never does;
/// a gRPC call without a registered certificate has no <see cref="Caller"/>, and passes only where <see cref="GrpcDoor"/> says so.
/// </summary>
internal sealed class CallerGate(RequestDelegate next, RegionStore regions, TimeProvider clock)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var isGrpcListener = http.Features.Get<GrpcListenerFeature>() is not null;
        // gRPC is POST: a page or REST asked for under gRPC's content type is no call.
        var isGrpcCall = HttpMethods.IsPost(http.Request.Method)
            && http.Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) is true;
        if (isGrpcListener != isGrpcCall)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        RegionCode? known = null;
        Caller? first = null;
        if (isGrpcListener && http.Connection.ClientCertificate is { } certificate)
        {
            var thumbprint = SHA256.HashData(certificate.RawData);
            var caller = await regions.FindCallerAsync(thumbprint, clock.GetUtcNow(), http.RequestAborted);
            http.Features.Set(new CallerFeature(caller));
            known = caller?.Region;
            first = caller is { Replaces: true } ? caller : null;
        }

        if (isGrpcListener)
        {
            http.RequireOpen();
        }

        if (known is { } region)
        {
            AuditActor.Is(region);
            if (first is not null)
            {
                await regions.ReplaceAsync(first, clock.GetUtcNow(), http.RequestAborted);
            }
        }
        else
        {
            AuditActor.IsNobody();
        }

        await next(http);
    }
}

/// <summary>Marks connections of the gRPC listener.</summary>
internal sealed class GrpcListenerFeature
{
    public static readonly GrpcListenerFeature Instance = new();
}

/// <summary>What became of the certificate that the caller showed: null when it is not good.</summary>
internal sealed record CallerFeature(Caller? Caller);

internal static class CallerExtensions
{
    /// <summary>Room for a token and a certificate request; what is larger only a region may send.</summary>
    public const int StrangerMessageBytes = 64 * 1024;

    private static readonly TimeSpan StrangerLife = TimeSpan.FromMinutes(1);

    /// <summary>A caller without a registered certificate has small messages and a minute a call.</summary>
    public static RpcCallLimits LimitsOf(HttpContext http) => http.Features.Get<CallerFeature>() is { Caller: not null }
        ? new RpcCallLimits(SyncLimits.MessageBytes, Timeout.InfiniteTimeSpan)
        : new RpcCallLimits(StrangerMessageBytes, StrangerLife);

    /// <summary>The region that the caller's certificate was issued to.</summary>
    /// <exception cref="RpcException">UNAUTHENTICATED: no certificate, or one that is unknown, revoked or expired.</exception>
    public static Caller RequireCaller(this RpcContext context) => context.Http.Features.Get<CallerFeature>() switch
    {
        null => throw AccessStatus.NoCertificate(),
        { Caller: null } => throw AccessStatus.UnknownCertificate(),
        { Caller: { } caller } => caller,
    };

    /// <inheritdoc cref="RequireCaller"/>
    public static RegionCode RequireRegion(this RpcContext context) => context.RequireCaller().Region;
}
