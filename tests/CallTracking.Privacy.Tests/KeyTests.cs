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
        Assert.NotEqual(Keys.CaseUid("crm", "1"), Keys.CaseUid("desk", "1"));
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
    [InlineData(DataClass.Email, "Max Muster <max@example.de>", "mailto:MAX@example.de.", "")]
    [InlineData(DataClass.Email, "info@münchen.de", "info@xn--mnchen-3ya.de", "")]
    [InlineData(DataClass.Name, "Jörg GROẞ", "Jo\u0308rg Groß", "")]
    [InlineData(DataClass.Name, "Jörg Gross", "JÖRG GROSS", "")]
    [InlineData(DataClass.Name, "Jörg GROSS", "jörg groß", "")]
    [InlineData(DataClass.Name, "ΓΙΩΡΓΟΣ ΠΑΠΠΑΣ", "γιωργος παππας", "")]
    [InlineData(DataClass.Name, "Seán O’Brien‑Ryan", "SEÁN O'BRIEN-RYAN", "")]
    [InlineData(DataClass.Name, "Anna Weiß\u2013Lang", "anna weiss-lang", "")]
    [InlineData(DataClass.Name, "Anna Weiß\u2212Lang", "anna weiss-lang", "")]
    [InlineData(DataClass.Name, "می\u200cنا", "مینا", "")]
    [InlineData(DataClass.Name, "ﬁona", "FIONA", "")]
    [InlineData(DataClass.Handle, "＠Straße", "@STRASSE", "")]
    [InlineData(DataClass.Phone, "+36 1 234 5678", "06 1 234 5678", "HU")]
    [InlineData(DataClass.Phone, "+49 89 123456", "49 89 123456", "DE")]
    [InlineData(DataClass.Phone, "+49 30 901820", "011 49 30 901820", "US")]
    [InlineData(DataClass.Phone, "+49 30 901820", "010-49-30-901820", "JP")]
    [InlineData(DataClass.Phone, "+54 9 11 2345 6789", "011 15 2345-6789", "AR")]
    [InlineData(DataClass.Phone, "+52 55 1234 5678", "+52 1 55 1234 5678", "MX")]
    [InlineData(DataClass.Phone, "+52 55 1234 5678", "044 55 1234 5678", "MX")]
    [InlineData(DataClass.Phone, "+225 01 23 45 67 89", "01 23 45 67 89", "CI")]
    [InlineData(DataClass.Phone, "+7 495 123-45-67", "8 (495) 123-45-67", "RU")]
    [InlineData(DataClass.Phone, "+86 138 0013 8000", "138-0013-8000", "CN")]
    [InlineData(DataClass.Phone, "+86 138 0013 8000", "86 138 0013 8000", "CN")]
    [InlineData(DataClass.Phone, "+66 81 234 5678", "081-234-5678", "TH")]
    [InlineData(DataClass.Phone, "+55 11 91234-5678", "(011) 91234 5678", "BR")]
    [InlineData(DataClass.Phone, "+353 1 234 5678", "+353 (0)1 234 5678", "IE")]
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
    [InlineData(DataClass.Email, "max.muster@example.de", "maxmuster@example.de", "")]
    [InlineData(DataClass.Email, "max@example.de", "max@example.com", "")]
    [InlineData(DataClass.Name, "Anna Meier", "Anna Maier", "")]
    [InlineData(DataClass.Name, "Jose", "José", "")]
    [InlineData(DataClass.Phone, "089 123456", "089 123456", "DE|AT")]
    [InlineData(DataClass.Phone, "+1 212 555 0134", "+1 212 555 0135", "US")]
    [InlineData(DataClass.Phone, "+225 01 23 45 67 89", "+225 1 23 45 67 89", "CI")]
    public void Pseudonymize_DifferentValues_StayApart(DataClass dataClass, string one, string other, string countries)
    {
        var both = countries.Split('|');

        Assert.NotEqual(Keys.Pseudonymize(dataClass, one, "p", both[0]).Value, Keys.Pseudonymize(dataClass, other, "p", both[^1]).Value);
    }

    [Fact]
    public void AllPseudonyms_AfterRotations_HoldThoseOfEveryVersionNewestFirst()
    {
        var third = RegionKeys.Derive(Secret, "DE", 3).AllPseudonyms(DataClass.Email, "A@b.de ", "support", "");

        Assert.Equal([3u, 2u, 1u], third.Select(pseudonym => pseudonym.KeyVersion));
        Assert.Equal(Keys.Pseudonymize(DataClass.Email, "a@b.de", "support"), third[^1]);
        Assert.Equal(RegionKeys.Derive(Secret, "DE", 2).Pseudonymize(DataClass.Email, "a@b.de", "support"), third[1]);
        Assert.Empty(Keys.AllPseudonyms(DataClass.Email, " ", "support", ""));
    }

    [Fact]
    public void Redact_RotatedKeys_NamesTheVersionInReceiptAndDigestWherePseudonymsAreMade()
    {
        var policies = PolicyKit.OneCountry("email: {action: drop, at: edge}\ncustomer_number, case_number: {action: drop, at: edge}");
        var (first, second) = (new EdgeRedactor(policies, Keys), new EdgeRedactor(policies, RegionKeys.Derive(Secret, "DE", 2)));
        Case With(string country) => new() { CustomerCountry = country, Customer = new Customer { Emails = { new PersonalText { Clear = "a@b.de" } } } };
        var (german, other) = (With("DE"), With("ZZ"));

        second.Redact(german);
        second.Redact(other);

        Assert.Equal(2u, Assert.Single(german.Redactions).PseudonymKeyVersion);
        Assert.Equal(0u, Assert.Single(other.Redactions).PseudonymKeyVersion);
        Assert.False(first.RulesDigest(With("DE")).SequenceEqual(second.RulesDigest(With("DE"))));
        Assert.True(first.RulesDigest(With("ZZ")).SequenceEqual(second.RulesDigest(With("ZZ"))));
        Assert.NotEqual(first.WorkDigest, second.WorkDigest);
        Assert.Equal(policies.EdgeDigest.ToArray(), first.WorkDigest);
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
    public void Open_SealedByAnEarlierProgram_StillOpens() =>
        Assert.Equal("Max Müller", Keys.Sealing.Open(DataClass.Name, Sealed.Parser.ParseFrom(Convert.FromBase64String(
            "CkEEziCAO+4kibrGMVttsA1CEJzFkHgBo5qCtlIfmJH+Lc6X9DRL1gvX437JYhsCZ58sgkITgzXJzs0osjWJmK1HCRIM8dnxGN5eo+6U18geGhuF9fwh/ss3RhlCldby3/nwC1eCBqBVHCIN3RQiEDI0YTZkMTg5ZjIzOWI2MWE="))));

    [Fact]
    public void Seal_SameValueTwice_SharesNothing()
    {
        var (first, second) = (Keys.Sealing.Seal(DataClass.Name, "Max"), Keys.Sealing.Seal(DataClass.Name, "Max"));

        Assert.NotEqual(first.EphemeralKey, second.EphemeralKey);
        Assert.NotEqual(first.Nonce, second.Nonce);
        Assert.NotEqual(first.Ciphertext, second.Ciphertext);
    }

    [Fact]
    public void Open_OfAnotherRegionClassOrChanged_Fails()
    {
        var value = Keys.Sealing.Seal(DataClass.Name, "Max");
        var changed = value.Clone();
        changed.Ciphertext = ByteString.CopyFrom([.. value.Ciphertext.Select((b, i) => i == 0 ? (byte)(b ^ 1) : b)]);
        var noPoint = value.Clone();
        noPoint.EphemeralKey = ByteString.CopyFrom([4, .. new byte[64]]);
        var noNonce = value.Clone();
        noNonce.Nonce = ByteString.Empty;

        Assert.ThrowsAny<CryptographicException>(() => RegionKeys.Derive(Secret, "JP").Sealing.Open(DataClass.Name, value));
        Assert.ThrowsAny<CryptographicException>(() => Keys.Sealing.Open(DataClass.Email, value));
        Assert.ThrowsAny<CryptographicException>(() => Keys.Sealing.Open(DataClass.Name, changed));
        Assert.ThrowsAny<CryptographicException>(() => Keys.Sealing.Open(DataClass.Name, noPoint));
        Assert.ThrowsAny<CryptographicException>(() => Keys.Sealing.Open(DataClass.Name, noNonce));
    }
}
