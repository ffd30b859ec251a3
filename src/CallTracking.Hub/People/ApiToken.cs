using System.Security.Cryptography;
using System.Text;

namespace CallTracking.Hub.People;

/// <summary>
/// What a program shows to ask REST: <c>cthub_</c>, 40 hexadecimal digits of chance and 8 that check them. The prefix lets
/// scanners find a token that was left somewhere; by the check a mistyped one is known without asking the database.
/// </summary>
internal sealed record ApiToken
{
    public const string Prefix = "cthub_";

    private const int SecretBytes = 20;
    private const int CheckDigits = 8;
    private const int Length = 6 + (SecretBytes * 2) + CheckDigits;

    private readonly string _text;

    private ApiToken(string text) => _text = text;

    /// <summary>SHA-256 of the token: what is stored. The secret is random, so it needs no salt and no slow hash.</summary>
    public byte[] Hash => SHA256.HashData(Encoding.ASCII.GetBytes(_text));

    public static ApiToken Create() => new(WithCheck(Prefix + RandomNumberGenerator.GetHexString(SecretBytes * 2, lowercase: true)));

    public static bool TryParse(string text, out ApiToken? token)
    {
        token = text.Length == Length && text.StartsWith(Prefix, StringComparison.Ordinal) && WithCheck(text[..^CheckDigits]) == text
            ? new ApiToken(text)
            : null;
        return token is not null;
    }

    /// <summary>The token as it is shown, once.</summary>
    public override string ToString() => _text;

    private static string WithCheck(string secret) => secret + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret)))[..CheckDigits];
}
