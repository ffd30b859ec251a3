using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Privacy.Tests;

/// <summary>Persons whom no field of the case names, found in running text.</summary>
public sealed class PersonTests
{
    private const string Hidden = "free_text: {action: detect, at: edge}\nfile_name: {action: detect, at: edge}";
    private const string AtHub = "name: {action: mask, at: hub}\nfree_text: {action: detect, at: hub}";

    private static readonly PolicySet Policies = PolicyKit.OneCountry(Hidden);

    [Theory]
    [InlineData("de", "Ich habe mit Frau Sabine Krauthoff gesprochen.", "Ich habe mit Frau [PERSON_1] gesprochen.")]
    [InlineData("en", "Dear Ms. Bennett, my name is Carlos Ortega.", "Dear Ms. [PERSON_1], my name is [PERSON_2].")]
    [InlineData("ja", "担当の佐藤様に電話しました。", "担当の[PERSON_1]様に電話しました。")]
    [InlineData("ko", "김민수 고객님이 전화하셨습니다.", "[PERSON_1] 고객님이 전화하셨습니다.")]
    public void Redact_NameOfAnother_IsReplaced(string language, string text, string expected) =>
        Assert.Equal(expected, Edge(language, text).Subject.Masked);

    [Fact]
    public void Redact_PersonsOfACase_KeepTheirNumbersInAllSpellings()
    {
        var value = Edge(
            "en", "I spoke to Jennifer Wilson and to Robert Wilson.", "Mr. Robert Wilson said that J. Wilson from billing would call.", "Dear Jennifer, thank you.");

        Assert.Equal("I spoke to [PERSON_1] and to [PERSON_2].", value.Subject.Masked);
        Assert.Equal("Mr. [PERSON_2] said that [PERSON_1] from billing would call.", value.Messages[0].Body.Masked);
        Assert.Equal("Dear [PERSON_1], thank you.", value.Messages[1].Body.Masked);
    }

    [Fact]
    public void Redact_CustomerAndNamesake_AreTwoPersons()
    {
        var value = New("en", "My name is Jane Miller. My husband Robert Miller bought it.", "Dear Mrs. Miller");
        value.Customer = new Customer { Name = PolicyKit.Clear("Jane Miller") };

        new EdgeRedactor(Policies, PolicyKit.Keys).Redact(value);

        Assert.Equal("My name is [PERSON_1]. My husband [PERSON_2] bought it.", value.Subject.Masked);
        Assert.Equal("Dear Mrs. [PERSON_1]", value.Messages[0].Body.Masked);
    }

    [Fact]
    public void Redact_CustomerWithASecondForename_IsOnePerson()
    {
        var value = New("en", "My name is Jane Elizabeth Miller.");
        value.Customer = new Customer { Name = PolicyKit.Clear("Jane Miller") };

        new EdgeRedactor(Policies, PolicyKit.Keys).Redact(value);

        Assert.Equal("My name is [PERSON_1].", value.Subject.Masked);
    }

    [Fact]
    public void Redact_NameWithinAnAddressOfAnyKind_IsNamedAfterThat()
    {
        var value = Edge("en", "Write to jennifer.wilson@example.com or 12 Robert Wilson Street.");

        Assert.Equal("Write to [EMAIL_1] or [ADDRESS_1].", value.Subject.Masked);
    }

    [Fact]
    public void Redact_KeptNames_StayAndNoReceiptSpeaksOfThem()
    {
        var value = New("en", "I spoke to Jennifer Wilson, jw@example.com.");

        var tally = new EdgeRedactor(PolicyKit.OneCountry($"{Hidden}\nname: {{action: keep}}"), PolicyKit.Keys).Redact(value);

        Assert.Equal("I spoke to Jennifer Wilson, [EMAIL_1].", value.Subject.Masked);
        Assert.Equal(0, tally.CountOf(DataClass.Name, RedactionAction.Detect));
        Assert.Equal(Detectors.Version, Assert.Single(value.Redactions).DetectorVersion);
    }

    [Fact]
    public void Redact_Receipt_CountsNamesAndSaysWithWhatTheyWereFound()
    {
        var receipt = Assert.Single(Edge("en", "I spoke to Jennifer Wilson and to Robert Miller.").Redactions);

        Assert.Equal(2u, receipt.Counts.Single(count => count is { DataClass: DataClass.Name, Action: RedactionAction.Detect }).Count);
        Assert.Matches(@"\+names\.\d+-[0-9a-f]{8}$", receipt.DetectorVersion);
    }

    [Fact]
    public void Redact_NamesForTheHub_AreLeftAtTheEdgeAndReplacedThere()
    {
        var policies = PolicyKit.OneCountry(AtHub);
        var value = New("en", "I spoke to Jennifer Wilson.");

        new EdgeRedactor(policies, PolicyKit.Keys).Redact(value);
        var travelling = value.Subject.Clear;
        new HubRedactor(policies).Redact(value);

        Assert.Equal("I spoke to Jennifer Wilson.", travelling);
        Assert.Equal("I spoke to [PERSON_1].", value.Subject.Masked);
        Assert.Equal([Detectors.Version, Detectors.VersionWithNames], value.Redactions.Select(receipt => receipt.DetectorVersion));
    }

    [Theory]
    [InlineData(true, "[PERSON_1]; Robert Miller")]
    [InlineData(false, "[PERSON_1]; [PERSON_2]")]
    public void Redact_AtTheHub_TagsOnlyWhatTheEdgeDidNot(bool isSameVersion, string expected)
    {
        var value = Edge("en", "[PERSON_1]; Jane Miller");
        value.Subject.Masked = "[PERSON_1]; Robert Miller";
        value.Redactions[0].DetectorVersion = isSameVersion ? Detectors.VersionWithNames : Detectors.Version + "+names.0-00000000";

        new HubRedactor(Policies).Redact(value);

        Assert.Equal(expected, value.Subject.Masked);
    }

    [Fact]
    public void Redact_TextsOfWhichSomeAreTheHubs_AreTaggedThereAgain()
    {
        var policies = PolicyKit.OneCountry("name: {action: mask, at: hub}\nfree_text: {action: detect, at: edge}\nfile_name: {action: detect, at: hub}");
        var value = New("en", "I spoke to Jennifer Wilson.");
        value.Attachments.Add(new Attachment { FileName = PolicyKit.Clear("Letter of Mr. Robert Miller.pdf") });

        new EdgeRedactor(policies, PolicyKit.Keys).Redact(value);
        new HubRedactor(policies).Redact(value);

        Assert.Equal("I spoke to [PERSON_1].", value.Subject.Masked);
        Assert.Equal("Letter of Mr. [PERSON_2].pdf", value.Attachments[0].FileName.Masked);
    }

    [Fact]
    public void Redact_Twice_ChangesNothing()
    {
        var value = Edge("en", "Dear Jennifer, Mr. [PERSON_7] and Robert Miller [NAME] called. [PERSON_8]", "Best regards\nJennifer Wilson");
        var once = value.Clone();

        Assert.True(new EdgeRedactor(Policies, PolicyKit.Keys).Redact(value).IsEmpty);
        Assert.Equal(once, value);
        Assert.Contains("[PERSON_7]", value.Subject.Masked, StringComparison.Ordinal);
        Assert.Contains("[NAME]", value.Subject.Masked, StringComparison.Ordinal);
        Assert.EndsWith("[PERSON_8]", value.Subject.Masked, StringComparison.Ordinal);
    }

    [Fact]
    public void Redact_CustomFieldNames_AreNobodysName()
    {
        var value = New("en", "text");
        value.CustomFields.Add(new CustomField { Name = "Jennifer Wilson", DataClass = DataClass.Technical, Integer = 1 });

        new EdgeRedactor(Policies, PolicyKit.Keys).Redact(value);

        Assert.Equal("Jennifer Wilson", value.CustomFields[0].Name);
    }

    [Fact]
    public void Packs_AllOfThem_HideNamesInTexts()
    {
        var countries = PolicyKit.Policies.Jurisdictions.SelectMany(jurisdiction => jurisdiction.Countries).Append("ZZ").ToList();

        Assert.NotEmpty(countries);
        Assert.All(countries, country => Assert.NotEqual(RedactionAction.Keep, PolicyKit.Policies.RulesFor(country, country, country)[DataClass.Name].Action));
    }

    [Fact]
    public void Look_Text_GivesPersonsWithScoresAndNumbers()
    {
        const string text = "Hello, my name is Jennifer Wilson. Wilson again: jw@example.com";

        var verdict = new TextDetection().Look(text, "US", "en", null);

        Assert.Equal("Hello, my name is [PERSON_1]. [PERSON_1] again: [EMAIL_1]", verdict.Redacted);
        Assert.Equal(["Jennifer Wilson", "Wilson", "jw@example.com"], verdict.Findings.Select(f => text[f.Start..f.End]));
        Assert.Equal(["PERSON", "PERSON", "EMAIL_ADDRESS"], verdict.Findings.Select(f => f.Entity));
        Assert.All(verdict.Findings, finding => Assert.InRange(finding.Score, 0.01, 1));
    }

    [Theory]
    [InlineData("Tight to 12 Nm, see chapter 5.3.")]
    [InlineData("Laut Kapitel 5.3 gilt das.")]
    [InlineData("[PERSON_1] und [NAME]")]
    [InlineData("Der Brenner zündet nicht.")]
    [InlineData("Aadhaar is asked for on the form, and Folio on the receipt.")]
    public void Look_UnitsHeadingsAndPlaceholders_AreNobody(string text) =>
        Assert.Empty(new TextDetection().Look(text, "DE", "", null).Findings);

    private static Case New(string language, string subject, params string[] messages)
    {
        var value = new Case { CustomerCountry = "ZZ", Language = language, Subject = PolicyKit.Clear(subject) };
        value.Messages.AddRange(messages.Select(text => new Message { Body = PolicyKit.Clear(text) }));
        return value;
    }

    private static Case Edge(string language, string subject, params string[] messages)
    {
        var value = New(language, subject, messages);
        new EdgeRedactor(Policies, PolicyKit.Keys).Redact(value);
        return value;
    }
}
