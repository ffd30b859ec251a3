using System.Net;
using System.Security.Cryptography;
using System.Text;
using CallTracking.Hub.Configuration;
using CallTracking.Hub.People;

namespace CallTracking.Hub.Web;

/// <summary>How the web listener finds out who asks.</summary>
internal enum WebRule
{
    /// <summary>It does not: it is bound to loopback and answers to loopback names only.</summary>
    Machine,

    /// <summary>By the one token of <c>web.access_token_file</c>, or a token of somebody's own; there are no passwords.</summary>
    SharedToken,

    /// <summary>By an account or a token of somebody's own.</summary>
    SignIn,
}

/// <summary>Who may reach pages and REST.</summary>
/// <param name="Rule">How it is found out who asks.</param>
/// <param name="TokenDigest">SHA-256 of the one token for all; null when there is none.</param>
/// <param name="IsEncrypted">What browsers send arrives under TLS, ours or a proxy's.</param>
/// <param name="IsBehindProxy">Who asks stands in X-Forwarded-For.</param>
internal sealed record WebAccess(WebRule Rule, byte[]? TokenDigest, bool IsEncrypted, bool IsBehindProxy)
{
    private const int ShortestToken = 32;

    /// <summary>Reads the token file, if there is one, and looks whether the address may be listened on.</summary>
    /// <exception cref="HubException">Others could reach the listener without saying who they are, or in the clear; or the token file holds no good token.</exception>
    public static WebAccess Require(HubOptions options)
    {
        var (listen, people) = (options.WebListen, options.People);
        var digest = options.WebAccessTokenFile is { } file ? ReadToken(file) : null;
        var isEncrypted = people.IsBehindProxy || people.Tls is not null;
        var isReached = people.IsBehindProxy || !IPAddress.IsLoopback(listen.Address);
        var rule = people.SignIn switch
        {
            SignInRule.Required => WebRule.SignIn,
            null when digest is null && isEncrypted => WebRule.SignIn,
            SignInRule.None or null => digest is null ? WebRule.Machine : WebRule.SharedToken,
        };
        if (rule is WebRule.Machine && isReached)
        {
            throw new HubException(
                $"web.listen: {listen} can be reached from other machines, and nobody is asked who he is. Listen on 127.0.0.1; or set web.sign_in: required with web.tls or web.behind_proxy: true; or set web.access_token_file.",
                HubExit.Usage);
        }

        if (rule is WebRule.SignIn && isReached && !isEncrypted)
        {
            throw new HubException(
                $"web.listen: {listen} can be reached from other machines, and passwords and tokens would travel unencrypted. Set web.tls: {{certificate: .., key: ..}}; or web.behind_proxy: true behind a proxy that ends TLS; or listen on 127.0.0.1.",
                HubExit.Usage);
        }

        return new WebAccess(rule, digest, isEncrypted, people.IsBehindProxy);
    }

    private static byte[] ReadToken(string file)
    {
        var token = File.Exists(file)
            ? File.ReadAllText(file).Trim()
            : throw new HubException($"web.access_token_file: there is no file {file}. Write at least {ShortestToken} random characters into it, readable by the hub only.", HubExit.Usage);
        return token.Length >= ShortestToken
            ? SHA256.HashData(Encoding.UTF8.GetBytes(token))
            : throw new HubException($"web.access_token_file: expected at least {ShortestToken} characters, found {token.Length}. Write a longer random one.", HubExit.Usage);
    }
}
