using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Identity;
using CallTracking.Contracts;
using CallTracking.Rpc;

namespace CallTracking.Agent.Connection;

/// <summary>The way to the hub: its addresses, and the proxy before them.</summary>
/// <param name="Hubs">https. Several are one hub at the same database: whichever can be reached.</param>
/// <param name="Proxy">Null goes straight; what the environment says of proxies is not looked at.</param>
internal sealed record HubDoor(RpcServers Hubs, SecretText? Proxy = null)
{
    /// <summary>To one address, straight.</summary>
    public HubDoor(Uri address)
        : this(new RpcServers(address))
    {
    }

    /// <summary>Where the next call goes.</summary>
    public Uri Address => Hubs.Current;

    /// <summary>As the region. Does not connect yet.</summary>
    /// <exception cref="AgentException">The proxy's secret is missing, or it is no address.</exception>
    public RpcChannel Open(AgentIdentity identity, bool gzip = false, RemoteCertificateValidationCallback? watch = null) =>
        Open(identity.Certificate, identity.Roots, gzip, watch);

    /// <summary>Without showing a certificate.</summary>
    /// <exception cref="AgentException">The proxy's secret is missing, or it is no address.</exception>
    public RpcChannel OpenAsStranger(X509Certificate2Collection roots) => Open(null, roots, gzip: false, null);

    /// <summary>Whoever answers: for what is not secret, and checked otherwise.</summary>
    /// <exception cref="AgentException">The proxy's secret is missing, or it is no address.</exception>
    [SuppressMessage("Security", "CA5359", Justification = "Nothing secret is sent, and what comes back is compared with the token's fingerprint.")]
    public RpcChannel OpenUnproven() => Open(null, null, gzip: false, (_, _, _, _) => true);

    private RpcChannel Open(X509Certificate2? own, X509Certificate2Collection? roots, bool gzip, RemoteCertificateValidationCallback? validation) =>
        RpcChannel.Create(Hubs, new RpcChannelOptions
        {
            ClientCertificate = own,
            TrustedRoots = roots,
            ServerCertificateValidation = validation,
            MaxReceiveMessageBytes = SyncLimits.MessageBytes,
            Gzip = gzip,
            Proxy = FindProxy(),
        });

    // Looked up each time: a secret may change while the agent stays.
    private WebProxy? FindProxy()
    {
        if (Proxy is null)
        {
            return null;
        }

        try
        {
            return ProxyText.Parse(Proxy.Reveal(new SecretMask()), new SecretMask())
                ?? throw new AgentException(ExitCode.Configuration, "'proxy' in agent.yaml is no address of a proxy. Write proxy: http://proxy.example:3128, with user:${env:SECRET}@ before the host where it asks who comes.");
        }
        catch (SecretMissingException missing)
        {
            throw new AgentException(ExitCode.Configuration, $"'proxy' in agent.yaml: {missing.Message}", missing);
        }
    }
}
