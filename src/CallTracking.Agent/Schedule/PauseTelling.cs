using CallTracking.Agent.Commands;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Identity;
using CallTracking.Contracts;
using CallTracking.Rpc;
using Google.Protobuf.Reflection;

namespace CallTracking.Agent.Schedule;

/// <summary>Tells the hub of a pause, so that nobody there is called at night for a region that rests on purpose.</summary>
internal sealed class PauseTelling(AgentSettings settings)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly MethodDescriptor TellPause =
        AdminReflection.Descriptor.Services.Single(service => service.Name == "RegionService").FindMethodByName("TellPause");

    private readonly PauseFile _file = new(settings.StateDirectory);

    /// <summary>Tells what is still to be told. Null when that went well or there was nothing, else why not: it is tried again.</summary>
    public async Task<string?> TryTellAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_file.Untold() is not { } news)
            {
                return null;
            }

            using var identity = new IdentityStore(settings.State).Load();
            await using var channel = settings.Door.Open(identity);
            await channel.UnaryAsync<TellPauseRequest, TellPauseResponse>(
                TellPause, new TellPauseRequest { Pause = news.Pause?.ToWire() }, new RpcCallOptions(Timeout), cancellationToken);
            _file.Told(news);
            return null;
        }
        catch (Exception failed) when (failed is RpcException or AgentException or IOException or UnauthorizedAccessException)
        {
            return failed is RpcException { StatusCode: RpcStatusCode.Unimplemented } ? "headquarters runs an earlier version that knows no pauses" : failed.Message;
        }
    }
}
