using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CallTracking.Hub.People;

/// <summary>What became of a password that somebody gave.</summary>
internal enum PasswordCheck
{
    Wrong,
    Right,

    /// <summary>Right, and kept in a weaker way than is usual now.</summary>
    RightAndWeaklyKept,
}

/// <summary>Keeps and checks passwords by the framework's hasher: PBKDF2 with HMAC-SHA512 and a salt each.</summary>
internal sealed class Passwords
{
    /// <summary>OWASP's advice for this function is 210,000; a newer build may raise it, and what is kept is hashed anew at the next sign-in.</summary>
    public const int Iterations = 220_000;

    public const int Shortest = 12;

    public const int Longest = 256;

    private const int FewestSigns = 5;

    private static readonly object Anybody = new();

    private readonly PasswordHasher<object> _hasher;
    private readonly string _nobodys;

    public Passwords()
        : this(Iterations)
    {
    }

    /// <param name="iterations">Fewer only where a test wants a weak hash.</param>
    internal Passwords(int iterations)
    {
        _hasher = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = iterations }));
        _nobodys = Hash(RandomNumberGenerator.GetHexString(32));
    }

    /// <summary>Why a password is not good enough for a name; null when it is.</summary>
    public static string? Fault(string password, string name) => password switch
    {
        { Length: < Shortest or > Longest } => FormattableString.Invariant($"expected {Shortest} to {Longest} characters, found {password.Length}"),
        _ when password.Distinct().Count() < FewestSigns => FormattableString.Invariant($"expected at least {FewestSigns} different characters"),
        _ when password.Contains(name, StringComparison.OrdinalIgnoreCase) => "the account's name stands in it",
        _ => null,
    };

    public string Hash(string password) => _hasher.HashPassword(Anybody, OneForm(password));

    /// <summary>Compares with what is kept; takes as long where nothing is kept, because there is no such account.</summary>
    public PasswordCheck Check(string? kept, string password)
    {
        // Nobody signs in with more, and hashing it would be work for whoever sends it.
        var given = password.Length <= Longest ? OneForm(password) : string.Empty;
        return (_hasher.VerifyHashedPassword(Anybody, kept ?? _nobodys, given), kept) switch
        {
            (PasswordVerificationResult.Failed, _) or (_, null) => PasswordCheck.Wrong,
            (PasswordVerificationResult.SuccessRehashNeeded, _) => PasswordCheck.RightAndWeaklyKept,
            _ => PasswordCheck.Right,
        };
    }

    // An é is typed as one sign on one keyboard and as two on another. Half a surrogate pair has no form.
    private static string OneForm(string password)
    {
        try
        {
            return password.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            return password;
        }
    }
}
