using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CallTracking.Contracts;

namespace CallTracking.Agent.Identity;

/// <summary>
/// A one-time token as the hub prints it: <c>ct1.REGION.SECRET.AUTHORITY</c>. The last part is the SHA-256 of the hub's
/// authority, so that the first connection needs no trust beforehand.
/// </summary>
/// <param name="Text">The whole token: what the hub is shown.</param>
internal sealed record EnrolmentToken(string Text, RegionCode Region, byte[] AuthoritySha256)
{
    private const string Version = "ct1";
    private const int SecretBytes = 32;

    public static bool TryParse(string text, out EnrolmentToken? token)
    {
        token = text.Trim().Split('.') is [Version, var region, var secret, var authority]
            && RegionCode.TryParse(region, out var code)
            && Decode(secret, SecretBytes) is not null
            && Decode(authority, SHA256.HashSizeInBytes) is { } digest
                ? new EnrolmentToken(text.Trim(), code, digest)
                : null;
        return token is not null;
    }

    /// <summary>True when the certificate is the authority that the token names.</summary>
    public bool Names(X509Certificate2 authority) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(authority.RawData), AuthoritySha256);

    private static byte[]? Decode(string text, int length) =>
        Base64Url.IsValid(text) && Base64Url.DecodeFromChars(text) is { } bytes && bytes.Length == length ? bytes : null;
}
