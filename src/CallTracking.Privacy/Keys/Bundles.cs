using System.Security.Cryptography;
using CallTracking.Contracts;
using Google.Protobuf;

namespace CallTracking.Privacy;

/// <summary>Signs policy bundles with the hub's ECDSA P-256 key (SHA-256, IEEE P1363 form).</summary>
public sealed class BundleSigner
{
    private readonly ECDsa _key;
    private readonly string _keyId;

    /// <exception cref="ArgumentException">Not a P-256 key.</exception>
    public BundleSigner(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.KeySize != 256)
        {
            throw new ArgumentException($"Expected a P-256 key, got one of {key.KeySize} bits.", nameof(key));
        }

        _key = key;
        _keyId = BundleVerifier.KeyId(key.ExportSubjectPublicKeyInfo());
    }

    public SignedPolicyBundle Sign(PolicyBundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        var bytes = bundle.ToByteArray();
        var signature = _key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return new SignedPolicyBundle
        {
            Bundle = ByteString.CopyFrom(bytes),
            Signature = ByteString.CopyFrom(signature),
            KeyId = _keyId,
        };
    }
}

/// <summary>What checking a bundle gave.</summary>
public abstract record BundleVerdict
{
    private BundleVerdict()
    {
    }

    /// <summary>Signed by the key, for the region, in force.</summary>
    public sealed record Valid(PolicyBundle Bundle) : BundleVerdict;

    /// <summary>Not to be used. Reason: bad-signature, wrong-region, not-yet-valid, expired, unreadable.</summary>
    public sealed record Invalid(string Reason) : BundleVerdict;
}

/// <summary>Checks policy bundles. Nothing of a bundle is read before its signature holds.</summary>
public static class BundleVerifier
{
    /// <param name="envelope">What the hub sent or an operator imported.</param>
    /// <param name="spki">The hub's public key (SubjectPublicKeyInfo, DER), trusted since enrolment.</param>
    /// <param name="region">The region that asks.</param>
    /// <param name="now">The instant at which the bundle is to be used.</param>
    public static BundleVerdict Verify(SignedPolicyBundle envelope, ReadOnlySpan<byte> spki, string region, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        if (!SignatureHolds(envelope, spki))
        {
            return new BundleVerdict.Invalid("bad-signature");
        }

        PolicyBundle bundle;
        try
        {
            bundle = PolicyBundle.Parser.ParseFrom(envelope.Bundle);
        }
        catch (InvalidProtocolBufferException)
        {
            return new BundleVerdict.Invalid("unreadable");
        }

        if (bundle.ValidFrom is null || bundle.ExpiresAt is null || bundle.Documents.Count == 0)
        {
            return new BundleVerdict.Invalid("unreadable");
        }

        return bundle switch
        {
            _ when bundle.Region != region => new BundleVerdict.Invalid("wrong-region"),
            _ when now < bundle.ValidFrom.ToDateTimeOffset() => new BundleVerdict.Invalid("not-yet-valid"),
            _ when now >= bundle.ExpiresAt.ToDateTimeOffset() => new BundleVerdict.Invalid("expired"),
            _ => new BundleVerdict.Valid(bundle),
        };
    }

    /// <summary>Names a public key: the first 8 bytes of its SHA-256, hexadecimal.</summary>
    public static string KeyId(ReadOnlySpan<byte> spki) => Convert.ToHexStringLower(SHA256.HashData(spki).AsSpan(0, 8));

    private static bool SignatureHolds(SignedPolicyBundle envelope, ReadOnlySpan<byte> spki)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(spki, out _);
        }
        catch (CryptographicException)
        {
            return false;
        }

        return key.KeySize == 256
            && key.VerifyData(envelope.Bundle.Span, envelope.Signature.Span, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
