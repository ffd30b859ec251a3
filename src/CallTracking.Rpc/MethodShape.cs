using Google.Protobuf.Reflection;

namespace CallTracking.Rpc;

/// <summary>Compares what the code says of a method with what its descriptor says.</summary>
internal static class MethodShape
{
    /// <exception cref="ArgumentException">They differ.</exception>
    public static void Require<TReq, TRes>(MethodDescriptor method, bool clientStreams, bool serverStreams)
    {
        ArgumentNullException.ThrowIfNull(method);
        if (method.InputType.ClrType != typeof(TReq) || method.OutputType.ClrType != typeof(TRes))
        {
            throw new ArgumentException(
                $"{method.FullName} takes {method.InputType.Name} and gives {method.OutputType.Name}, not {typeof(TReq).Name} and {typeof(TRes).Name}.",
                nameof(method));
        }

        if (method.IsClientStreaming != clientStreams || method.IsServerStreaming != serverStreams)
        {
            throw new ArgumentException(
                $"{method.FullName} is {Kind(method.IsClientStreaming, method.IsServerStreaming)}, not {Kind(clientStreams, serverStreams)}.", nameof(method));
        }
    }

    private static string Kind(bool clientStreams, bool serverStreams) => (clientStreams, serverStreams) switch
    {
        (false, false) => "unary",
        (false, true) => "server-streaming",
        (true, false) => "client-streaming",
        (true, true) => "duplex",
    };
}
