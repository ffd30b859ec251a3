using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CallTracking.Hub.People;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace CallTracking.Hub.Web;

/// <summary>The certificate by which the web listener speaks TLS, with what its file holds of the chain. Read at start: a renewed one needs a restart.</summary>
internal sealed class WebCertificate(X509Certificate2 certificate, X509Certificate2Collection chain)
{
    /// <exception cref="HubException">The files hold no certificate and key that belong together.</exception>
    public static WebCertificate Require(WebTls tls)
    {
        try
        {
            using var pem = X509Certificate2.CreateFromPemFile(tls.CertificateFile, tls.KeyFile);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(tls.CertificateFile);

            // TLS on Windows takes no key that was only read into memory.
            return new WebCertificate(X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null), chain);
        }
        catch (Exception unusable) when (unusable is CryptographicException or ArgumentException)
        {
            throw new HubException(
                $"web.tls: {tls.CertificateFile} and {tls.KeyFile} are no certificate and its key in PEM, unencrypted.", HubExit.Usage, unusable);
        }
    }

    public void UseIn(HttpsConnectionAdapterOptions options)
    {
        options.ServerCertificate = certificate;
        options.ServerCertificateChain = chain;
        options.SslProtocols = System.Security.Authentication.SslProtocols.Tls12 | System.Security.Authentication.SslProtocols.Tls13;
    }
}
