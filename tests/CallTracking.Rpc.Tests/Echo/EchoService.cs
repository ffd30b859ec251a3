using CallTracking.Rpc.Tests.Wire;
using CallTracking.Rpc.Wire;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace CallTracking.Rpc.Tests.Echo;

/// <summary>echo.proto's behaviours, as a service of ours.</summary>
public sealed class EchoService
{
    public static readonly ServiceDescriptor Descriptor = EchoReflection.Descriptor.Services[0];

    private readonly TaskCompletionSource _converses = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _sleeps = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a Converse call began.</summary>
    public Task Converses => _converses.Task;

    /// <summary>Completes when a call began to sleep.</summary>
    public Task Sleeps => _sleeps.Task;

    /// <summary>Completes when a sleeping call saw its token cancelled.</summary>
    public Task SawCancellation => _cancelled.Task;

    /// <summary>The subject of the last client's certificate.</summary>
    public string? LastClient { get; private set; }

    public RpcServiceBinder Bind() => new RpcServiceBinder(Descriptor)
        .Unary<EchoRequest, EchoReply>("Once", OnceAsync)
        .ClientStreaming<EchoRequest, EchoReply>("Collect", CollectAsync)
        .ServerStreaming<EchoRequest, EchoReply>("Expand", ExpandAsync)
        .Duplex<EchoRequest, EchoReply>("Converse", ConverseAsync);

    private async Task<EchoReply> OnceAsync(EchoRequest request, RpcContext context)
    {
        LastClient = context.ClientCertificate?.Subject;
        switch (request.Behave)
        {
            case "details":
                var status = RpcException.WithDetails(
                    RpcStatusCode.FailedPrecondition, "not yet", new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(1.5)) });
                status.Trailers.Add("reason", "told-so");
                throw status;
            case "metadata":
                context.ResponseTrailers.AddBinary("echo-bin", context.RequestHeaders.GetBinary("echo-bin") ?? []);
                context.ResponseTrailers.Add("echo", context.RequestHeaders.Get("echo") ?? string.Empty);
                break;
            case "large":
                return new EchoReply { Payload = UnsafeByteOperations.UnsafeWrap(new byte[request.Number]) };
            case "deadline":
                return new EchoReply { Text = context.Deadline is null ? "none" : "set" };
            default:
                await BehaveAsync(request, context);
                break;
        }

        return new EchoReply { Text = request.Text, Payload = request.Payload, Number = request.Number };
    }

    private async Task<EchoReply> CollectAsync(IAsyncEnumerable<EchoRequest> requests, RpcContext context)
    {
        var texts = new List<string>();
        await foreach (var request in requests)
        {
            await BehaveAsync(request, context);
            texts.Add(request.Text);
        }

        return new EchoReply { Text = string.Join(",", texts), Number = texts.Count };
    }

    private async Task ExpandAsync(EchoRequest request, RpcStreamWriter<EchoReply> replies, RpcContext context)
    {
        var count = request.Behave == "fail" ? 2 : request.Number;
        for (var number = 1; number <= count; number++)
        {
            await replies.WriteAsync(new EchoReply { Text = request.Text, Number = number, Payload = request.Payload }, context.CancellationToken);
        }

        await BehaveAsync(request, context);
    }

    private async Task ConverseAsync(IAsyncEnumerable<EchoRequest> requests, RpcStreamWriter<EchoReply> replies, RpcContext context)
    {
        _converses.TrySetResult();
        await foreach (var request in requests)
        {
            await BehaveAsync(request, context);
            await replies.WriteAsync(new EchoReply { Text = request.Text, Payload = request.Payload, Number = request.Number }, context.CancellationToken);
        }
    }

    private async Task BehaveAsync(EchoRequest request, RpcContext context)
    {
        switch (request.Behave)
        {
            case "fail":
                throw new RpcException((RpcStatusCode)request.Number, request.Text);
            case "fault":
                throw new InvalidOperationException("the handler is broken");
            case "sleep":
                try
                {
                    _sleeps.TrySetResult();
                    await Task.Delay(Timeout.Infinite, context.CancellationToken);
                }
                finally
                {
                    _cancelled.TrySetResult();
                }

                break;
        }
    }
}
