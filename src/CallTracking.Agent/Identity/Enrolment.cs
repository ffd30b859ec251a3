using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Connection;
using CallTracking.Agent.Sync;
using CallTracking.Contracts;
using CallTracking.Rpc;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace CallTracking.Agent.Identity;

/// <summary>
/// Trades a token for a certificate. The first call trusts nobody: it only fetches the hub's authority, which must be the one
/// that the token names. The second trusts that authority alone, and sends the token and a certificate request; the key is
/// made here and never leaves.
/// </summary>
internal sealed class Enrolment(HubDoor hub, TimeSpan timeout)
{
    private static readonly MethodDescriptor GetAuthority = Method("GetAuthority");
    private static readonly MethodDescriptor Enrol = Method("Enrol");

    /// <summary>Enrols and stores. The region's secret survives a second enrolment.</summary>
    /// <exception cref="AgentException">Nothing could be stored here; or the hub is another, refuses the token, or is not reachable.</exception>
    public async Task<EnrolResponse> RunAsync(EnrolmentToken token, IdentityStore store, CancellationToken cancellationToken)
    {
        try
        {
            using var authority = await FetchAuthorityAsync(token, cancellationToken);
            // The hub takes a token once: whatever can keep its answer from being stored is found out before it is sent.
            store.Prepare();
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var response = await EnrolAsync(token, authority, key, cancellationToken);
            Verify(token, response, authority, key);
            store.Save(key, response);
            return response;
        }
        catch (RpcException refused)
        {
            throw HubFailure.Of(refused, hub.Address).ToException();
        }
    }

    private async Task<X509Certificate2> FetchAuthorityAsync(EnrolmentToken token, CancellationToken cancellationToken)
    {
        await using var channel = hub.OpenUnproven();
        var response = await channel.UnaryAsync<GetAuthorityRequest, GetAuthorityResponse>(
            GetAuthority, new GetAuthorityRequest(), new RpcCallOptions(timeout), cancellationToken);
        var authority = Certificate(response.CaCertificateDer);
        return token.Names(authority)
            ? authority
            : throw new AgentException(
                ExitCode.Identity,
                $"{hub.Address} is not the hub that the token is for: its authority has another fingerprint. Check the address; if it is right, someone stands in between, or the token is of another hub.");
    }

    private async Task<EnrolResponse> EnrolAsync(
        EnrolmentToken token, X509Certificate2 authority, ECDsa key, CancellationToken cancellationToken)
    {
        var request = new EnrolRequest
        {
            Token = token.Text,
            CertificateRequestDer = ByteString.CopyFrom(new CertificateRequest($"CN={token.Region}", key, HashAlgorithmName.SHA256).CreateSigningRequest()),
            AgentVersion = AgentVersion.Text,
        };
        await using var channel = hub.OpenAsStranger([authority]);
        return await channel.UnaryAsync<EnrolRequest, EnrolResponse>(Enrol, request, new RpcCallOptions(timeout), cancellationToken);
    }

    private static void Verify(EnrolmentToken token, EnrolResponse response, X509Certificate2 authority, ECDsa key)
    {
        using var certificate = Certificate(response.CertificateDer);
        using var certified = certificate.GetECDsaPublicKey();
        var isOurs = certified is not null && certified.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo());
        if (!isOurs || response.Region != token.Region.Value || !response.CaCertificateDer.Span.SequenceEqual(authority.RawData))
        {
            throw new AgentException(ExitCode.Identity, "The hub answered with a certificate that is not for this key and region. Nothing was stored; ask for a new token.");
        }
    }

    private static X509Certificate2 Certificate(ByteString der)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(der.Span);
        }
        catch (CryptographicException broken)
        {
            throw new AgentException(ExitCode.Identity, "The hub answered with something that is no certificate. Check the address.", broken);
        }
    }

    private static MethodDescriptor Method(string name) =>
        AdminReflection.Descriptor.Services.Single(service => service.Name == "EnrolmentService").FindMethodByName(name);
}
