using System.Security.Cryptography.X509Certificates;
using CallTracking.Agent.Connection;
using CallTracking.Contracts;
using CallTracking.Rpc;

namespace CallTracking.Agent.Sync;

/// <summary>
/// Tells a hub that is away from one that shuts the door: with TLS 1.3 a client whose certificate is refused sees no more than a
/// closed connection, but the one call that needs no certificate is still answered.
/// </summary>
internal static class HubProbe
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);

    /// <summary>True when the hub answers a caller without a certificate.</summary>
    public static async Task<bool> AnswersStrangersAsync(HubDoor hub, X509Certificate2Collection roots, CancellationToken cancellationToken)
    {
        var method = AdminReflection.Descriptor.Services.Single(service => service.Name == "EnrolmentService").FindMethodByName("GetAuthority");
        await using var channel = hub.OpenAsStranger(roots);
        try
        {
            await channel.UnaryAsync<GetAuthorityRequest, GetAuthorityResponse>(
                method, new GetAuthorityRequest(), new RpcCallOptions(CallTimeout), cancellationToken);
            return true;
        }
        catch (RpcException)
        {
            return false;
        }
    }
}
