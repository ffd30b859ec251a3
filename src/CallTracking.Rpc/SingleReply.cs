using Google.Protobuf;

namespace CallTracking.Rpc;

/// <summary>The end of a call that has one reply.</summary>
internal static class SingleReply
{
    public static async Task<RpcReply<T>> ReadAsync<T>(ClientCall call, CancellationToken cancellationToken)
        where T : class, IMessage<T>, new()
    {
        var reply = await call.ReadAsync<T>(cancellationToken);
        if (reply is null || await call.ReadAsync<T>(cancellationToken) is not null)
        {
            throw new RpcException(RpcStatusCode.Internal, $"The server sent {(reply is null ? "no reply" : "more than one reply")} and OK; expected one.");
        }

        return new RpcReply<T>(reply, call.ResponseHeaders, call.ResponseTrailers);
    }
}
