using System.Buffers.Text;
using System.Security.Cryptography;
using CallTracking.Contracts;

namespace CallTracking.Hub.Access;

/// <summary>
/// What legal hands to a region so that it gets in once: <c>ct1.REGION.SECRET.AUTHORITY</c>, where SECRET is 32 random bytes
/// and AUTHORITY the SHA-256 of the hub's authority, both base64url. The hub keeps only the secret's hash.
/// </summary>
internal sealed record EnrolmentToken(RegionCode Region, byte[] Secret, byte[] Authority)
{
    /// <summary>How long a token may be used.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    private const string Version = "ct1";
    private const int Bytes = 32;

    /// <summary>SHA-256 of the secret: what is stored.</summary>
    public byte[] SecretHash => SHA256.HashData(Secret);

    public static EnrolmentToken Create(RegionCode region, byte[] authority) => new(region, RandomNumberGenerator.GetBytes(Bytes), authority);

    public static bool TryParse(string text, out EnrolmentToken? token)
    {
        token = null;
        if (text.Split('.') is not [Version, var code, var secret, var authority] || !RegionCode.TryParse(code, out var region))
        {
            return false;
        }

        try
        {
            var found = new EnrolmentToken(region, Base64Url.DecodeFromChars(secret), Base64Url.DecodeFromChars(authority));
            token = found.Secret.Length == Bytes && found.Authority.Length == Bytes ? found : null;
        }
        catch (FormatException)
        {
            token = null;
        }

        return token is not null;
    }

    /// <summary>The token as it is shown, once.</summary>
    public override string ToString() =>
        $"{Version}.{Region.Value}.{Base64Url.EncodeToString(Secret)}.{Base64Url.EncodeToString(Authority)}";
}
