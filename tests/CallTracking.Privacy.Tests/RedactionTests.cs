using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Privacy.Tests;

public sealed class RedactionTests
{
    private readonly EdgeRedactor _edge = new(PolicyKit.Policies, PolicyKit.Keys);
    private readonly HubRedactor _hub = new(PolicyKit.Policies);

    [Fact]
    public void Redact_GermanCaseAtTheEdge_LeavesNothingThatMayNotTravel()
    {
        var value = PolicyKit.German();

        _edge.Redact(value);

        Assert.Null(value.Customer.Name);
        Assert.Equal("+49", value.Customer.Phones[0].Generalized);
        Assert.Equal("customer-link", value.Customer.Emails[0].Pseudonym.Purpose);
        Assert.Equal("1971", value.Customer.BirthDate.Generalized);
        Assert.Equal("04", value.Customer.Addresses[0].Postcode.Generalized);
        Assert.Equal("Leipzig", value.Customer.Addresses[0].Locality.Clear);
        Assert.Empty(value.Customer.Addresses[0].Lines);
        Assert.Empty(value.Customer.Payments);
        Assert.Null(value.Customer.NationalIds[0].Value);
        Assert.Null(value.Agent.Name);
        Assert.Equal("SN-4420-118273", value.Product.Serial.Clear);
        Assert.Equal("2025-11", value.Product.PurchasedOn.Generalized);
        Assert.Equal("Akku wird heiß", value.Subject.Clear);
        Assert.Equal(
            "Sehr geehrte Damen und Herren, mein Name ist [PERSON_1], bitte unter [PHONE_1] oder [EMAIL_1] melden.",
            value.Description.Masked);
        Assert.Equal("Hallo, hier [PERSON_1]. Meine Karte [CARD_1]. Gruß, [PERSON_1]", value.Messages[0].Body.Masked);
        Assert.Equal("Guten Tag Herr [PERSON_1], viele Grüße, [PERSON_2]", value.Messages[1].Body.Masked);
        Assert.Equal(RedactionPlace.Edge, Assert.Single(value.Redactions).Place);
    }

    [Fact]
    public void Redact_AtTheHub_LooksThroughTextsAgainAndMarksThem()
    {
        var value = PolicyKit.German();
        _edge.Redact(value);

        var verdict = Assert.IsType<HubVerdict.Accepted>(_hub.Redact(value));

        Assert.Equal("Akku wird heiß", value.Subject.Masked);
        Assert.Contains("[PERSON_1]", value.Description.Masked, StringComparison.Ordinal);
        Assert.Equal(1, verdict.Tally.CountOf(DataClass.FreeText, RedactionAction.Detect));
        Assert.Equal(2, value.Redactions.Count);
    }

    [Fact]
    public void Redact_Twice_ChangesNothing()
    {
        var value = PolicyKit.German();
        _edge.Redact(value);
        var once = value.Clone();

        Assert.True(_edge.Redact(value).IsEmpty);
        Assert.Equal(once, value);

        _hub.Redact(value);
        var stored = value.Clone();
        Assert.True(Assert.IsType<HubVerdict.Accepted>(_hub.Redact(value)).Tally.IsEmpty);
        Assert.Equal(stored, value);
    }
}
