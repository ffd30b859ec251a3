using System.Collections.Concurrent;
using CallTracking.Rpc.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using static CallTracking.Rpc.Wire.HealthCheckResponse.Types;

namespace CallTracking.Rpc;

/// <summary>
/// What the standard health service (grpc.health.v1) answers. The empty name is the whole server, which serves until it stops;
/// a service is unknown until it is set. Safe to use from many threads.
/// </summary>
public sealed class RpcHealth
{
    private readonly ConcurrentDictionary<string, ServingStatus> _states = new() { [string.Empty] = ServingStatus.Serving };
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Says whether a service can do its work, and tells those who watch it.</summary>
    /// <param name="service">Its full name; empty for the whole server.</param>
    /// <param name="isServing">False while it cannot.</param>
    public void Set(string service, bool isServing)
    {
        _states[service] = isServing ? ServingStatus.Serving : ServingStatus.NotServing;
        Interlocked.Exchange(ref _changed, NewSignal()).SetResult();
    }

    internal RpcServiceBinder Bind() => new RpcServiceBinder(HealthReflection.Descriptor.Services[0])
        .Unary<HealthCheckRequest, HealthCheckResponse>("Check", CheckAsync)
        .ServerStreaming<HealthCheckRequest, HealthCheckResponse>("Watch", WatchAsync);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task<HealthCheckResponse> CheckAsync(HealthCheckRequest request, RpcContext context) =>
        _states.TryGetValue(request.Service, out var status)
            ? Task.FromResult(new HealthCheckResponse { Status = context.Stopping.IsCancellationRequested ? ServingStatus.NotServing : status })
            : throw new RpcException(RpcStatusCode.NotFound, "The health of this service is not known here.");

    private async Task WatchAsync(HealthCheckRequest request, RpcStreamWriter<HealthCheckResponse> replies, RpcContext context)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, context.Stopping);
        ServingStatus? told = null;
        while (!end.IsCancellationRequested)
        {
            // The signal is taken before the state is read: a change in between is seen by the next round.
            var changed = Volatile.Read(ref _changed).Task;
            var now = _states.GetValueOrDefault(request.Service, ServingStatus.ServiceUnknown);
            if (now != told)
            {
                told = now;
                await replies.WriteAsync(new HealthCheckResponse { Status = now }, context.CancellationToken);
            }

            await changed.WaitAsync(end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        context.CancellationToken.ThrowIfCancellationRequested();
        await replies.WriteAsync(new HealthCheckResponse { Status = ServingStatus.NotServing }, context.CancellationToken);
        throw RpcException.WithReason(RpcStatusCode.Unavailable, "server-stopping", "The server is stopping: watch again.");
    }
}

public static class RpcHealthExtensions
{
    /// <summary>Serves grpc.health.v1 from the host's <see cref="RpcHealth"/>, which <see cref="RpcServerExtensions.AddRpc"/> adds.</summary>
    public static IEndpointConventionBuilder MapRpcHealth(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapRpc(endpoints.ServiceProvider.GetRequiredService<RpcHealth>().Bind());

    /// <summary>Asks the standard health service of a server, of any make.</summary>
    /// <param name="channel">The way to the server.</param>
    /// <param name="service">The service's full name; empty for the whole server.</param>
    /// <param name="options">Of the call.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>True when it says SERVING.</returns>
    /// <exception cref="RpcException">The server does not answer; NotFound: it does not know the service; Unimplemented: it has no health service.</exception>
    public static async Task<bool> IsServingAsync(this RpcChannel channel, string service, RpcCallOptions options, CancellationToken cancellationToken)
    {
        var method = HealthReflection.Descriptor.Services[0].FindMethodByName("Check");
        var reply = await channel.UnaryAsync<HealthCheckRequest, HealthCheckResponse>(
            method, new HealthCheckRequest { Service = service }, options, cancellationToken);
        return reply.Status == ServingStatus.Serving;
    }
}
