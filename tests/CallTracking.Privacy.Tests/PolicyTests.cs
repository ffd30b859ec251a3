using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Privacy.Tests;

public sealed class PolicyTests
{
    private static readonly PolicySet Policies = PolicyKit.Policies;

    [Fact]
    public void Parse_BuiltInPacks_HaveNoFaultAndSayThatNobodyReviewedThem()
    {
        Assert.All(Policies.Jurisdictions, jurisdiction =>
        {
            Assert.Equal("not reviewed by counsel", jurisdiction.Review);
            Assert.NotEmpty(jurisdiction.Law);
            Assert.NotEmpty(jurisdiction.Article);
        });
    }

    [Fact]
    public void Parse_ManyFaults_ReportsAllWithTheirPlaces()
    {
        var load = PolicyKit.LoadWith("""
            jurisdiction: zz
            countries: [Germany, ZZ]
            color: red
            rules:
              nome: {action: drop, at: edge}
              name: {action: hide, at: edge}
              email: {action: pseudonymize, at: hub, purpose: customer-link}
              phone: {action: generalize, at: edge, to: year}
              gender: {action: detect, at: hub}
              postcode: {action: mask}
            retention:
              - {clock: birthday, period: 3 years, action: delete}
            """);

        Assert.Null(load.Policies);
        Assert.All(load.Faults, fault => Assert.Equal("test.yaml", fault.File));
        Assert.Equal(
            [(2, 13), (3, 1), (5, 3), (6, 18), (7, 37), (8, 45), (9, 20), (10, 13), (12, 13), (12, 31)],
            load.Faults.Select(fault => (fault.Line, fault.Column)).Order());
        Assert.All(load.Faults, fault => Assert.NotEmpty(fault.Cure));
    }

    [Theory]
    [InlineData("jurisdiction: [", "Not YAML")]
    [InlineData("jurisdiction: {a: 1\nname: a", "never closed")]
    [InlineData("- a list", "mapping at its top")]
    [InlineData("rules: {}", "without jurisdiction")]
    [InlineData("jurisdiction: ZZ", "not a jurisdiction code")]
    [InlineData("jurisdiction: zz\nparent: nowhere", "No document for the parent")]
    [InlineData("jurisdiction: zz\nparent: zz", "its own ancestor")]
    [InlineData("jurisdiction: eea", "has two documents, this one and the built-in pack eea.yaml")]
    [InlineData("jurisdiction: zz\ncountries: [DE]", "claimed by")]
    [InlineData("jurisdiction: zz\ncountries: [UK]", "'UK' is not a country code")]
    [InlineData("hub: {country: EU, entity: E}", "not a country code")]
    [InlineData("jurisdiction: zz\nretention: [{clock: closed, period: P0D, action: delete}]", "would remove every such case at once")]
    [InlineData("jurisdiction: zz\nname: a\nname: b", "Not YAML")]
    [InlineData("jurisdiction: zz\nrules: [name]", "mapping of data classes")]
    [InlineData("jurisdiction: zz\nrules: {email: {action: pseudonymize, at: edge, purpose: spying}}", "is not declared")]
    [InlineData("jurisdiction: zz\nrules: {email: {action: pseudonymize, at: edge}}", "without 'purpose'")]
    [InlineData("jurisdiction: zz\nrules: {name: {action: seal, at: hub}}", "must be at: edge")]
    [InlineData("jurisdiction: zz\nrules: {name: {action: drop, at: edge, to: year}}", "belongs to generalize")]
    [InlineData("jurisdiction: zz\nrules: {postcode: {action: generalize, at: hub, to: \"prefix:0\"}}", "does not suit")]
    [InlineData("jurisdiction: zz\nrules: {name: {at: edge}}", "without action")]
    [InlineData("jurisdiction: zz\nretention: [{clock: closed, period: P1Y, minimum: P2Y, action: delete}]", "longer than the period")]
    [InlineData("jurisdiction: zz\nretention: [{clock: closed, action: delete}]", "without period")]
    [InlineData("hub: {country: JP}", "second hub document")]
    [InlineData("hub: {entity: nowhere}", "not a country code")]
    [InlineData("hub: {country: JP}\ntransfers: [{from: [DE], to: JP, basis: adequacy}]", "transfer basis is incomplete")]
    public void Parse_WrongDocument_SaysWhatIsWrong(string yaml, string expected)
    {
        var load = PolicyKit.LoadWith(yaml);

        Assert.Null(load.Policies);
        Assert.Contains(load.Faults, fault => fault.Message.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("jurisdiction: zz\nrules:\n  name: {action: drop, at: edge\n  email: {action: drop, at: edge}\nlaw: x", 3, 9)]
    [InlineData("jurisdiction: zz\ncountries: [DE\nlaw: x", 2, 12)]
    [InlineData("jurisdiction: zz\nrules:\n  name: &one {action: drop, at: edge}\n  email: *two", 4, 10)]
    [InlineData("jurisdiction: zz\nrules:\n\tname: {action: drop, at: edge}", 3, 1)]
    [InlineData("jurisdiction: zz\n---\njurisdiction: yy", 3, 1)]
    [InlineData("# mine\n\n- a list", 3, 1)]
    [InlineData("law: x\njurisdiction: eea", 2, 15)]
    [InlineData("law: x\njurisdiction: zz\nparent: nowhere", 3, 9)]
    [InlineData("law: x\njurisdiction: zz\nparent: zz", 3, 9)]
    [InlineData("law: x\njurisdiction: zz\ncountries: [ZZ, DE]", 3, 17)]
    [InlineData("transfers: []\nhub: {country: JP}", 2, 6)]
    [InlineData("transfers: []\nhub:\n  entity: E\n  country: Japan", 4, 12)]
    public void Parse_WrongDocument_SaysWhere(string yaml, int line, int column) =>
        Assert.Contains((line, column), PolicyKit.LoadWith(yaml).Faults.Select(fault => (fault.Line, fault.Column)));

    [Theory]
    [InlineData("jurisdiction: eea", "Name this one eea.yaml")]
    [InlineData("jurisdiction: zz\nrules:\n  name: {action: drop, at: edge}\n  name: {action: mask, at: edge}", "are a list: name: [")]
    public void Parse_WrongDocument_SaysWhatToDo(string yaml, string cure) =>
        Assert.Contains(cure, Assert.Single(PolicyKit.LoadWith(yaml).Faults).Cure, StringComparison.Ordinal);

    [Fact]
    public void Parse_TwoOwnDocumentsOfOneJurisdiction_NamesBoth()
    {
        var load = PolicySet.Parse([.. PolicySet.BuiltInPacks, PolicyKit.Document("a.yaml", "jurisdiction: zz\nlaw: x"), PolicyKit.Document("b.yaml", "jurisdiction: zz\nlaw: x")], PolicyKit.Day);

        Assert.Equal("Jurisdiction 'zz' has two documents, a.yaml and this one.", Assert.Single(load.Faults).Message);
    }

    [Fact]
    public void Parse_CountryOfADeeperPack_IsToldAtTheDocumentThatAPersonWrote()
    {
        var load = PolicyKit.LoadWith("jurisdiction: zz\ncountries: [US-CA]\nlaw: x");

        Assert.Contains(load.Faults, fault => (fault.File, fault.Line, fault.Column) == ("test.yaml", 2, 13) && fault.Message.StartsWith("Country US-CA is claimed by", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a: ", "[")]
    [InlineData("", "{a: ")]
    [InlineData("a:\n", "- ")]
    public void Parse_NestedWithoutEnd_IsAFaultWithItsPlace(string start, string level)
    {
        var fault = Assert.Single(PolicyKit.LoadWith(start + string.Concat(Enumerable.Repeat(level, 100_000))).Faults);

        Assert.Equal(("Nested deeper than 200 levels.", start.EndsWith('\n') ? 2 : 1), (fault.Message, fault.Line));
    }

    [Fact]
    public void Parse_BracketsInCommentsAndQuotes_AreNoLevels() =>
        Assert.DoesNotContain(PolicyKit.LoadWith($"# {new string('[', 300)}\nlaw: \"{new string('[', 300)}\"\njurisdiction: zz\nparent: nowhere").Faults, fault => fault.Message.StartsWith("Nested", StringComparison.Ordinal));

    [Theory]
    [InlineData("parent: eea\ncountries: [RU]", "RU is claimed by ru and zz")]
    [InlineData("parent: default\ncountries: [CN]", "CN is claimed by cn and zz")]
    [InlineData("parent: ru\ncountries: [RU]", null)]
    [InlineData("parent: eea\ncountries: [FR]", null)]
    public void Parse_CountryOfALawThatIsNoAncestor_IsAFault(string lines, string? fault)
    {
        var faults = PolicyKit.LoadWith($"jurisdiction: zz\n{lines}").Faults;

        Assert.Equal(fault is null ? 0 : 1, faults.Count);
        Assert.All(faults, one => Assert.Contains(fault!, one.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("parent: eea", "{clock: closed, period: P5Y, action: delete}", "P5Y after closing is longer than P3Y after closing, which 'eea' has")]
    [InlineData("parent: eea", "{statuses: [open], clock: opened, period: P7Y, action: delete}", "P7Y after opening is longer than P6Y after the last change, which 'eea' has")]
    [InlineData("law: x", "{statuses: [closed], clock: closed, period: P3Y, action: delete}", "P3Y after closing is longer than P2Y after closing, which 'default' has")]
    public void Parse_ChildThatKeepsLongerThanItsParent_IsANoteAtItsRule(string line, string rule, string expected)
    {
        var load = PolicyKit.LoadWith($"jurisdiction: zz\n{line}\nretention:\n  - {{statuses: [new], clock: opened, period: P1D, action: delete}}\n  - {rule}");

        Assert.NotNull(load.Policies);
        var note = Assert.Single(load.Notices, notice => notice.Message.Contains("is longer than", StringComparison.Ordinal));
        Assert.Equal(("test.yaml", 5, 5), (note.File, note.Line, note.Column));
        Assert.StartsWith(expected, note.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{statuses: [closed], clock: closed, period: P3Y, action: delete}")]
    [InlineData("{clock: closed, period: P1Y, action: anonymize}")]
    public void Parse_ChildThatKeepsNoLonger_IsNoNote(string rule) => Assert.DoesNotContain(
        PolicyKit.LoadWith($"jurisdiction: zz\nparent: eea\nretention: [{rule}]").Notices,
        notice => notice.Message.Contains("is longer than", StringComparison.Ordinal));

    [Fact]
    public void Parse_PackBelowADocumentThatShortened_OrALawOfALaterDay_IsANoteToo()
    {
        var shortened = PolicyKit.Document("ca.yaml", PolicySet.BuiltInPacks.Single(pack => pack.Name == "ca.yaml").Yaml.Replace("P2Y", "P1Y", StringComparison.Ordinal));
        var later = PolicyKit.Document("zz.yaml", "jurisdiction: zz\nparent: eea\nin_force: 2027-01-01\nretention: [{clock: closed, period: P9Y, action: delete}]");

        var load = PolicySet.Parse([.. PolicySet.BuiltInPacks.Where(pack => pack.Name != "ca.yaml"), shortened, later], PolicyKit.Day);

        Assert.Empty(load.Faults);
        Assert.Contains(load.Notices, notice => notice.File == "ca-qc.yaml" && notice.Message.Contains("which 'ca' has", StringComparison.Ordinal));
        Assert.Contains(load.Notices, notice => notice.File == "zz.yaml" && notice.Message.Contains("P9Y", StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_LongTimeForAllThatReachesAProductsShortOne_IsANote()
    {
        PolicyDocument[] parent = [PolicyKit.Document("pp.yaml", "jurisdiction: pp\nretention: [{products: [BATTERY], clock: closed, period: P1Y, action: delete}]")];
        var child = PolicyKit.Document("zz.yaml", "jurisdiction: zz\nparent: pp\nretention: [{clock: closed, period: P2Y, action: delete}]");

        var load = PolicySet.Parse([.. PolicySet.BuiltInPacks, .. parent, child], PolicyKit.Day);

        Assert.Contains(load.Notices, notice => notice.File == "zz.yaml" && notice.Message.Contains("P1Y after closing, which 'pp' has", StringComparison.Ordinal));
    }

    [Fact]
    public void Jurisdictions_KnowTheirTextAndWhatTheyLetOthersLoosen()
    {
        Assert.All(Policies.Jurisdictions, law => Assert.Equal(PolicySet.BuiltInPacks.Single(pack => pack.Name == law.File).Yaml, law.Text));
        Assert.Equal([DataClass.Name, DataClass.Email], Assert.Single(PolicyKit.LoadWith("jurisdiction: zz\nmay_loosen: [name, email]").Policies!.Jurisdictions, law => law.Code == "zz").MayLoosen);
    }

    [Fact]
    public void Parse_ChildLooserThanItsParentPermits_IsAFaultAtItsRule()
    {
        var load = PolicyKit.LoadWith("jurisdiction: de\nparent: eea\ncountries: [DE]\nrules:\n  phone: {action: keep}\n");

        var fault = Assert.Single(load.Faults);
        Assert.Equal(5, fault.Line);
        Assert.Contains("'eea'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("phone: {action: drop, at: edge}", true)]
    [InlineData("phone: {action: drop, at: hub}", false)]
    [InlineData("phone: {action: generalize, at: hub, to: country_code}", false)]
    [InlineData("birth_date: {action: generalize, at: edge, to: age_band}", true)]
    [InlineData("birth_date: {action: generalize, at: edge, to: month}", false)]
    [InlineData("postcode: {action: generalize, at: edge, to: \"prefix:1\"}", true)]
    [InlineData("postcode: {action: generalize, at: edge, to: \"prefix:3\"}", false)]
    [InlineData("free_text: {action: detect, at: edge}", true)]
    [InlineData("free_text: {action: keep}", false)]
    public void Parse_ChildRule_MayOnlyTighten(string rule, bool allowed)
    {
        var load = PolicyKit.LoadWith($"jurisdiction: de\nparent: eea\ncountries: [DE]\nrules:\n  {rule}\n");

        Assert.Equal(allowed, load.Policies is not null);
    }

    [Theory]
    [InlineData("cn", "")]
    [InlineData("cn", "rules:\n  name: {action: drop, at: edge}")]
    [InlineData("eea", "")]
    public void Parse_DocumentBetweenThatGivesAwayWhatItWasNotGiven_PermitsNothing(string law, string between)
    {
        var load = PolicySet.Parse(
            [
                .. PolicySet.BuiltInPacks,
                PolicyKit.Document("hub.yaml", PolicyKit.HubYaml),
                PolicyKit.Document("one.yaml", $"jurisdiction: one\nparent: {law}\nmay_loosen: [name]\n{between}\n"),
                PolicyKit.Document("two.yaml", "jurisdiction: two\nparent: one\ncountries: [CN]\nrules:\n  name: {action: keep}\n"),
            ],
            PolicyKit.Day);

        var fault = Assert.Single(load.Faults, fault => fault.Message.Contains("looser", StringComparison.Ordinal));
        Assert.Equal($"Tighten it, or let '{law}' name the class in may_loosen.", fault.Cure);
    }

    [Fact]
    public void RulesFor_CountryOfAChild_TakesTheChildsRuleAndItsParentsOthers()
    {
        var policies = PolicyKit.LoadWith("jurisdiction: de\nparent: eea\ncountries: [DE]\nrules:\n  phone: {action: drop, at: edge}\n").Policies!;

        Assert.Equal((RedactionAction.Drop, "de"), Winner(policies.RulesFor("DE", "", ""), DataClass.Phone));
        Assert.Equal((RedactionAction.Generalize, "eea"), Winner(policies.RulesFor("DE", "", ""), DataClass.BirthDate));
        Assert.Equal((RedactionAction.Generalize, "eea"), Winner(policies.RulesFor("FR", "", ""), DataClass.Phone));
    }

    [Fact]
    public void RulesFor_SeveralJurisdictions_TheMostProtectiveWinsPerClass()
    {
        var rules = Policies.RulesFor("US", "DE", "JP");

        Assert.Equal(["us", "eea", "jp"], rules.Jurisdictions);
        Assert.Equal((RedactionAction.Pseudonymize, "eea"), Winner(rules, DataClass.CaseNumber));
        Assert.Equal((RedactionAction.Drop, "us"), Winner(rules, DataClass.Name));
        Assert.Equal(2, rules[DataClass.Postcode].Parameters!.Length);
        // Japan would drop it at the hub, Europe does so at the edge: at the edge.
        Assert.Equal(RedactionPlace.Edge, rules[DataClass.PostalAddress].Place);
        // Equal actions: the one at the edge wins.
        Assert.Equal((RedactionAction.Detect, "eea"), Winner(rules, DataClass.FileName));
    }

    [Fact]
    public void RulesFor_UnknownCountry_FallsBackToDefault()
    {
        var rules = Policies.RulesFor("AQ", "", "");

        Assert.Equal(["default"], rules.Jurisdictions);
        Assert.Equal(RedactionAction.Drop, rules[DataClass.Name].Action);
        Assert.Equal(RedactionPlace.Edge, rules[DataClass.FreeText].Place);
    }

    [Fact]
    public void RulesFor_NoCountryAtAll_FallsBackToDefault() =>
        Assert.Equal(["default"], Policies.RulesFor("", "", "").Jurisdictions);

    [Fact]
    public void RulesFor_SubdivisionWithoutOwnDocument_TakesItsCountrys() =>
        Assert.Equal(["us"], Policies.RulesFor("US-AK", "", "").Jurisdictions);

    [Fact]
    public void RulesFor_ClassOfANewerContract_Drops() =>
        Assert.Equal(RedactionAction.Drop, Policies.RulesFor("DE", "", "")[(DataClass)9999].Action);

    [Fact]
    public void RulesFor_NoTransferBasis_TreatsTheClassAtTheEdgeAndSaysSo()
    {
        var policies = PolicyKit.Load([.. PolicySet.BuiltInPacks, PolicyKit.Document("hub.yaml", "hub: {country: JP, entity: E}")]);

        var german = policies.RulesFor("DE", "", "");
        var japanese = policies.RulesFor("JP", "", "");

        Assert.Equal(RedactionPlace.Edge, german[DataClass.FreeText].Place);
        Assert.Equal((RedactionAction.Drop, RedactionPlace.Edge), (german[DataClass.Locality].Action, german[DataClass.Locality].Place));
        Assert.Contains(german.Notices, notice => notice is { DataClass: DataClass.FreeText, Country: "DE" });
        Assert.Empty(japanese.Notices);
        Assert.Equal(RedactionPlace.Hub, japanese[DataClass.FreeText].Place);
    }

    [Fact]
    public void RulesFor_ClassExceptedFromTheBasis_StaysAtTheEdge()
    {
        var policies = PolicyKit.Load(
            [.. PolicySet.BuiltInPacks, PolicyKit.Document("hub.yaml", PolicyKit.HubYaml.Replace("payment]", "payment, gender]", StringComparison.Ordinal))]);

        Assert.Equal(RedactionAction.Drop, policies.RulesFor("DE", "", "")[DataClass.Gender].Action);
        Assert.Equal(RedactionAction.Keep, Policies.RulesFor("DE", "", "")[DataClass.Gender].Action);
    }

    [Theory]
    [InlineData("US", "JP", "JP")]
    [InlineData("JP", "US", "JP")]
    [InlineData("JP", "DE", "US")]
    public void RulesFor_OneCountryWithoutBasis_TightensTheWholeCase(string customer, string centre, string collection)
    {
        var policies = PolicyKit.Load(
            [.. PolicySet.BuiltInPacks, PolicyKit.Document("hub.yaml", PolicyKit.HubYaml.Replace("[US]", "[CA]", StringComparison.Ordinal))]);

        var rules = policies.RulesFor(customer, centre, collection);

        Assert.Contains(rules.Notices, notice => notice.Country == "US");
        Assert.Equal(RedactionPlace.Edge, rules[DataClass.FreeText].Place);
    }

    [Fact]
    public void Parse_HubRuleWithoutTransferBasis_IsANotice()
    {
        var load = PolicyKit.LoadWith("jurisdiction: bo\ncountries: [BO]\nrules:\n  name: {action: drop, at: hub}\n  gender: {action: keep}\n");

        var notice = Assert.Single(load.Notices);
        Assert.Equal("test.yaml", notice.File);
        Assert.Contains("BO", notice.Message, StringComparison.Ordinal);
        Assert.Contains("gender", notice.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithFloor_LooserBundle_TheFloorWins()
    {
        var load = Policies.WithFloor(PolicyKit.Document("floor.yaml", "jurisdiction: works-council\nrules:\n  locality: {action: drop, at: edge}\n"));

        var rules = load.Policies!.RulesFor("DE", "DE", "DE");
        Assert.Equal((RedactionAction.Drop, "works-council"), Winner(rules, DataClass.Locality));
        Assert.Equal((RedactionAction.Keep, "eea"), Winner(rules, DataClass.Gender));
        Assert.NotEqual(Policies.EdgeDigest.ToArray(), load.Policies.EdgeDigest.ToArray());
    }

    [Fact]
    public void WithFloor_LooserFloor_ChangesNothing()
    {
        var load = Policies.WithFloor(PolicyKit.Document("floor.yaml", "jurisdiction: works-council\nrules:\n  name: {action: keep}\n"));

        Assert.Equal((RedactionAction.Drop, "eea"), Winner(load.Policies!.RulesFor("DE", "DE", "DE"), DataClass.Name));
    }

    [Theory]
    [InlineData("countries: [DE]")]
    [InlineData("parent: eea")]
    [InlineData("retention: [{clock: closed, period: P1Y, action: delete}]")]
    public void WithFloor_WithWhatBelongsToALaw_IsAFault(string more) =>
        Assert.Contains("without countries, parent and retention", Assert.Single(Policies.WithFloor(PolicyKit.Document("floor.yaml", $"jurisdiction: f\n{more}\n")).Faults).Message, StringComparison.Ordinal);

    [Fact]
    public void WithFloor_RuleAtTheHub_IsAFaultSinceTheHubDoesNotKnowIt()
    {
        var load = Policies.WithFloor(PolicyKit.Document("floor.yaml", "jurisdiction: f\nrules:\n  name: {action: drop, at: hub}\n"));

        Assert.Equal(3, Assert.Single(load.Faults).Line);
    }

    [Fact]
    public void EdgeDigest_ChangesWithTheEdgesWorkOnly()
    {
        var digest = Digest("name: {action: drop, at: edge}\nlocality: {action: keep}");

        Assert.Equal(digest, Digest("name: {action: drop, at: edge, article: \"Art. 1\"}\nlocality: {action: keep}"));
        Assert.NotEqual(digest, Digest("name: {action: mask, at: edge}\nlocality: {action: keep}"));
        Assert.NotEqual(digest, Digest("name: {action: drop, at: edge}\nlocality: {action: drop, at: edge}"));
    }

    [Fact]
    public void Version_OfABundle_IsTheBundles()
    {
        var bundle = new PolicyBundle { Version = 42, Documents = { PolicySet.BuiltInPacks } };

        Assert.Equal("42", PolicySet.Parse(bundle, PolicyKit.Day).Policies!.Version);
        Assert.Equal(12, Policies.Version.Length);
    }

    private static string Digest(string rules) => Convert.ToHexString(PolicyKit.OneCountry(rules).EdgeDigest.Span);

    private static (RedactionAction Action, string Jurisdiction) Winner(CompiledRules rules, DataClass dataClass) =>
        (rules[dataClass].Action, rules[dataClass].Jurisdiction);
}
