using System.Net;

namespace CallTracking.Agent.Configuration;

/// <summary>Reads the address of a proxy, with the credential that may stand in it: <c>http://user:password@host:port</c>.</summary>
internal static class ProxyText
{
    public const string None = "none";

    /// <summary>The proxy with its credential; null when the text is no address of one.</summary>
    /// <param name="text">With its secrets in their places.</param>
    /// <param name="mask">Learns the password.</param>
    public static WebProxy? Parse(string text, SecretMask mask)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https" or "socks5"))
        {
            return null;
        }

        var proxy = new WebProxy(new UriBuilder(address) { UserName = string.Empty, Password = string.Empty }.Uri);
        if (Uri.UnescapeDataString(address.UserInfo).Split(':', 2) is [var user, var password])
        {
            mask.Add(password);
            proxy.Credentials = new NetworkCredential(user, password);
        }

        return proxy;
    }
}
