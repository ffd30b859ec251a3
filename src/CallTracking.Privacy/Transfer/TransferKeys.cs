using System.Security.Cryptography;
using CallTracking.Contracts;
using Google.Protobuf;

namespace CallTracking.Privacy;

/// <summary>Signs the hub's transfer key with the key that signs policies, which regions know since they enrolled: it needs no other way to be believed.</summary>
public static class TransferKeySigner
{
    /// <exception cref="CryptographicException">The key cannot sign.</exception>
    public static SignedTransferKey Sign(TransferKey transferKey, ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(transferKey);
        ArgumentNullException.ThrowIfNull(key);
        var bytes = transferKey.ToByteString();
        return new SignedTransferKey
        {
            Key = bytes,
            Signature = HubSignature.Sign(TransferKeyVerifier.Purpose, bytes, key),
            KeyId = BundleVerifier.KeyId(key.ExportSubjectPublicKeyInfo()),
        };
    }
}

/// <summary>Checks the hub's transfer key. Nothing of it is read before its signature holds.</summary>
public static class TransferKeyVerifier
{
    internal static ReadOnlySpan<byte> Purpose => "calltracking transfer key\0"u8;

    /// <summary>The key (SubjectPublicKeyInfo, DER); null when it is not signed by the hub's, or is none.</summary>
    /// <param name="envelope">What was brought.</param>
    /// <param name="spki">The hub's public key that signs policies, trusted since enrolment.</param>
    public static byte[]? Open(SignedTransferKey envelope, ReadOnlySpan<byte> spki)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        if (!HubSignature.Holds(Purpose, envelope.Key, envelope.Signature, spki))
        {
            return null;
        }

        try
        {
            var key = TransferKey.Parser.ParseFrom(envelope.Key).PublicKey.ToByteArray();
            using var readable = ECDiffieHellman.Create();
            readable.ImportSubjectPublicKeyInfo(key, out _);
            return readable.KeySize == 256 ? key : null;
        }
        catch (Exception none) when (none is InvalidProtocolBufferException or CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>The key under which a region's answers are encrypted.</summary>
public static class TransferAnswerKey
{
    /// <summary>Derived, so that nothing has to be kept until the answer comes.</summary>
    /// <param name="keys">The region's.</param>
    /// <param name="fileId">Of the file that is answered.</param>
    public static byte[] Of(RegionKeys keys, ByteString fileId)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(fileId);
        return HMACSHA256.HashData(keys.StorageKey.Span, [.. "calltracking transfer answer\0"u8, .. fileId.Span]);
    }
}
