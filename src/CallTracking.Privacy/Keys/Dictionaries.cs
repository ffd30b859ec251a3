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
            Signature = HubSignature.Sign(DictionaryVerifier.Purpose, bytes, key),
            KeyId = BundleVerifier.KeyId(key.ExportSubjectPublicKeyInfo()),
        };
    }
}

/// <summary>Checks pages of code tables. Nothing of a page is read before its signature holds.</summary>
public static class DictionaryVerifier
{
    internal static ReadOnlySpan<byte> Purpose => "calltracking dictionary\0"u8;

    /// <summary>The page; null when it is not signed by the key, or is none.</summary>
    /// <param name="envelope">What the hub sent.</param>
    /// <param name="spki">The hub's public key (SubjectPublicKeyInfo, DER), trusted since enrolment.</param>
    public static Dictionary? Open(SignedDictionary envelope, ReadOnlySpan<byte> spki)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        try
        {
            return HubSignature.Holds(Purpose, envelope.Dictionary, envelope.Signature, spki) ? Dictionary.Parser.ParseFrom(envelope.Dictionary) : null;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
