using System.Security.Cryptography;
using CallTracking.Contracts;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Xunit;

namespace CallTracking.Privacy.Tests;

public sealed class BundleTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private byte[] Spki => _key.ExportSubjectPublicKeyInfo();

    public void Dispose() => _key.Dispose();

    [Fact]
    public void Verify_InForce_GivesTheBundle()
    {
        var bundle = Bundle();

        var verdict = BundleVerifier.Verify(new BundleSigner(_key).Sign(bundle), Spki, "DE", Now);

        Assert.Equal(bundle, Assert.IsType<BundleVerdict.Valid>(verdict).Bundle);
    }

    [Theory]
    [InlineData("JP", 0, "wrong-region")]
    [InlineData("DE", -2, "not-yet-valid")]
    [InlineData("DE", 40, "expired")]
    [InlineData("DE", 30, "expired")]
    public void Verify_NotForHereOrNow_IsRefused(string region, int days, string reason)
    {
        var verdict = BundleVerifier.Verify(new BundleSigner(_key).Sign(Bundle()), Spki, region, Now.AddDays(days));

        Assert.Equal(reason, Assert.IsType<BundleVerdict.Invalid>(verdict).Reason);
    }

    [Fact]
    public void Verify_AnyByteChanged_IsRefused()
    {
        var envelope = new BundleSigner(_key).Sign(Bundle());
        for (var i = 0; i < envelope.Bundle.Length; i++)
        {
            var changed = envelope.Clone();
            changed.Bundle = Flip(envelope.Bundle, i);
            Assert.Equal("bad-signature", Reason(changed));
        }

        for (var i = 0; i < envelope.Signature.Length; i++)
        {
            var changed = envelope.Clone();
            changed.Signature = Flip(envelope.Signature, i);
            Assert.Equal("bad-signature", Reason(changed));
        }
    }

    [Fact]
    public void Verify_AnotherKeyOrRubbish_IsRefused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var larger = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var envelope = new BundleSigner(_key).Sign(Bundle());

        Assert.Equal("bad-signature", Reason(new BundleSigner(other).Sign(Bundle())));
        Assert.Equal("bad-signature", Reason(new SignedPolicyBundle()));
        Assert.Equal("bad-signature", Reason(envelope, [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => new BundleSigner(larger));
    }

    [Fact]
    public void Verify_SignedButEmpty_IsUnreadable() =>
        Assert.Equal("unreadable", Reason(new BundleSigner(_key).Sign(new PolicyBundle { Region = "DE" })));

    [Fact]
    public void Verify_InForceForTheRegionButWithoutDocuments_IsUnreadable()
    {
        var bundle = Bundle();
        bundle.Documents.Clear();

        Assert.Equal("unreadable", Reason(new BundleSigner(_key).Sign(bundle)));
    }

    [Fact]
    public void Verify_SignedWithAKeyOfAnotherSizeThatIsTrusted_IsRefused()
    {
        using var larger = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var envelope = new SignedPolicyBundle { Bundle = Bundle().ToByteString() };
        envelope.Signature = ByteString.CopyFrom(larger.SignData(envelope.Bundle.Span, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));

        Assert.Equal("bad-signature", Reason(envelope, larger.ExportSubjectPublicKeyInfo()));
    }

    [Fact]
    public void Verify_SignatureOfACodeTable_IsNoneOfABundleAndTheOtherWayRound()
    {
        // The same bytes can be both: only what was signed tells them apart.
        var (table, bundle) = (DictionarySigner.Sign(new Dictionary(), _key), new BundleSigner(_key).Sign(new PolicyBundle()));

        Assert.NotNull(DictionaryVerifier.Open(table, Spki));
        Assert.Equal("bad-signature", Reason(new SignedPolicyBundle { Bundle = table.Dictionary, Signature = table.Signature, KeyId = table.KeyId }));
        Assert.Null(DictionaryVerifier.Open(new SignedDictionary { Dictionary = bundle.Bundle, Signature = bundle.Signature, KeyId = bundle.KeyId }, Spki));
    }

    private static PolicyBundle Bundle() => new()
    {
        Version = 7,
        Region = "DE",
        IssuedAt = Timestamp.FromDateTimeOffset(Now),
        ValidFrom = Timestamp.FromDateTimeOffset(Now.AddDays(-1)),
        ExpiresAt = Timestamp.FromDateTimeOffset(Now.AddDays(30)),
        Documents = { new PolicyDocument { Name = "default.yaml", Yaml = "jurisdiction: default" } },
    };

    private static ByteString Flip(ByteString bytes, int at)
    {
        var changed = bytes.ToByteArray();
        changed[at] ^= 1;
        return ByteString.CopyFrom(changed);
    }

    private string Reason(SignedPolicyBundle envelope) => Reason(envelope, Spki);

    private static string Reason(SignedPolicyBundle envelope, byte[] spki) =>
        Assert.IsType<BundleVerdict.Invalid>(BundleVerifier.Verify(envelope, spki, "DE", Now)).Reason;
}
