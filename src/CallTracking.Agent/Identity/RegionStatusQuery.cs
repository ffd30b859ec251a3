using CallTracking.Agent.Connection;
using CallTracking.Contracts;
using CallTracking.Rpc;
using Google.Protobuf.Reflection;

namespace CallTracking.Agent.Identity;

/// <summary>Asks the hub what it has of this region.</summary>
internal static class RegionStatusQuery
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly MethodDescriptor GetStatus =
        AdminReflection.Descriptor.Services.Single(service => service.Name == "RegionService").FindMethodByName("GetStatus");

    /// <exception cref="RpcException">The hub is not reachable or refuses the region.</exception>
    public static async Task<RegionStatus> AskAsync(HubDoor hub, AgentIdentity identity, CancellationToken cancellationToken)
    {
        await using var channel = hub.Open(identity);
        return (await AskAsync(channel, cancellationToken)).Message;
    }

    /// <summary>The same over a channel that is there, with the headers of the answer.</summary>
    /// <exception cref="RpcException">The hub is not reachable or refuses the region.</exception>
    public static Task<RpcReply<RegionStatus>> AskAsync(RpcChannel channel, CancellationToken cancellationToken) =>
        channel.UnaryWithMetadataAsync<GetRegionStatusRequest, RegionStatus>(GetStatus, new GetRegionStatusRequest(), new RpcCallOptions(Timeout), cancellationToken);
}
