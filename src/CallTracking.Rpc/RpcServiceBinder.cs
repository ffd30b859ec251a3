using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace CallTracking.Rpc;

/// <summary>
/// The handlers of one service, bound by method name and checked against its descriptor at once, so a mistake shows at
/// start-up. A method without a handler answers UNIMPLEMENTED.
/// </summary>
public sealed class RpcServiceBinder
{
    private readonly Dictionary<string, Func<ServerCall, Task>> _handlers = [];

    public RpcServiceBinder(ServiceDescriptor service)
    {
        ArgumentNullException.ThrowIfNull(service);
        Service = service;
    }

    public ServiceDescriptor Service { get; }

    internal IReadOnlyDictionary<string, Func<ServerCall, Task>> Handlers => _handlers;

    /// <summary>Binds a method of one request and one reply.</summary>
    /// <exception cref="ArgumentException">The service has no such method, or it has other types or streams, or it is bound already.</exception>
    public RpcServiceBinder Unary<TReq, TRes>(string method, Func<TReq, RpcContext, Task<TRes>> handler)
        where TReq : class, IMessage<TReq>, new()
        where TRes : class, IMessage<TRes>, new() =>
        Bind<TReq, TRes>(method, false, false, async call =>
        {
            var request = await call.ReadSingleAsync<TReq>();
            call.Reply(await handler(request, call.Context));
        });

    /// <summary>Binds a method of one request and a stream of replies.</summary>
    /// <inheritdoc cref="Unary" path="/exception"/>
    public RpcServiceBinder ServerStreaming<TReq, TRes>(string method, Func<TReq, RpcStreamWriter<TRes>, RpcContext, Task> handler)
        where TReq : class, IMessage<TReq>, new()
        where TRes : class, IMessage<TRes>, new() =>
        Bind<TReq, TRes>(method, false, true, async call =>
        {
            var request = await call.ReadSingleAsync<TReq>();
            await handler(request, await call.StartStreamAsync<TRes>(), call.Context);
        });

    /// <summary>Binds a method of a stream of requests and one reply.</summary>
    /// <inheritdoc cref="Unary" path="/exception"/>
    public RpcServiceBinder ClientStreaming<TReq, TRes>(string method, Func<IAsyncEnumerable<TReq>, RpcContext, Task<TRes>> handler)
        where TReq : class, IMessage<TReq>, new()
        where TRes : class, IMessage<TRes>, new() =>
        Bind<TReq, TRes>(method, true, false, async call => call.Reply(await handler(call.ReadAllAsync<TReq>(default), call.Context)));

    /// <summary>Binds a method of two streams that run side by side.</summary>
    /// <inheritdoc cref="Unary" path="/exception"/>
    public RpcServiceBinder Duplex<TReq, TRes>(string method, Func<IAsyncEnumerable<TReq>, RpcStreamWriter<TRes>, RpcContext, Task> handler)
        where TReq : class, IMessage<TReq>, new()
        where TRes : class, IMessage<TRes>, new() =>
        Bind<TReq, TRes>(method, true, true, async call =>
            await handler(call.ReadAllAsync<TReq>(default), await call.StartStreamAsync<TRes>(), call.Context));

    private RpcServiceBinder Bind<TReq, TRes>(string name, bool clientStreams, bool serverStreams, Func<ServerCall, Task> handler)
    {
        var method = Service.FindMethodByName(name)
            ?? throw new ArgumentException(
                $"{Service.FullName} has no method '{name}'; it has {string.Join(", ", Service.Methods.Select(known => known.Name))}.", nameof(name));
        MethodShape.Require<TReq, TRes>(method, clientStreams, serverStreams);
        if (!_handlers.TryAdd(name, handler))
        {
            throw new ArgumentException($"{method.FullName} is bound already.", nameof(name));
        }

        return this;
    }
}
