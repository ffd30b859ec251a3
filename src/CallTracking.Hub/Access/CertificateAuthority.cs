using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CallTracking.Contracts;

namespace CallTracking.Hub.Access;

/// <summary>
/// The installation's own certificate authority (ECDSA P-256): it vouches for the regions to the hub and for the hub to the
/// regions, and for nobody else.
/// </summary>
internal sealed class CertificateAuthority : IDisposable
{
    /// <summary>How long a region's certificate is good. Agents renew theirs well before.</summary>
    public static readonly TimeSpan RegionLife = TimeSpan.FromDays(365);

    /// <summary>How long the hub's TLS certificate is good; a new one is made at start when 30 days or less remain.</summary>
    public static readonly TimeSpan ServerLife = TimeSpan.FromDays(365);

    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";
    private const string P256 = "1.2.840.10045.3.1.7";

    // A peer's clock may be a little behind ours.
    private static readonly TimeSpan Backdate = TimeSpan.FromMinutes(10);
    private readonly TimeProvider _clock;

    private CertificateAuthority(X509Certificate2 certificate, TimeProvider clock)
    {
        Certificate = certificate;
        _clock = clock;
        Der = certificate.RawData;
        Fingerprint = SHA256.HashData(Der);
    }

    /// <summary>With its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The certificate as agents get it.</summary>
    public byte[] Der { get; }

    /// <summary>SHA-256 of <see cref="Der"/>; stands in every enrolment token.</summary>
    public byte[] Fingerprint { get; }

    /// <summary>Makes an authority that is good for ten years.</summary>
    public static CertificateAuthority Create(string entity, TimeProvider clock)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName("CallTracking hub authority");
        name.AddOrganizationName(entity.Length <= 64 ? entity : entity[..64]);
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = clock.GetUtcNow();
        return new CertificateAuthority(request.CreateSelfSigned(now - Backdate, now.AddYears(10)), clock);
    }

    /// <summary>Takes up the authority that <see cref="ToPem"/> wrote.</summary>
    public static CertificateAuthority FromPem(string pem, TimeProvider clock) => new(X509Certificate2.CreateFromPem(pem, pem), clock);

    /// <summary>Certificate and private key. A secret.</summary>
    public string ToPem() => Pem(Certificate);

    /// <summary>A certificate for the hub itself, with a new key; PEM of both. A secret.</summary>
    public string IssueServer(IReadOnlyList<string> hostNames)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=CallTracking hub", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hostNames)
        {
            if (IPAddress.TryParse(host, out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(host);
            }
        }

        request.CertificateExtensions.Add(names.Build());
        using var issued = Sign(request, ServerUse, ServerLife);
        using var whole = issued.CopyWithPrivateKey(key);
        return Pem(whole);
    }

    /// <summary>A certificate that binds the key of a PKCS #10 request to a region. What else the request asks for is ignored.</summary>
    /// <exception cref="FormatException">Not a request, its signature is wrong, or its key is not P-256.</exception>
    public X509Certificate2 IssueRegion(RegionCode region, ReadOnlySpan<byte> requestDer)
    {
        PublicKey key;
        try
        {
            key = CertificateRequest.LoadSigningRequest(requestDer.ToArray(), HashAlgorithmName.SHA256).PublicKey;
            using var curve = key.GetECDsaPublicKey();
            if (curve?.ExportParameters(includePrivateParameters: false).Curve.Oid.Value is not (null or P256) || curve is not { KeySize: 256 })
            {
                throw new FormatException("The certificate request's key is not ECDSA P-256.");
            }
        }
        catch (CryptographicException broken)
        {
            throw new FormatException("The bytes are not a PKCS #10 certificate request (DER) signed with its own key.", broken);
        }

        var request = new CertificateRequest(new X500DistinguishedName($"CN={region.Value}"), key, HashAlgorithmName.SHA256);
        return Sign(request, ClientUse, RegionLife);
    }

    public void Dispose() => Certificate.Dispose();

    private X509Certificate2 Sign(CertificateRequest request, string use, TimeSpan life)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], critical: true));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var now = _clock.GetUtcNow();
        var end = now + life < Certificate.NotAfter ? now + life : Certificate.NotAfter;
        var begin = now - Backdate > Certificate.NotBefore ? now - Backdate : Certificate.NotBefore;
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7F;
        using var key = Certificate.GetECDsaPrivateKey()!;
        return request.Create(Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(key), begin, end, serial);
    }

    private static string Pem(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        return certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n";
    }
}
