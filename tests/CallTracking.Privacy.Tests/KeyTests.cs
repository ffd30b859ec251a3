using System.Security.Cryptography;
using CallTracking.Contracts;
using Google.Protobuf;
using Xunit;

namespace CallTracking.Privacy.Tests;

public sealed class KeyTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly RegionKeys Keys = PolicyKit.Keys;

    [Fact]
    public void Derive_SameSecretAndRegion_GivesTheSameKeys()
    {
        var restored = RegionKeys.Derive(Secret, "DE");

        Assert.Equal(Keys.CaseUid("crm", "1"), restored.CaseUid("crm", "1"));
        Assert.Equal(Keys.StorageKey.ToArray(), restored.StorageKey.ToArray());
        Assert.Equal(Keys.Sealing.Id, restored.Sealing.Id);
        Assert.Equal(Keys.Pseudonymize(DataClass.Email, "a@b.de", "p"), restored.Pseudonymize(DataClass.Email, "a@b.de", "p"));
    }

    [Fact]
    public void Derive_AnotherRegionOrSecret_GivesOtherKeys()
    {
        var otherRegion = RegionKeys.Derive(Secret, "JP");
        var otherSecret = RegionKeys.Derive(RandomNumberGenerator.GetBytes(32), "DE");

        foreach (var other in new[] { otherRegion, otherSecret })
        {
            Assert.NotEqual(Keys.CaseUid("crm", "1"), other.CaseUid("crm", "1"));
            Assert.NotEqual(Keys.StorageKey.ToArray(), other.StorageKey.ToArray());
            Assert.NotEqual(Keys.Pseudonymize(DataClass.Email, "a@b.de", "p").Value, other.Pseudonymize(DataClass.Email, "a@b.de", "p").Value);
        }

        Assert.Throws<ArgumentException>(() => RegionKeys.Derive(Secret.AsSpan(1), "DE"));
    }

    [Fact]
    public void CaseUid_PartsShiftedBetweenFields_Differ()
    {
        Assert.NotEqual(Keys.CaseUid("crm", "11"), Keys.CaseUid("crm1", "1"));
        Assert.NotEqual(Keys.CaseUid("crm", "1"), Keys.CaseUid("crm", "2"));
    }

    [Fact]
    public void ChangeHash_ChangesWithCaseAndWithEdgeRules()
    {
        var hash = Keys.ChangeHash([1, 2, 3], [4, 5]);

        Assert.Equal(16, hash.Length);
        Assert.Equal(hash, Keys.ChangeHash([1, 2, 3], [4, 5]));
        Assert.NotEqual(hash, Keys.ChangeHash([1, 2], [4, 5]));
        Assert.NotEqual(hash, Keys.ChangeHash([1, 2, 3], [4]));
        Assert.NotEqual(hash, Keys.ChangeHash([5, 1, 2, 3], [4]));
    }

    [Theory]
    [InlineData(DataClass.Email, "Max.Muster@Example.DE", " max.muster@example.de ", "")]
    [InlineData(DataClass.Email, "ｍａｘ＠example.de", "max@example.de", "")]
    [InlineData(DataClass.Phone, "+49 (0)89 123-456", "0049 89 123456", "")]
    [InlineData(DataClass.Phone, "+49 89 123456", "089/123456", "DE")]
    [InlineData(DataClass.Phone, "+81 90-1234-5678", "０９０－１２３４－５６７８", "JP")]
    [InlineData(DataClass.Phone, "+1 212 555 0134", "(212) 555-0134", "US-NY")]
    [InlineData(DataClass.Phone, "+1 212 555 0134", "1-212-555-0134", "US")]
    [InlineData(DataClass.Phone, "+39 06 123456", "06 123456", "IT")]
    [InlineData(DataClass.Name, "Max  MUSTERMANN", "max mustermann", "")]
    [InlineData(DataClass.Name, "ﾔﾏﾀﾞ　ﾀﾛｳ", "ヤマダ タロウ", "")]
    [InlineData(DataClass.CustomerNumber, "k-8842 190", "K8842190", "")]
    public void Pseudonymize_SpellingsOfOneValue_AreOne(DataClass dataClass, string one, string other, string country)
    {
        Assert.Equal(Keys.Pseudonymize(dataClass, one, "p", country), Keys.Pseudonymize(dataClass, other, "p", country));
    }

    [Fact]
    public void Pseudonymize_AnotherPurposeClassOrVersion_CannotBeLinked()
    {
        var newer = RegionKeys.Derive(Secret, "DE", 2);
        var values = new[]
        {
            Keys.Pseudonymize(DataClass.Email, "a@b.de", "support"),
            Keys.Pseudonymize(DataClass.Email, "a@b.de", "survey"),
            Keys.Pseudonymize(DataClass.Handle, "a@b.de", "support"),
            newer.Pseudonymize(DataClass.Email, "a@b.de", "support"),
            Keys.Pseudonymize(DataClass.Email, "a@b.dee", "support"),
        };

        Assert.Equal(values.Length, values.Select(value => value.Value).Distinct().Count());
        Assert.All(values, value => Assert.Equal(16, value.Value.Length));
        Assert.Equal(2u, values[3].KeyVersion);
    }

    [Theory]
    [InlineData("a@b.de", "")]
    [InlineData("  ", "support")]
    public void Pseudonymize_NoPurposeOrNoValue_Fails(string value, string purpose) =>
        Assert.ThrowsAny<ArgumentException>(() => Keys.Pseudonymize(DataClass.Email, value, purpose));

    [Fact]
    public void Seal_Opened_IsTheValueAgain()
    {
        var one = Keys.Sealing.Seal(DataClass.Name, "山田 太郎");
        var two = Keys.Sealing.Seal(DataClass.Name, "山田 太郎");

        Assert.Equal("山田 太郎", Keys.Sealing.Open(DataClass.Name, one));
        Assert.NotEqual(one.Ciphertext, two.Ciphertext);
        Assert.Equal("山田 太郎", RegionKeys.Derive(Secret, "DE").Sealing.Open(DataClass.Name, two));
    }

    [Fact]
    public void Open_OfAnotherRegionClassOrChanged_Fails()
    {
        var value = Keys.Sealing.Seal(DataClass.Name, "Max");
        var changed = value.Clone();
        changed.Ciphertext = ByteString.CopyFrom([.. value.Ciphertext.Select((b, i) => i == 0 ? (byte)(b ^ 1) : b)]);
        var noPoint = value.Clone();
        noPoint.EphemeralKey = ByteString.CopyFrom([4, .. new byte[64]]);

        Assert.ThrowsAny<CryptographicException>(() => RegionKeys.Derive(Secret, "JP").Sealing.Open(DataClass.Name, value));
        Assert.ThrowsAny<CryptographicException>(() => Keys.Sealing.Open(DataClass.Email, value));
        Assert.ThrowsAny<CryptographicException>(() => Keys.Sealing.Open(DataClass.Name, changed));
        Assert.ThrowsAny<CryptographicException>(() => Keys.Sealing.Open(DataClass.Name, noPoint));
    }
}
