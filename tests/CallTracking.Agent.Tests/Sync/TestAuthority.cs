using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CallTracking.Contracts;
using CallTracking.Privacy;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace CallTracking.Agent.Tests.Sync;

/// <summary>What a hub signs with: an authority for certificates and a key for policies.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ECDsa _policyKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestAuthority()
    {
        var request = new CertificateRequest("CN=test authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        Certificate = request.CreateSelfSigned(From, Until);
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>The first day of certificates that are signed from now on.</summary>
    public DateTimeOffset FirstDay { get; set; } = From.AddDays(1);

    public byte[] PolicyKey => _policyKey.ExportSubjectPublicKeyInfo();

    /// <summary>A server certificate for localhost, with its key.</summary>
    public X509Certificate2 Server()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(Usage("1.3.6.1.5.5.7.3.1"));
        using var signed = request.Create(Certificate, FirstDay, Until.AddDays(-1), RandomNumberGenerator.GetBytes(8));
        return X509CertificateLoader.LoadPkcs12(signed.CopyWithPrivateKey(key).Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>Signs a region's request.</summary>
    public byte[] Sign(byte[] requestDer) => Sign(requestDer, Until.AddDays(-1));

    /// <summary>Signs a region's request for a shorter time.</summary>
    public byte[] Sign(byte[] requestDer, DateTimeOffset until)
    {
        var request = CertificateRequest.LoadSigningRequest(requestDer, HashAlgorithmName.SHA256);
        var fresh = new CertificateRequest(request.SubjectName, request.PublicKey, HashAlgorithmName.SHA256);
        fresh.CertificateExtensions.Add(Usage("1.3.6.1.5.5.7.3.2"));
        using var certificate = fresh.Create(
            Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), FirstDay, until, RandomNumberGenerator.GetBytes(8));
        return certificate.RawData;
    }

    /// <summary>A bundle of the built-in packs, with <paramref name="more"/> documents, signed.</summary>
    public SignedPolicyBundle Bundle(ulong version, params PolicyDocument[] more) => Bundle(version, From, Until, more);

    /// <summary>The same for another time.</summary>
    public SignedPolicyBundle Bundle(ulong version, DateTimeOffset from, DateTimeOffset until, params PolicyDocument[] more) => Bundle("", version, from, until, more);

    /// <summary>The same for a policy that was in force for a while when the bundle was made.</summary>
    public SignedPolicyBundle Issued(DateTimeOffset at, DateTimeOffset validFrom, DateTimeOffset until)
    {
        var bundle = PolicyBundle.Parser.ParseFrom(Bundle(1, validFrom, until).Bundle);
        bundle.IssuedAt = Timestamp.FromDateTimeOffset(at);
        return new BundleSigner(_policyKey).Sign(bundle);
    }

    /// <summary>The same as a hub of another version would sign it.</summary>
    public SignedPolicyBundle BundleOf(string publisher, ulong version, params PolicyDocument[] more) => Bundle(publisher, version, From, Until, more);

    private SignedPolicyBundle Bundle(string publisher, ulong version, DateTimeOffset from, DateTimeOffset until, PolicyDocument[] more)
    {
        var bundle = new PolicyBundle
        {
            Version = version,
            Region = "DE",
            PublisherVersion = publisher,
            IssuedAt = Timestamp.FromDateTimeOffset(from),
            ValidFrom = Timestamp.FromDateTimeOffset(from),
            ExpiresAt = Timestamp.FromDateTimeOffset(until),
        };
        bundle.Documents.Add(PolicySet.BuiltInPacks.Where(pack => more.All(document => document.Name != pack.Name)).Concat(more));
        return new BundleSigner(_policyKey).Sign(bundle);
    }

    /// <summary>Signs a page of a code table.</summary>
    public SignedDictionary Sign(Dictionary page) => DictionarySigner.Sign(page, _policyKey);

    public EnrolResponse Enrol(EnrolRequest request) => new()
    {
        Region = "DE",
        Centre = "Berlin",
        CertificateDer = ByteString.CopyFrom(Sign(request.CertificateRequestDer.ToByteArray())),
        CaCertificateDer = ByteString.CopyFrom(Certificate.RawData),
        PolicySigningKeySpki = ByteString.CopyFrom(PolicyKey),
        Bundle = Bundle(1),
    };

    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
        _policyKey.Dispose();
    }

    private static X509EnhancedKeyUsageExtension Usage(string oid) => new([new Oid(oid)], true);
}
