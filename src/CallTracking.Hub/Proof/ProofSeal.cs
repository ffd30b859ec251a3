using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CallTracking.Privacy;

namespace CallTracking.Hub.Proof;

/// <summary>
/// The signature over a report's two files, kept beside them: ECDSA P-256 over SHA-256 (IEEE P1363 form), by the key that signs policies. The key that
/// stands in it is for naming; who checks brings a key that they trust.
/// </summary>
internal sealed record ProofSeal(string JsonSha256, string TextSha256, string KeyId, string Signature)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>Signs the bytes of both files.</summary>
    public static ProofSeal Sign(ReadOnlySpan<byte> json, ReadOnlySpan<byte> text, ECDsa key)
    {
        var (first, second) = (Hash(json), Hash(text));
        var signature = key.SignData(Statement(first, second), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return new ProofSeal(first, second, BundleVerifier.KeyId(key.ExportSubjectPublicKeyInfo()), Convert.ToBase64String(signature));
    }

    /// <summary>What is wrong with the files under this seal, or null.</summary>
    /// <param name="json">The report.</param>
    /// <param name="text">The report for people.</param>
    /// <param name="key">The hub's key, from somewhere else than this file.</param>
    public string? Fault(ReadOnlySpan<byte> json, ReadOnlySpan<byte> text, ECDsa key) =>
        !SignatureHolds(key) ? "The signature is not that of this key."
        : Hash(json) != JsonSha256 ? "The JSON report was changed after it was signed."
        : Hash(text) != TextSha256 ? "The readable report was changed after it was signed."
        : null;

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Null when the bytes are no seal.</summary>
    public static ProofSeal? TryRead(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<ProofSeal>(json, Json) is { JsonSha256: not null, TextSha256: not null, Signature: not null } seal ? seal : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Statement(string json, string text) => Encoding.ASCII.GetBytes($"calltracking proof 1\njson {json}\ntext {text}\n");

    private bool SignatureHolds(ECDsa key)
    {
        Span<byte> bytes = stackalloc byte[64];
        return Convert.TryFromBase64String(Signature, bytes, out var length)
            && key.VerifyData(Statement(JsonSha256, TextSha256), bytes[..length], HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
