using System.Security.Cryptography;
using Google.Protobuf;

namespace CallTracking.Privacy;

/// <summary>
/// Signatures by the hub's ECDSA P-256 key (SHA-256, IEEE P1363 form) over a purpose and the bytes. One key signs policies, tables and seals:
/// by the purpose what is one never passes for another.
/// </summary>
internal static class HubSignature
{
    /// <exception cref="CryptographicException">The key cannot sign.</exception>
    public static ByteString Sign(ReadOnlySpan<byte> purpose, ByteString bytes, ECDsa key) => ByteString.CopyFrom(
        key.SignData((byte[])[.. purpose, .. bytes.Span], HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));

    /// <param name="purpose">What was signed.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="signature">What came with them.</param>
    /// <param name="spki">The hub's public key (SubjectPublicKeyInfo, DER).</param>
    public static bool Holds(ReadOnlySpan<byte> purpose, ByteString bytes, ByteString signature, ReadOnlySpan<byte> spki)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(spki, out _);
            return key.KeySize == 256
                && key.VerifyData((byte[])[.. purpose, .. bytes.Span], signature.Span, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
