using CallTracking.Contracts;
using Google.Protobuf;
using Xunit;

namespace CallTracking.Privacy.Tests;

public sealed class HubRedactorTests
{
    private static readonly PersonalText Pseudonym = new() { Pseudonym = PolicyKit.Keys.Pseudonymize(DataClass.Email, "a@b.de", "customer-link") };
    private static readonly PersonalText Sealed = new() { Sealed = PolicyKit.Keys.Sealing.Seal(DataClass.Email, "a@b.de") };

    [Theory]
    [InlineData("drop, at: edge", "clear", HubVerdict.ClearUnderEdgeRule)]
    [InlineData("drop, at: edge", "masked", HubVerdict.FormNotAllowed)]
    [InlineData("drop, at: edge", "generalized", HubVerdict.FormNotAllowed)]
    [InlineData("drop, at: edge", "pseudonym", HubVerdict.FormNotAllowed)]
    [InlineData("drop, at: edge", "sealed", HubVerdict.FormNotAllowed)]
    [InlineData("seal, at: edge", "clear", HubVerdict.ClearUnderEdgeRule)]
    [InlineData("seal, at: edge", "pseudonym", "none")]
    [InlineData("seal, at: edge", "sealed", "sealed")]
    [InlineData("pseudonymize, at: edge, purpose: customer-link", "clear", HubVerdict.ClearUnderEdgeRule)]
    [InlineData("pseudonymize, at: edge, purpose: customer-link", "masked", "none")]
    [InlineData("pseudonymize, at: edge, purpose: customer-link", "generalized", "none")]
    [InlineData("pseudonymize, at: edge, purpose: customer-link", "pseudonym", "pseudonym")]
    [InlineData("pseudonymize, at: edge, purpose: other-link", "pseudonym", "none")]
    [InlineData("pseudonymize, at: edge, purpose: customer-link", "sealed", "sealed")]
    [InlineData("mask, at: edge", "clear", HubVerdict.ClearUnderEdgeRule)]
    [InlineData("mask, at: edge", "masked", "[EMAIL]")]
    [InlineData("mask, at: edge", "generalized", "[EMAIL]")]
    [InlineData("mask, at: edge", "pseudonym", "pseudonym")]
    [InlineData("generalize, at: edge, to: domain", "clear", HubVerdict.ClearUnderEdgeRule)]
    [InlineData("generalize, at: edge, to: domain", "generalized", "none")]
    [InlineData("generalize, at: edge, to: domain", "masked", "masked")]
    [InlineData("keep", "clear", "clear")]
    [InlineData("keep", "sealed", "sealed")]
    [InlineData("mask, at: hub", "clear", "[EMAIL]")]
    [InlineData("mask, at: hub", "generalized", "[EMAIL]")]
    [InlineData("drop, at: hub", "clear", "none")]
    [InlineData("drop, at: hub", "pseudonym", "none")]
    [InlineData("generalize, at: hub, to: domain", "clear", "example.de")]
    public void Redact_FormUnderARule_IsRefusedOrTightened(string rule, string form, string expected)
    {
        var value = new Case { CustomerCountry = "ZZ", Customer = new Customer { Emails = { InForm(form) } } };
        var before = value.Clone();

        var verdict = new HubRedactor(PolicyKit.OneCountry($"email: {{action: {rule}}}")).Redact(value);

        if (verdict is HubVerdict.Refused refused)
        {
            Assert.Equal((expected, "customer.emails"), (refused.Reason, refused.FieldPath));
            Assert.Equal(before, value);
            return;
        }

        Assert.Equal(expected, Describe(value.Customer.Emails.SingleOrDefault(), form));
    }

    [Fact]
    public void Redact_GeneralizedTooFinely_BecomesCoarser()
    {
        var value = new Case { CustomerCountry = "ZZ", Customer = new Customer { BirthDate = new PersonalText { Generalized = "1980-05" } } };

        new HubRedactor(PolicyKit.OneCountry("birth_date: {action: generalize, at: edge, to: year}")).Redact(value);

        Assert.Equal("1980", value.Customer.BirthDate.Generalized);
    }

    [Fact]
    public void Redact_CustomFieldThatShouldHaveStayed_RefusesTheCase()
    {
        var hub = new HubRedactor(PolicyKit.OneCountry("gender: {action: keep}"));

        var unclassified = hub.Redact(new Case { CustomerCountry = "ZZ", CustomFields = { new CustomField { Name = "x", Text = PolicyKit.Clear("y") } } });
        var typed = hub.Redact(new Case { CustomerCountry = "ZZ", CustomFields = { new CustomField { Name = "x", DataClass = DataClass.Gender, Integer = 1 } } });

        Assert.Equal("custom_fields", Assert.IsType<HubVerdict.Refused>(unclassified).FieldPath);
        Assert.Equal(HubVerdict.ClearUnderEdgeRule, Assert.IsType<HubVerdict.Refused>(typed).Reason);
    }

    [Fact]
    public void Redact_CaseOfAnUnlistedCountry_IsHeldToTheDefault() =>
        Assert.IsType<HubVerdict.Refused>(new HubRedactor(PolicyKit.Policies).Redact(new Case
        {
            CustomerCountry = "BR",
            Customer = new Customer { Name = PolicyKit.Clear("Maria") },
        }));

    [Fact]
    public void Redact_ValueWithoutForm_IsTakenAway()
    {
        var value = new Case { CustomerCountry = "JP", Customer = new Customer { Name = new PersonalText(), Emails = { new PersonalText() } } };

        Assert.IsType<HubVerdict.Accepted>(new HubRedactor(PolicyKit.Policies).Redact(value));

        Assert.Null(value.Customer.Name);
        Assert.Empty(value.Customer.Emails);
    }

    [Theory]
    [InlineData(long.MaxValue, 0)]
    [InlineData(long.MinValue, int.MinValue)]
    [InlineData(253402300799, int.MaxValue)]
    public void Redact_ImpossibleInstant_CountsAsNone(long seconds, int offset)
    {
        var value = new Case
        {
            CustomerCountry = "ZZ",
            Opened = new CaseTime { At = new() { Seconds = seconds }, UtcOffsetMinutes = offset },
            Customer = new Customer { BirthDate = PolicyKit.Clear("1980-05-17") },
        };

        var verdict = new HubRedactor(PolicyKit.OneCountry("birth_date: {action: generalize, at: hub, to: age_band}")).Redact(value);

        Assert.Equal(1, Assert.IsType<HubVerdict.Accepted>(verdict).Tally.CountOf(DataClass.BirthDate, RedactionAction.Drop));
    }

    [Fact]
    public void Redact_NothingToDoUnderAnotherPolicy_LeavesItsReceiptOnce()
    {
        var (first, second) = (PolicyKit.OneCountry("gender: {action: keep}"), PolicyKit.OneCountry("gender: {action: keep, article: \"Art. 1\"}"));
        var value = new Case { CustomerCountry = "ZZ", Customer = new Customer { Gender = PolicyKit.Clear("f") } };

        foreach (var policies in new[] { first, second, second })
        {
            Assert.True(Assert.IsType<HubVerdict.Accepted>(new HubRedactor(policies).Redact(value)).Tally.IsEmpty);
        }

        Assert.Equal([first.Version, second.Version], value.Redactions.Select(receipt => receipt.PolicyVersion));
    }

    [Fact]
    public void Redact_DetectorThatThrows_DropsTheTextAndCountsIt()
    {
        var policies = PolicyKit.OneCountry("free_text: {action: detect, at: hub}");
        var value = new Case { CustomerCountry = "ZZ", Subject = PolicyKit.Clear("one"), Tags = { PolicyKit.Clear("two") } };

        var verdict = new HubRedactor(policies, new Detectors(new Broken())).Redact(value);

        Assert.Null(value.Subject);
        Assert.Empty(value.Tags);
        Assert.Equal(2, Assert.IsType<HubVerdict.Accepted>(verdict).Tally.CountOf(DataClass.FreeText, RedactionAction.Drop));
    }

    [Fact]
    public void Redact_DetectorThatThrowsAtTheEdge_DropsTheText()
    {
        var policies = PolicyKit.OneCountry("free_text: {action: detect, at: hub}");
        var value = new Case { CustomerCountry = "ZZ", Subject = PolicyKit.Clear("one") };

        new EdgeRedactor(policies, PolicyKit.Keys, new Detectors(new Broken())).Redact(value);

        Assert.Null(value.Subject);
    }

    [Fact]
    public void Redact_DetectorThatThrowsOnAName_TakesTheNameAway()
    {
        var value = new Case { CustomerCountry = "ZZ", CustomFields = { new CustomField { Name = "Max", DataClass = DataClass.Technical, Integer = 7 } } };

        new EdgeRedactor(PolicyKit.OneCountry("free_text: {action: keep}"), PolicyKit.Keys, new Detectors(new Broken())).Redact(value);

        Assert.Equal(("[FREE_TEXT]", 7), (Assert.Single(value.CustomFields).Name, value.CustomFields[0].Integer));
    }

    [Fact]
    public void Redact_ValueThatAnActionCannotBear_IsDropped()
    {
        // Half a surrogate pair cannot be normalised.
        var value = new Case { CustomerCountry = "ZZ", Customer = new Customer { Emails = { PolicyKit.Clear("\uD83D@b.de"), PolicyKit.Clear("a@b.de") } } };

        var tally = new EdgeRedactor(PolicyKit.OneCountry("email: {action: pseudonymize, at: edge, purpose: customer-link}"), PolicyKit.Keys).Redact(value);

        Assert.Equal(PersonalText.FormOneofCase.Pseudonym, Assert.Single(value.Customer.Emails).FormCase);
        Assert.Equal(1, tally.CountOf(DataClass.Email, RedactionAction.Drop));
    }

    [Fact]
    public void Count_UnknownFields_AreCountedAtEveryDepth()
    {
        var value = PolicyKit.German();
        var known = value.ToByteArray();
        byte[] unknownVarint = [0xF8, 0xFF, 0x03, 0x01];
        byte[] unknownText = [0xFA, 0xFF, 0x03, 0x02, 0x61, 0x62];
        byte[] product = [.. new Product { Line = "x" }.ToByteArray(), .. unknownText];

        Assert.Equal(0, UnknownFields.Count(Case.Descriptor, known));
        Assert.Equal(2, UnknownFields.Count(Case.Descriptor, [.. known, .. unknownVarint, .. unknownText]));
        Assert.Equal(2, UnknownFields.Count(Case.Descriptor, [.. unknownVarint, 0xBA, 0x01, (byte)product.Length, .. product]));
        Assert.Equal(0, UnknownFields.Count(Case.Descriptor, [0xFF, 0xFF]));
    }

    private static PersonalText InForm(string form) => form switch
    {
        "clear" => PolicyKit.Clear("max@example.de"),
        "masked" => new PersonalText { Masked = "m**" },
        "generalized" => new PersonalText { Generalized = "somebody" },
        "pseudonym" => Pseudonym.Clone(),
        _ => Sealed.Clone(),
    };

    private static string Describe(PersonalText? text, string form) => text?.FormCase switch
    {
        null => "none",
        PersonalText.FormOneofCase.Masked => text.Masked == InForm("masked").Masked ? "masked" : text.Masked,
        PersonalText.FormOneofCase.Generalized => text.Generalized,
        _ when text.Equals(InForm(form)) => form,
        var other => other.ToString()!,
    };

    private sealed class Broken : ITextDetector
    {
        public void Find(string text, in TextOrigin origin, ClassSet wanted, List<Finding> findings) =>
            throw new InvalidOperationException("broken");
    }
}
