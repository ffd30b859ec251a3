using CallTracking.Rpc;

namespace CallTracking.Hub.Access;

/// <summary>Who may call a gRPC method. A method without this is answered as if nobody had mapped it. People call none: they ask pages and REST.</summary>
internal enum GrpcCaller
{
    /// <summary>Also whoever has no certificate yet: enrolment, the hub's health and its services.</summary>
    Stranger,

    /// <summary>A region by its registered certificate; it speaks for itself only.</summary>
    Region,
}

/// <summary>Stands on a gRPC method and says who may call it.</summary>
internal sealed record GrpcDoor(GrpcCaller Caller);

internal static class GrpcDoorExtensions
{
    /// <summary>Opens methods to a caller.</summary>
    public static TBuilder OpenTo<TBuilder>(this TBuilder route, GrpcCaller caller)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new GrpcDoor(caller));

    /// <summary>Ends a call that the method is not open to.</summary>
    /// <exception cref="RpcException">UNIMPLEMENTED: nobody opened the method. UNAUTHENTICATED: it is for regions, and the caller is none.</exception>
    public static void RequireOpen(this HttpContext http)
    {
        switch (http.GetEndpoint()?.Metadata.GetMetadata<GrpcDoor>()?.Caller)
        {
            case null:
                throw new RpcException(RpcStatusCode.Unimplemented, "The server does not offer this service or method.");
            case GrpcCaller.Region when http.Features.Get<CallerFeature>()?.Caller is null:
                throw http.Features.Get<CallerFeature>() is null ? AccessStatus.NoCertificate() : AccessStatus.UnknownCertificate();
            default:
                return;
        }
    }
}
