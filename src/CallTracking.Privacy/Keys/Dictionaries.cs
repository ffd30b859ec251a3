using System.Security.Cryptography;
using CallTracking.Contracts;
using Google.Protobuf;

namespace CallTracking.Privacy;

/// <summary>Signs pages of code tables with the hub's ECDSA P-256 key, which signs policy bundles too.</summary>
public static class DictionarySigner
{
    /// <exception cref="CryptographicException">The key cannot sign.</exception>
    public static SignedDictionary Sign(Dictionary page, ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(key);
        var bytes = page.ToByteString();
        return new SignedDictionary
        {
            Dictionary = bytes,
            Signature = ByteString.CopyFrom(key.SignData(DictionaryVerifier.Signed(bytes), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)),
            KeyId = BundleVerifier.KeyId(key.ExportSubjectPublicKeyInfo()),
        };
    }
}

/// <summary>Checks pages of code tables. Nothing of a page is read before its signature holds.</summary>
public static class DictionaryVerifier
{
    /// <summary>The page; null when it is not signed by the key, or is none.</summary>
    /// <param name="envelope">What the hub sent.</param>
    /// <param name="spki">The hub's public key (SubjectPublicKeyInfo, DER), trusted since enrolment.</param>
    public static Dictionary? Open(SignedDictionary envelope, ReadOnlySpan<byte> spki)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        using var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(spki, out _);
            return key.KeySize == 256
                && key.VerifyData(Signed(envelope.Dictionary), envelope.Signature.Span, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
                ? Dictionary.Parser.ParseFrom(envelope.Dictionary)
                : null;
        }
        catch (Exception wrong) when (wrong is CryptographicException or InvalidProtocolBufferException)
        {
            return null;
        }
    }

    // One key signs policies too: what is one must never pass for the other.
    internal static byte[] Signed(ByteString page) => [.. "calltracking dictionary\0"u8, .. page.Span];
}
