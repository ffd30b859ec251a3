using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CallTracking.Agent.Commands;
using CallTracking.Contracts;
using CallTracking.Privacy;

namespace CallTracking.Agent.Identity;

/// <summary>
/// The region's secret in a file that may lie anywhere: sealed with a passphrase (PBKDF2-HMAC-SHA-256, AES-256-GCM). What stands above the sealed
/// line is readable, and authenticated.
/// </summary>
/// <param name="Region">Whose.</param>
/// <param name="Secret">32 bytes.</param>
/// <param name="PseudonymVersion">Of the keys of pseudonyms when the file was made.</param>
internal sealed record KeyBackup(RegionCode Region, byte[] Secret, uint PseudonymVersion)
{
    /// <summary>Fewest letters of a passphrase.</summary>
    public const int ShortestPassphrase = 12;

    private const string Title = "calltracking region key 1";
    private const int Iterations = 600_000;
    private const int MostIterations = 10_000_000;
    private const int SaltSize = 16;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <summary>The file's text.</summary>
    public string Seal(string passphrase, DateTimeOffset now)
    {
        var (salt, nonce) = (RandomNumberGenerator.GetBytes(SaltSize), RandomNumberGenerator.GetBytes(NonceSize));
        var fingerprint = RegionKeys.Derive(Secret, Region.Value).Fingerprint;
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"{Title}\nregion {Region}\nfingerprint {fingerprint}\npseudonyms {PseudonymVersion}\nmade {now:yyyy-MM-dd}\niterations {Iterations}\nsalt {Convert.ToHexStringLower(salt)}\nnonce {Convert.ToHexStringLower(nonce)}\n");
        var cipher = new byte[Secret.Length + TagSize];
        using var aes = new AesGcm(Key(passphrase, salt, Iterations), TagSize);
        aes.Encrypt(nonce, Secret, cipher.AsSpan(0, Secret.Length), cipher.AsSpan(Secret.Length), Encoding.ASCII.GetBytes(head));
        return $"{head}sealed {Convert.ToHexStringLower(cipher)}\n";
    }

    /// <summary>Opens the text of such a file.</summary>
    /// <exception cref="AgentException">It is none, is damaged, or the passphrase is another.</exception>
    public static KeyBackup Open(string text, string passphrase)
    {
        var (head, fields) = Read(text.ReplaceLineEndings("\n"));
        if (fields is null
            || Hex(fields["salt"], SaltSize) is not { } salt
            || Hex(fields["nonce"], NonceSize) is not { } nonce
            || Hex(fields["sealed"], RegionKeys.SecretSize + TagSize) is not { } cipher
            || Number(fields["iterations"]) is not (> 0 and <= MostIterations and var iterations)
            || Number(fields["pseudonyms"]) is not (> 0 and <= RegionSecret.MostVersions and var version)
            || !RegionCode.TryParse(fields["region"], out var region))
        {
            throw new AgentException(ExitCode.Configuration, "This is no file that 'calltracking-agent keys export' wrote, or a part of it is missing. Copy it whole.");
        }

        var secret = new byte[RegionKeys.SecretSize];
        try
        {
            using var aes = new AesGcm(Key(passphrase, salt, (int)iterations), TagSize);
            aes.Decrypt(nonce, cipher.AsSpan(0, secret.Length), cipher.AsSpan(secret.Length), secret, Encoding.ASCII.GetBytes(head));
        }
        catch (CryptographicException wrong)
        {
            throw new AgentException(ExitCode.Identity, "The passphrase is not the one with which the file was sealed, or the file was changed. Nothing was imported.", wrong);
        }

        return new KeyBackup(region, secret, version);
    }

    private static (string Head, Dictionary<string, string>? Fields) Read(string text)
    {
        var at = text.IndexOf("\nsealed ", StringComparison.Ordinal);
        if (at < 0 || !text.StartsWith(Title + "\n", StringComparison.Ordinal))
        {
            return ("", null);
        }

        var fields = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(' ', 2)).Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[0], parts => parts[1].Trim()).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        string[] wanted = ["region", "fingerprint", "pseudonyms", "iterations", "salt", "nonce", "sealed"];
        return (text[..(at + 1)], wanted.All(fields.ContainsKey) ? fields : null);
    }

    private static byte[] Key(string passphrase, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(passphrase.Normalize(NormalizationForm.FormC)), salt, iterations, HashAlgorithmName.SHA256, 32);

    private static uint? Number(string text) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static byte[]? Hex(string text, int length)
    {
        var bytes = new byte[length];
        return text.Length == length * 2 && Convert.FromHexString(text, bytes, out _, out var written) == System.Buffers.OperationStatus.Done && written == length ? bytes : null;
    }
}
