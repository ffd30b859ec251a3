using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Privacy.Tests;

/// <summary>Rules for certain purposes of processing: what is stored has one form, so the strictest of headquarters' purposes decides.</summary>
public sealed class PurposeTests
{
    private const string ForSafety = "serial_number: [{action: keep, for: [safety]}, {action: drop, at: edge}]";
    private const string NotForMarketing = "serial_number: [{action: keep}, {action: drop, at: edge, for: [marketing]}]";

    [Theory]
    [InlineData(ForSafety, "safety", RedactionAction.Keep)]
    [InlineData(ForSafety, "safety, marketing", RedactionAction.Drop)]
    [InlineData(ForSafety, "marketing", RedactionAction.Drop)]
    [InlineData(ForSafety, "unheard-of", RedactionAction.Drop)]
    [InlineData(ForSafety, "", RedactionAction.Drop)]
    [InlineData(NotForMarketing, "safety", RedactionAction.Keep)]
    [InlineData(NotForMarketing, "safety, marketing", RedactionAction.Drop)]
    [InlineData(NotForMarketing, "", RedactionAction.Drop)]
    [InlineData("serial_number: [{action: keep, for: [safety, warranty]}]", "safety, warranty", RedactionAction.Keep)]
    [InlineData("serial_number: [{action: keep, for: [safety]}, {action: mask, at: edge, for: [warranty]}]", "safety, warranty", RedactionAction.Mask)]
    [InlineData("gender: {action: drop, at: edge}\n  serial_number: [{action: keep, for: [safety]}]", "", RedactionAction.Generalize)]
    public void RulesFor_RuleForAPurpose_HoldsAsFarAsAllPurposesOfHeadquartersAllow(string rules, string purposes, RedactionAction expected) =>
        Assert.Equal(expected, Serial(Load(rules, purposes)).Action);

    [Fact]
    public void RulesFor_RuleForPurposeAndProduct_BeatsBoth()
    {
        const string Rules = """
            serial_number:
              - {action: keep, products: [battery], for: [safety]}
              - {action: mask, at: edge, products: [battery]}
              - {action: drop, at: edge}
            """;
        var policies = Load(Rules, "safety");

        Assert.Equal(RedactionAction.Keep, policies.RulesFor("ZZ", "", "", "battery")[DataClass.SerialNumber].Action);
        Assert.Equal(RedactionAction.Drop, policies.RulesFor("ZZ", "", "", "display")[DataClass.SerialNumber].Action);
        Assert.Equal(RedactionAction.Mask, Load(Rules, "warranty").RulesFor("ZZ", "", "", "battery")[DataClass.SerialNumber].Action);
    }

    [Fact]
    public void RulesFor_OnePurposeThatHidesAtTheEdge_BringsTheOtherThere()
    {
        var rule = Serial(Load("serial_number: [{action: mask, at: hub, for: [safety]}, {action: generalize, at: edge, to: lot, for: [warranty]}]", "safety, warranty"));

        Assert.Equal((RedactionAction.Mask, RedactionPlace.Edge), (rule.Action, rule.Place));
    }

    [Theory]
    [InlineData("serial_number: [{action: keep, for: []}]", "no purpose")]
    [InlineData("serial_number: [{action: keep, for: safety}]", "Expected a list")]
    [InlineData("serial_number: [{action: keep, for: [savety]}]", "'savety' is not declared")]
    [InlineData("serial_number: [{action: keep, for: [safety]}, {action: mask, at: edge, for: [warranty, safety]}]", "hold at once")]
    [InlineData("serial_number: [{action: keep, for: [safety]}, {action: mask, at: edge, products: [battery]}]", "hold at once")]
    public void Parse_WrongPurpose_SaysWhatIsWrong(string rules, string expected) =>
        Assert.Contains(expected, Assert.Single(Read(rules, "safety").Faults).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("", "serial_number: {action: keep, for: [safety]}", true)]
    [InlineData("may_loosen: [serial_number]\n", "serial_number: {action: keep, for: [safety]}", false)]
    [InlineData("", "serial_number: {action: keep}", true)]
    [InlineData("", "serial_number: {action: mask, at: edge}", true)]
    [InlineData("", "serial_number: {action: mask, at: edge, for: [safety]}", false)]
    [InlineData("", "serial_number: {action: mask, at: edge, for: [warranty]}", true)]
    [InlineData("", "serial_number: {action: drop, at: edge}", false)]
    public void Parse_ChildThatLoosensForAPurpose_IsAFaultUnlessPermitted(string permission, string child, bool isFault)
    {
        var parent = $"jurisdiction: zz\npurposes: [safety, warranty]\n{permission}rules:\n  serial_number: [{{action: generalize, at: edge, to: lot, for: [safety]}}, {{action: drop, at: edge}}]\n";
        var load = PolicySet.Parse(
            [Default, Hub("unheard-of"), PolicyKit.Document("zz.yaml", parent), PolicyKit.Document("zy.yaml", $"jurisdiction: zy\nparent: zz\ncountries: [ZZ]\nrules:\n  {child}\n")],
            PolicyKit.Day);

        Assert.Equal(isFault, load.Faults.Any(fault => fault.Message.Contains("looser", StringComparison.Ordinal)));
    }

    [Fact]
    public void Parse_ChildForAllPurposesLooserThanTheParentForOne_IsAFault()
    {
        var parent = PolicyKit.Document("zz.yaml", "jurisdiction: zz\npurposes: [marketing]\nrules:\n  serial_number: [{action: drop, at: edge, for: [marketing]}, {action: mask, at: edge}]\n");
        var child = PolicyKit.Document("zy.yaml", "jurisdiction: zy\nparent: zz\ncountries: [ZZ]\nrules:\n  serial_number: {action: mask, at: edge}\n");

        Assert.Contains("looser", Assert.Single(PolicySet.Parse([Default, Hub("service"), parent, child], PolicyKit.Day).Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EdgeDigest_PurposesOfHeadquarters_CountWhereARuleHangsOnThem()
    {
        Assert.NotEqual(Edge(ForSafety, "safety"), Edge(ForSafety, "safety, marketing"));
        Assert.Equal(Edge(ForSafety, "warranty"), Edge(ForSafety, "safety, marketing"));
        Assert.Equal(Edge("serial_number: {action: drop, at: edge}", ""), Edge("serial_number: {action: drop, at: edge}", "safety"));
        Assert.Equal(Load(ForSafety, "warranty").EdgeDigest.ToArray(), Load(ForSafety, "marketing").EdgeDigest.ToArray());
        Assert.NotEqual(Load(ForSafety, "safety").EdgeDigest.ToArray(), Load(ForSafety, "marketing").EdgeDigest.ToArray());
    }

    [Fact]
    public void Between_MorePurposesOfHeadquarters_IsATightening()
    {
        var change = Assert.Single(PolicyComparison.Between(Load(ForSafety, "safety").RulesFor("ZZ", "", ""), Load(ForSafety, "safety, marketing").RulesFor("ZZ", "", "")));

        Assert.True(change is { Tightens: true, Loses: true, Loosens: false });
        Assert.Equal("drop instead of keep (for safety)", change.Words);
        Assert.Empty(PolicyComparison.Between(Load(ForSafety, "safety"), Load("serial_number: {action: keep}", "")));
    }

    [Theory]
    [InlineData("safety", "safety")]
    [InlineData("safety, marketing", "")]
    [InlineData("", "")]
    public void Source_RuleForAPurpose_IsTheOneThatHolds(string purposes, string expected)
    {
        var policies = Load("serial_number: [{action: keep, for: [safety], article: one}, {action: drop, at: edge, article: other}]", purposes);
        var rule = policies.Source("zz", DataClass.SerialNumber, "").Rule!;

        Assert.Equal(expected, string.Join(' ', rule.Purposes));
        Assert.Equal(Serial(policies).Action, rule.Rule.Action);
        Assert.Equal(expected.Length > 0 ? "keep (for safety)" : "drop at the edge", RuleWords.WithPlace(Serial(policies)));
    }

    [Fact]
    public void Parse_RuleThatGivesWay_IsNoticedWithItsLine()
    {
        var notice = Assert.Single(Read(ForSafety, "safety, marketing").Notices);

        Assert.Equal(("zz.yaml", 5), (notice.File, notice.Line));
        Assert.Contains("gives way to 'drop at the edge': headquarters processes cases for marketing, safety", notice.Message, StringComparison.Ordinal);
        Assert.Empty(Read(ForSafety, "safety").Notices);
        Assert.Contains("any purpose", Assert.Single(Read(ForSafety, "").Notices).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_RuleForAPurposeAndAProductThatGivesWay_IsNoticed() => Assert.Contains(
        "gives way to 'drop at the edge'",
        Assert.Single(Read("serial_number: [{action: keep, for: [safety], products: [battery]}, {action: drop, at: edge}]", "safety, marketing").Notices).Message,
        StringComparison.Ordinal);

    [Fact]
    public void ParseSigned_NewerWordsOfAParent_HoldTheCasesOfItsChildren()
    {
        var child = PolicyKit.Document("zy.yaml", "jurisdiction: zy\nparent: zz\ncountries: [XY]\n");
        var bundle = new PolicyBundle { Version = 1, Documents = { Default, Hub("safety"), Country("serial_number: {action: blur, at: edge}"), child } };
        var rules = PolicySet.ParseSigned(bundle, PolicyKit.Day).Policies!.RulesFor("XY", "", "");

        Assert.True(rules.MustWait(new Case { Product = new Product { Serial = PolicyKit.Clear("SN-1") } }));
    }

    [Theory]
    [InlineData("safety", RedactionAction.Keep)]
    [InlineData("safety, marketing", RedactionAction.Mask)]
    [InlineData("", RedactionAction.Mask)]
    public void WithFloor_RuleForAPurpose_TightensWhereHeadquartersHasIt(string purposes, RedactionAction expected)
    {
        var floor = PolicyKit.Document("floor.yaml", "jurisdiction: our-floor\npurposes: [marketing]\nrules:\n  serial_number: {action: mask, at: edge, for: [marketing]}\n");
        var policies = Load("serial_number: {action: keep}", purposes).WithFloor(floor).Policies!;

        Assert.Equal(expected, Serial(policies).Action);
        Assert.Equal(expected == RedactionAction.Mask ? "marketing" : null, policies.Source("our-floor", DataClass.SerialNumber, "").Rule is { } rule && expected == rule.Rule.Action ? rule.Rule.For : null);
    }

    [Fact]
    public void WithFloor_PurposeThatItDoesNotDeclare_IsAFault()
    {
        var floor = PolicyKit.Document("floor.yaml", "jurisdiction: our-floor\nrules:\n  serial_number: {action: mask, at: edge, for: [marketing]}\n");

        Assert.Contains("not declared", Assert.Single(Load(ForSafety, "safety").WithFloor(floor).Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RulesFor_PermissionForAPurposeOverTheBorder_StillNeedsATransferBasis()
    {
        var load = PolicySet.Parse([Default, PolicyKit.Document("hub.yaml", "hub: {country: JP, entity: Example, purposes: [safety]}"), Country(ForSafety)], PolicyKit.Day);

        Assert.Equal((RedactionAction.Drop, null), (Serial(load.Policies!).Action, Serial(load.Policies!).For));
    }

    [Fact]
    public void ParseSigned_ConditionInNewerWords_HoldsTheCasesWithTheClassAndDropsItInOthers()
    {
        foreach (var condition in new[] { "for: {any: [safety]}", "for_whom: [safety]" })
        {
            var bundle = new PolicyBundle { Version = 1, Documents = { Default, Hub("safety"), Country($"serial_number: {{action: keep, {condition}}}\n  gender: {{action: keep, for: [safety]}}") } };
            var rules = PolicySet.ParseSigned(bundle, PolicyKit.Day).Policies!.RulesFor("ZZ", "", "");

            Assert.True(rules.MustWait(new Case { Product = new Product { Serial = PolicyKit.Clear("SN-1") } }));
            Assert.False(rules.MustWait(new Case { Customer = new Customer { Gender = PolicyKit.Clear("f") } }));
            Assert.Equal((RedactionAction.Drop, RedactionAction.Keep), (rules[DataClass.SerialNumber].Action, rules[DataClass.Gender].Action));
        }
    }

    private static PolicyDocument Default => PolicySet.BuiltInPacks.Single(pack => pack.Name == "default.yaml");

    private static ClassRule Serial(PolicySet policies) => policies.RulesFor("ZZ", "", "")[DataClass.SerialNumber];

    private static byte[] Edge(string rules, string purposes) => Load(rules, purposes).RulesFor("ZZ", "", "").EdgeDigest.ToArray();

    private static PolicySet Load(string rules, string purposes)
    {
        var load = Read(rules, purposes);
        Assert.Empty(load.Faults);
        return load.Policies!;
    }

    private static PolicyLoad Read(string rules, string purposes) => PolicySet.Parse([Default, Hub(purposes), Country(rules)], PolicyKit.Day);

    private static PolicyDocument Country(string rules) => PolicyKit.Document(
        "zz.yaml", $"jurisdiction: zz\ncountries: [ZZ]\npurposes: [safety, warranty, marketing]\nrules:\n  {rules.Replace("\n  -", "\n    -", StringComparison.Ordinal)}\n");

    private static PolicyDocument Hub(string purposes) => PolicyKit.Document(
        "hub.yaml", purposes.Length > 0 ? $"hub: {{country: ZZ, entity: Example, purposes: [{purposes}]}}" : "hub: {country: ZZ, entity: Example}");
}
