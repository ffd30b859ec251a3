using CallTracking.Rpc.Tests.Wire;
using Google.Protobuf.Reflection;

namespace CallTracking.Rpc.Tests.Echo;

/// <summary>echo.proto's methods as calls of our client.</summary>
public static class EchoCalls
{
    private static readonly RpcCallOptions Patient = new(TimeSpan.FromSeconds(20));

    public static MethodDescriptor Method(string name) => EchoService.Descriptor.FindMethodByName(name);

    public static Task<RpcReply<EchoReply>> OnceAsync(this RpcChannel channel, EchoRequest request, RpcCallOptions? options = null, CancellationToken cancellationToken = default) =>
        channel.UnaryWithMetadataAsync<EchoRequest, EchoReply>(Method("Once"), request, options ?? Patient, cancellationToken);

    public static RpcServerStreamCall<EchoReply> Expand(this RpcChannel channel, EchoRequest request, RpcCallOptions? options = null, CancellationToken cancellationToken = default) =>
        channel.OpenServerStream<EchoRequest, EchoReply>(Method("Expand"), request, options ?? Patient, cancellationToken);

    public static RpcClientStreamCall<EchoRequest, EchoReply> Collect(this RpcChannel channel, RpcCallOptions? options = null, CancellationToken cancellationToken = default) =>
        channel.OpenClientStream<EchoRequest, EchoReply>(Method("Collect"), options ?? Patient, cancellationToken);

    public static RpcDuplexCall<EchoRequest, EchoReply> Converse(this RpcChannel channel, RpcCallOptions? options = null, CancellationToken cancellationToken = default) =>
        channel.OpenDuplex<EchoRequest, EchoReply>(Method("Converse"), options ?? Patient, cancellationToken);

    /// <summary>A call of the service that only a test's own endpoint answers.</summary>
    public static Task<EchoReply> UnservedAsync(this RpcChannel channel, EchoRequest request) =>
        channel.UnaryAsync<EchoRequest, EchoReply>(EchoReflection.Descriptor.Services[1].Methods[0], request, Patient, default);

    public static async Task<List<EchoReply>> ToListAsync(this IAsyncEnumerable<EchoReply> replies)
    {
        var list = new List<EchoReply>();
        await foreach (var reply in replies)
        {
            list.Add(reply);
        }

        return list;
    }
}
