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
    public static async Task<RegionStatus> AskAsync(Uri hub, AgentIdentity identity, CancellationToken cancellationToken)
    {
        await using var channel = RpcChannel.Create(hub, new RpcChannelOptions { ClientCertificate = identity.Certificate, TrustedRoots = identity.Roots });
        return await channel.UnaryAsync<GetRegionStatusRequest, RegionStatus>(
            GetStatus, new GetRegionStatusRequest(), new RpcCallOptions(Timeout), cancellationToken);
    }
}
