using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CallTracking.Rpc.Tests.Echo;

/// <summary>An authority, a server and a client under it, and a stranger with a client of its own; also as PEM files for peers.</summary>
public sealed class TestCertificates : IDisposable
{
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1";
    private const string ClientUsage = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2 _root = Authority("CN=Test authority");
    private readonly X509Certificate2 _strangeRoot = Authority("CN=Strange authority");

    public TestCertificates()
    {
        Server = Signed(_root, "CN=localhost", ServerUsage);
        Client = Signed(_root, "CN=agent-1", ClientUsage);
        StrangeClient = Signed(_strangeRoot, "CN=agent-1", ClientUsage);
        Roots = [X509CertificateLoader.LoadCertificate(_root.RawData)];
        Folder = Directory.CreateTempSubdirectory("rpc-tests-").FullName;
        File.WriteAllText(Path.Combine(Folder, "root.pem"), _root.ExportCertificatePem());
        WritePem("server", Server);
        WritePem("client", Client);
    }

    public X509Certificate2Collection Roots { get; }

    public X509Certificate2 Server { get; }

    public X509Certificate2 Client { get; }

    public X509Certificate2 StrangeClient { get; }

    /// <summary>Holds root.pem, server.pem, server.key, client.pem, client.key.</summary>
    public string Folder { get; }

    public void Dispose()
    {
        foreach (var certificate in new[] { _root, _strangeRoot, Server, Client, StrangeClient })
        {
            certificate.Dispose();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(2));
    }

    private static X509Certificate2 Signed(X509Certificate2 root, string name, string usage)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        using var bare = request.Create(root, root.NotBefore, root.NotAfter, RandomNumberGenerator.GetBytes(16));
        using var withKey = bare.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    private void WritePem(string name, X509Certificate2 certificate)
    {
        File.WriteAllText(Path.Combine(Folder, name + ".pem"), certificate.ExportCertificatePem());
        using var key = certificate.GetECDsaPrivateKey();
        File.WriteAllText(Path.Combine(Folder, name + ".key"), key!.ExportPkcs8PrivateKeyPem());
    }
}
