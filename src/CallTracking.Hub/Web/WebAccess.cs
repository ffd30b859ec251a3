using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace CallTracking.Hub.Web;

/// <summary>Who may reach pages and REST.</summary>
/// <param name="TokenDigest">SHA-256 of the token that every request has to show; null on a loopback address without one.</param>
internal sealed record WebAccess(byte[]? TokenDigest)
{
    private const int ShortestToken = 32;

    /// <summary>
    /// Reads the token file, if there is one. There is no sign-in yet, so without a token nobody but this machine may ask.
    /// </summary>
    /// <exception cref="HubException">The address is not loopback and there is no token file, or it holds no good token.</exception>
    public static WebAccess Require(IPEndPoint listen, string? tokenFile)
    {
        if (tokenFile is null)
        {
            return IPAddress.IsLoopback(listen.Address)
                ? new WebAccess((byte[]?)null)
                : throw new HubException(
                    $"web.listen: {listen} can be reached from other machines, and pages have no sign-in yet. Listen on 127.0.0.1, or set web.access_token_file.", HubExit.Usage);
        }

        var token = File.Exists(tokenFile)
            ? File.ReadAllText(tokenFile).Trim()
            : throw new HubException($"web.access_token_file: there is no file {tokenFile}. Write at least {ShortestToken} random characters into it, readable by the hub only.", HubExit.Usage);
        return token.Length >= ShortestToken
            ? new WebAccess(SHA256.HashData(Encoding.UTF8.GetBytes(token)))
            : throw new HubException($"web.access_token_file: expected at least {ShortestToken} characters, found {token.Length}. Write a longer random one.", HubExit.Usage);
    }
}
