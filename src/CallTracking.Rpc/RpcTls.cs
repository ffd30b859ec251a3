using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace CallTracking.Rpc;

/// <summary>TLS 1.2 and 1.3 with own authorities, on both sides. Revocation lists are not consulted.</summary>
public static class RpcTls
{
    /// <summary>How long a client may take for the TLS handshake; then its connection is closed.</summary>
    public static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(10);

    // Named, so that no system's own default lets an older one in.
    private const SslProtocols Versions = SslProtocols.Tls12 | SslProtocols.Tls13;

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>What a client's handler needs to show a certificate and to trust own roots.</summary>
    public static SslClientAuthenticationOptions ClientOptions(
        X509Certificate2? clientCertificate, X509Certificate2Collection? trustedRoots, RemoteCertificateValidationCallback? validation)
    {
        var options = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = validation, EnabledSslProtocols = Versions };
        if (clientCertificate is not null)
        {
            options.ClientCertificateContext = SslStreamCertificateContext.Create(clientCertificate, additionalCertificates: null, offline: true);
        }

        if (trustedRoots is not null)
        {
            options.CertificateChainPolicy = Policy(trustedRoots, ServerAuthentication);
        }

        return options;
    }

    /// <summary>Serves TLS on a listener and asks clients for a certificate that one of the roots signed for client use.</summary>
    /// <param name="listener">The listener; set its protocols to HTTP/2 for gRPC alone.</param>
    /// <param name="serverCertificate">With its private key.</param>
    /// <param name="clientRoots">The authorities of client certificates.</param>
    /// <param name="required">False lets clients in without one; a wrong one is refused either way.</param>
    public static ListenOptions UseRpcTls(
        this ListenOptions listener, X509Certificate2 serverCertificate, X509Certificate2Collection clientRoots, bool required) =>
        listener.UseHttps(https => Serve(https, serverCertificate, clientRoots, required));

    internal static void Serve(HttpsConnectionAdapterOptions https, X509Certificate2 serverCertificate, X509Certificate2Collection clientRoots, bool required)
    {
        https.ServerCertificate = serverCertificate;
        https.SslProtocols = Versions;
        https.HandshakeTimeout = HandshakeTime;
        https.ClientCertificateMode = required ? ClientCertificateMode.RequireCertificate : ClientCertificateMode.AllowCertificate;
        https.ClientCertificateValidation = (certificate, chain, _) => IsTrustedClient(certificate, clientRoots, chain?.ChainPolicy.ExtraStore);
    }

    /// <summary>Whether one of the roots signed the certificate, it is in date, and may be used by a client.</summary>
    public static bool IsTrustedClient(X509Certificate2 certificate, X509Certificate2Collection roots, X509Certificate2Collection? intermediates)
    {
        using var chain = new X509Chain { ChainPolicy = Policy(roots, ClientAuthentication) };
        if (intermediates is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(intermediates);
        }

        return chain.Build(certificate);
    }

    /// <summary>A certificate with its key, from the texts of PEM files, in the form that TLS on every system accepts.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">They are no such texts, or do not belong together.</exception>
    public static X509Certificate2 LoadPem(string certificate, string key)
    {
        var loaded = X509Certificate2.CreateFromPem(certificate, key);
        if (!OperatingSystem.IsWindows())
        {
            return loaded;
        }

        // Windows' TLS does not take the ephemeral key of a PEM text.
        using (loaded)
        {
            return X509CertificateLoader.LoadPkcs12(loaded.Export(X509ContentType.Pkcs12), password: null);
        }
    }

    /// <summary>Limits of Kestrel for long gRPC streams.</summary>
    /// <remarks>
    /// A stream window of 2 MiB holds two of the largest usual batches; a client whose handler pauses blocks there. A peer that
    /// pauses is not slow, so the least rate of replies is switched off for the whole server: put pages behind limits of their own.
    /// </remarks>
    public static void ConfigureRpc(this KestrelServerOptions kestrel)
    {
        var limits = kestrel.Limits;
        limits.MinResponseDataRate = null;
        limits.Http2.InitialStreamWindowSize = 2 * 1024 * 1024;
        limits.Http2.InitialConnectionWindowSize = 4 * 1024 * 1024;
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
    }

    private static X509ChainPolicy Policy(X509Certificate2Collection roots, string usage)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(roots);
        policy.ApplicationPolicy.Add(new Oid(usage));
        return policy;
    }
}
