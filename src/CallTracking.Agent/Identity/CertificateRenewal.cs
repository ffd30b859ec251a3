using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CallTracking.Agent.Connection;
using CallTracking.Contracts;
using CallTracking.Rpc;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace CallTracking.Agent.Identity;

/// <summary>
/// Gets the region a new certificate for its key when less than a third of the old one's life is left. The old one stays good
/// until it expires, so a failure is tried again with the next sync.
/// </summary>
internal sealed class CertificateRenewal(HubDoor hub, IdentityStore store, TimeProvider clock)
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);
    private static readonly MethodDescriptor Renew =
        AdminReflection.Descriptor.Services.Single(service => service.Name == "RegionService").FindMethodByName("RenewCertificate");

    /// <summary>True when it is time.</summary>
    public bool IsDue(AgentIdentity identity)
    {
        var (from, until) = (identity.Certificate.NotBefore.ToUniversalTime(), identity.Certificate.NotAfter.ToUniversalTime());
        return clock.GetUtcNow().UtcDateTime > until - ((until - from) / 3);
    }

    /// <summary>Asks for the certificate and stores it.</summary>
    /// <exception cref="RpcException">The hub did not give one.</exception>
    /// <exception cref="CryptographicException">What it gave is no certificate for this key.</exception>
    public async Task RunAsync(AgentIdentity identity, CancellationToken cancellationToken)
    {
        await using var channel = hub.Open(identity);
        var response = await channel.UnaryAsync<RenewCertificateRequest, RenewCertificateResponse>(
            Renew,
            new RenewCertificateRequest { CertificateRequestDer = ByteString.CopyFrom(Request(identity)) },
            new RpcCallOptions(CallTimeout),
            cancellationToken);
        Keep(identity, response.CertificateDer);
    }

    /// <summary>What asks for a certificate for the region's key (PKCS #10, DER).</summary>
    public static byte[] Request(AgentIdentity identity)
    {
        using var key = identity.Certificate.GetECDsaPrivateKey()!;
        return new CertificateRequest(identity.Certificate.SubjectName, key, HashAlgorithmName.SHA256).CreateSigningRequest();
    }

    /// <summary>Stores the certificate that the hub gave.</summary>
    /// <exception cref="CryptographicException">It is none for this key.</exception>
    public void Keep(AgentIdentity identity, ByteString certificate)
    {
        using var renewed = X509CertificateLoader.LoadCertificate(certificate.Span);
        using var key = identity.Certificate.GetECDsaPublicKey()!;
        using var certified = renewed.GetECDsaPublicKey();
        if (certified is null || !certified.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo()))
        {
            throw new CryptographicException("The certificate is for another key.");
        }

        store.SaveCertificate(certificate);
    }
}
