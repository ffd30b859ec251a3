using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CallTracking.Agent.Configuration;

namespace CallTracking.Agent.Sources.Http;

/// <summary>Builds the connection to an interface: trust, proxy, compression. Redirects are not followed by itself, and no cookie is kept.</summary>
internal static class HttpTrust
{
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(30);

    /// <exception cref="PageRefusedException">Proxy or authorities cannot be used.</exception>
    /// <exception cref="SecretMissingException">A secret is missing.</exception>
    public static SocketsHttpHandler Handler(HttpSettings settings, SecretMask mask)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = ConnectTime,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        };
        if (settings.Proxy is { } proxy)
        {
            Use(handler, proxy.Reveal(mask), mask);
        }

        if (settings.CaFile is { } file)
        {
            var own = Authorities(file);
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                errors == SslPolicyErrors.None || (errors == SslPolicyErrors.RemoteCertificateChainErrors && IsTrusted(certificate, chain, own));
        }

        return handler;
    }

    private static void Use(SocketsHttpHandler handler, string proxy, SecretMask mask)
    {
        if (proxy == ProxyText.None)
        {
            handler.UseProxy = false;
            return;
        }

        var found = ProxyText.Parse(proxy, mask) ?? throw new PageRefusedException("'proxy' is no address.", "write http://proxy.example:3128, or none");
        (handler.Proxy, handler.DefaultProxyCredentials) = (found, found.Credentials);
    }

    private static X509Certificate2Collection Authorities(string file)
    {
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(file);
            return authorities.Count > 0 ? authorities : throw new PageRefusedException($"{file} holds no certificate.", "put PEM certificates there");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new PageRefusedException($"'ca_file' {file} cannot be read.", "put the authority's certificate there as PEM, readable for the agent's user");
        }
    }

    private static bool IsTrusted(X509Certificate? certificate, X509Chain? sent, X509Certificate2Collection own)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(own);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return certificate is X509Certificate2 leaf && chain.Build(leaf);
    }
}
