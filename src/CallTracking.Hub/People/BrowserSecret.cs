using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CallTracking.Hub.People;

/// <summary>
/// 32 random bytes that a browser keeps in a cookie. Of it come what the database keeps (a hash) and what stands in the forms that
/// this browser may send: another site knows neither, and cannot make it send one.
/// </summary>
internal sealed record BrowserSecret
{
    private const int Bytes = 32;

    private readonly byte[] _bytes;

    private BrowserSecret(byte[] bytes) => _bytes = bytes;

    /// <summary>SHA-256: what is stored.</summary>
    public byte[] Hash => SHA256.HashData(_bytes);

    public static BrowserSecret Create() => new(RandomNumberGenerator.GetBytes(Bytes));

    public static BrowserSecret? Parse(string? text)
    {
        // What is no base64 at all would be an exception.
        return text is { Length: < 2 * Bytes } && Base64Url.IsValid(text, out var length) && length == Bytes ? new BrowserSecret(Base64Url.DecodeFromChars(text)) : null;
    }

    /// <summary>What a form of this name carries.</summary>
    public string FormToken(string form) => Base64Url.EncodeToString(HMACSHA256.HashData(_bytes, Encoding.UTF8.GetBytes(form)));

    public bool IsFormToken(string form, string? given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(FormToken(form)), Encoding.UTF8.GetBytes(given ?? string.Empty));

    /// <summary>As it stands in the cookie.</summary>
    public override string ToString() => Base64Url.EncodeToString(_bytes);
}
