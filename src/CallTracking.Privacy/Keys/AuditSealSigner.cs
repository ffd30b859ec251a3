using System.Security.Cryptography;
using CallTracking.Contracts;
using Google.Protobuf;

namespace CallTracking.Privacy;

/// <summary>Signs seals of the audit log with the hub's ECDSA P-256 key, which signs policy bundles too.</summary>
public static class AuditSealSigner
{
    /// <exception cref="CryptographicException">The key cannot sign.</exception>
    public static SignedAuditSeal Sign(AuditSeal seal, ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(seal);
        ArgumentNullException.ThrowIfNull(key);
        var bytes = seal.ToByteString();
        return new SignedAuditSeal
        {
            Seal = bytes,
            Signature = HubSignature.Sign(AuditSealVerifier.Purpose, bytes, key),
            KeyId = BundleVerifier.KeyId(key.ExportSubjectPublicKeyInfo()),
        };
    }
}

/// <summary>Checks seals of the audit log. Nothing of a seal is read before its signature holds.</summary>
public static class AuditSealVerifier
{
    internal static ReadOnlySpan<byte> Purpose => "calltracking audit seal\0"u8;

    /// <summary>The seal; null when it is not signed by the key, or is none.</summary>
    /// <param name="envelope">What the hub showed or stored.</param>
    /// <param name="spki">The hub's public key (SubjectPublicKeyInfo, DER), trusted since enrolment.</param>
    public static AuditSeal? Open(SignedAuditSeal envelope, ReadOnlySpan<byte> spki)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        try
        {
            return HubSignature.Holds(Purpose, envelope.Seal, envelope.Signature, spki) ? AuditSeal.Parser.ParseFrom(envelope.Seal) : null;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    /// <summary>What the next seal names as the one before it.</summary>
    public static ByteString HashOf(SignedAuditSeal envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return ByteString.CopyFrom(SHA256.HashData(envelope.Seal.Span));
    }

    /// <summary>True when <paramref name="next"/> is the seal behind <paramref name="seal"/>.</summary>
    /// <param name="envelope">The one before, as it was signed.</param>
    /// <param name="seal">What it says.</param>
    /// <param name="next">The other one.</param>
    public static bool IsFollowedBy(SignedAuditSeal envelope, AuditSeal seal, AuditSeal next)
    {
        ArgumentNullException.ThrowIfNull(seal);
        ArgumentNullException.ThrowIfNull(next);
        return next.Number == seal.Number + 1 && next.Previous == HashOf(envelope) && next.FirstSequence == seal.LastSequence + 1;
    }
}
