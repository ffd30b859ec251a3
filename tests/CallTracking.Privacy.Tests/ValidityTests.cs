using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Privacy.Tests;

/// <summary>Rules that hold for some days or products only, and what permits staff, the sensitive and the young.</summary>
public sealed class ValidityTests
{
    private const string Two = """
        serial_number:
          - {action: keep, products: [battery]}
          - {action: drop, at: edge}
        """;

    [Fact]
    public void RulesFor_RuleOfAProduct_BeatsTheOneForAll()
    {
        var policies = PolicyKit.OneCountry(Two);

        Assert.Equal(RedactionAction.Keep, policies.RulesFor("ZZ", "", "", "battery")[DataClass.SerialNumber].Action);
        Assert.Equal(RedactionAction.Keep, policies.RulesFor("ZZ", "", "", "BATTERY")[DataClass.SerialNumber].Action);
        Assert.Equal(RedactionAction.Drop, policies.RulesFor("ZZ", "", "", "display")[DataClass.SerialNumber].Action);
        Assert.Equal(RedactionAction.Drop, policies.RulesFor("ZZ", "", "")[DataClass.SerialNumber].Action);
        Assert.Equal(RedactionAction.Keep, policies.RulesFor(new Case { CustomerCountry = "ZZ", Product = new Product { Category = "battery" } })[DataClass.SerialNumber].Action);
    }

    [Fact]
    public void EdgeDigest_RuleOfAProduct_Counts() =>
        Assert.NotEqual(
            PolicyKit.OneCountry(Two).EdgeDigest.ToArray(),
            PolicyKit.OneCountry(Two.Replace("battery", "display", StringComparison.Ordinal)).EdgeDigest.ToArray());

    [Fact]
    public void RulesFor_RuleWithDays_HoldsOnTheseOnly()
    {
        var policies = PolicyKit.OneCountry("""
            gender:
              - {action: keep, from: 2026-12-01, until: 2027-01-01}
            """);

        Assert.Equal(new DateOnly(2026, 12, 1), policies.NextChange);
        Assert.Equal(RedactionAction.Drop, policies.RulesFor("ZZ", "", "")[DataClass.Gender].Action);
        Assert.Equal(RedactionAction.Keep, policies.On(new DateOnly(2026, 12, 1)).RulesFor("ZZ", "", "")[DataClass.Gender].Action);
        Assert.Equal(RedactionAction.Keep, policies.On(new DateOnly(2026, 12, 31)).RulesFor("ZZ", "", "")[DataClass.Gender].Action);
        Assert.Equal(RedactionAction.Drop, policies.On(new DateOnly(2027, 1, 1)).RulesFor("ZZ", "", "")[DataClass.Gender].Action);
        Assert.Null(policies.On(new DateOnly(2027, 1, 1)).NextChange);
    }

    [Fact]
    public void On_DayWithoutChange_IsTheSameObject() =>
        Assert.Same(PolicyKit.Policies, PolicyKit.Policies.On(PolicyKit.Day.AddDays(1)));

    [Fact]
    public void Parse_RuleThatLoosensNextYear_IsAFaultToday()
    {
        var load = PolicyKit.LoadWith("jurisdiction: de\nparent: eea\ncountries: [DE]\nrules:\n  phone: {action: keep, from: 2027-06-01}\n");

        Assert.Equal(5, Assert.Single(load.Faults).Line);
    }

    [Theory]
    [InlineData("{action: keep, until: 2026-12-01}", "{action: drop, at: edge, from: 2026-12-01}")]
    [InlineData("{action: drop, at: edge, from: 2026-12-01}", "{action: keep, until: 2026-12-01}")]
    public void Parse_RuleThatBeginsOnTheDayOnWhichAnotherEnds_IsNoFault(string first, string second)
    {
        var policies = PolicyKit.OneCountry($"gender: [{first}, {second}]");

        Assert.Equal(RedactionAction.Keep, policies.RulesFor("ZZ", "", "")[DataClass.Gender].Action);
        Assert.Equal(RedactionAction.Drop, policies.On(new DateOnly(2026, 12, 1)).RulesFor("ZZ", "", "")[DataClass.Gender].Action);
    }

    [Fact]
    public void On_LawAndItsParentNotYetInForce_ItsChildGoesToTheNearestThatIs()
    {
        var policies = PolicyKit.Load(
        [
            .. PolicySet.BuiltInPacks,
            PolicyKit.Document("a.yaml", "jurisdiction: a\nrules:\n  gender: {action: mask, at: edge}\n"),
            PolicyKit.Document("b.yaml", "jurisdiction: b\nparent: a\nin_force: 2027-02-01\nrules:\n  gender: {action: drop, at: edge}\n"),
            PolicyKit.Document("c.yaml", "jurisdiction: c\nparent: b\nin_force: 2027-01-01\nrules:\n  gender: {action: drop, at: edge}\n"),
            PolicyKit.Document("d.yaml", "jurisdiction: d\nparent: c\ncountries: [ZZ]\n"),
        ]);

        Assert.Equal("a", policies.RulesFor("ZZ", "", "")[DataClass.Gender].Jurisdiction);
        Assert.Equal("c", policies.On(new DateOnly(2027, 1, 1)).RulesFor("ZZ", "", "")[DataClass.Gender].Jurisdiction);
    }

    [Fact]
    public void On_LawNotYetInForce_ItsChildGoesToItsParent()
    {
        var policies = PolicyKit.LoadWith("""
            jurisdiction: in-own
            parent: in
            countries: [IN]
            rules:
              gender: {action: drop, at: edge}
            """).Policies!;

        Assert.Equal(["in-own"], policies.RulesFor("IN", "", "").Jurisdictions);
        Assert.Equal("default", policies.RulesFor("IN", "", "")[DataClass.Email].Jurisdiction);
        Assert.Equal("in", policies.On(new DateOnly(2027, 5, 13)).RulesFor("IN", "", "")[DataClass.Email].Jurisdiction);
    }

    [Fact]
    public void On_FloorWithDays_HoldsOnTheseOnly()
    {
        var floor = PolicyKit.Document("floor.yaml", "jurisdiction: our-floor\nuntil: 2027-01-01\nrules:\n  gender: {action: drop, at: edge, from: 2026-12-01}\n");
        var policies = PolicyKit.OneCountry("gender: {action: keep}").WithFloor(floor).Policies!;

        Assert.Equal(new DateOnly(2026, 12, 1), policies.NextChange);
        Assert.Equal(
            [RedactionAction.Keep, RedactionAction.Drop, RedactionAction.Drop, RedactionAction.Keep],
            new[] { (2026, 11, 30), (2026, 12, 1), (2026, 12, 31), (2027, 1, 1) }.Select(day =>
                policies.On(new DateOnly(day.Item1, day.Item2, day.Item3)).RulesFor("ZZ", "", "")[DataClass.Gender].Action));
    }

    [Fact]
    public void On_LawThatEnded_FallsBackToItsParent()
    {
        var policies = PolicyKit.LoadWith("jurisdiction: bo\ncountries: [BO]\nuntil: 2027-01-01\nrules:\n  phone: {action: drop, at: edge}\n").Policies!;

        Assert.Equal(["bo"], policies.RulesFor("BO", "", "").Jurisdictions);
        Assert.Equal(["default"], policies.On(new DateOnly(2027, 1, 1)).RulesFor("BO", "", "").Jurisdictions);
    }

    [Fact]
    public void On_TransferBasisThatEnds_BringsTheClassToTheEdge()
    {
        var hub = PolicyKit.HubYaml.Replace("since: 2019-01-23", "since: 2019-01-23\n    until: 2027-12-27", StringComparison.Ordinal);
        var policies = PolicyKit.Load([.. PolicySet.BuiltInPacks, PolicyKit.Document("hub.yaml", hub)]);

        Assert.Equal(RedactionPlace.Hub, policies.RulesFor("DE", "", "")[DataClass.FreeText].Place);
        Assert.Equal(RedactionPlace.Edge, policies.On(new DateOnly(2027, 12, 27)).RulesFor("DE", "", "")[DataClass.FreeText].Place);
        Assert.Equal(RedactionPlace.Edge, policies.On(new DateOnly(2018, 1, 1)).RulesFor("DE", "", "")[DataClass.FreeText].Place);
    }

    [Theory]
    [InlineData("rules:\n  gender: [{action: keep}, {action: drop, at: edge}]", "hold at once")]
    [InlineData("rules:\n  gender: [{action: keep, products: [a, b]}, {action: drop, at: edge, products: [b]}]", "hold at once")]
    [InlineData("rules:\n  gender: [{action: keep, products: [a, B]}, {action: drop, at: edge, products: [b]}]", "hold at once")]
    [InlineData("rules:\n  gender, name: {action: drop, at: edge}\n  gender: {action: keep}", "hold at once")]
    [InlineData("rules:\n  gender: {action: keep, from: 2027-01-01, until: 2026-01-01}", "ends before it begins")]
    [InlineData("in_force: 2027-01-01\nuntil: 2026-01-01", "ends before it begins")]
    [InlineData("rules:\n  employee: {action: mask, at: edge}", "what permits it")]
    [InlineData("rules:\n  child: {action: mask, at: edge}", "what permits it")]
    [InlineData("rules:\n  employee: {action: mask, at: edge, agreement: ~}", "what permits it")]
    [InlineData("rules:\n  employee: {action: mask, at: edge, agreement: null}", "what permits it")]
    [InlineData("rules:\n  employee: {action: mask, at: edge, agreement: \"   \"}", "what permits it")]
    [InlineData("rules:\n  child: {action: mask, at: edge, ground: \"\\u200b\"}", "what permits it")]
    [InlineData("rules:\n  special_category: {action: mask, at: edge, ground: \"-\"}", "what permits it")]
    [InlineData("rules:\n  special_category: {action: mask, at: edge}", "what permits it")]
    [InlineData("rules:\n  name: {action: mask, at: edge, agreement: \"works agreement\"}", "does not belong to name")]
    [InlineData("localisation: {note: at home}", "without kind")]
    [InlineData("localisation: {kind: mostly}", "Unknown word")]
    [InlineData("deadlines: [{kind: erasure}]", "without kind or within")]
    [InlineData("deadlines: [{kind: erasure, within: soon}]", "not a deadline")]
    [InlineData("deadlines: [{kind: erasure, within: 0 days}]", "not a deadline")]
    [InlineData("deadlines: [{kind: erasure, within: 5 days, clock_stop: [lunch]}]", "does not stop a clock")]
    public void Parse_WrongCondition_SaysWhatIsWrong(string yaml, string expected)
    {
        var load = PolicyKit.LoadWith($"jurisdiction: zz\ncountries: [ZZ]\n{yaml}\n");

        Assert.Contains(load.Faults, fault => fault.Message.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_EmployeeRuleUnderAnAgreement_Holds()
    {
        var policies = PolicyKit.OneCountry("employee: {action: pseudonymize, at: edge, purpose: other-link, agreement: \"works agreement 2024-05\"}");

        Assert.Equal(RedactionAction.Pseudonymize, policies.RulesFor("ZZ", "", "")[DataClass.Employee].Action);
        Assert.Equal("works agreement 2024-05", policies.Jurisdictions.Single(j => j.Code == "zz").Rules.Single().Ground);
    }

    [Fact]
    public void Source_InheritedRule_NamesTheDocumentThatSaysIt()
    {
        var (law, rule) = PolicyKit.Policies.Source("ca-qc", DataClass.Phone, "");

        Assert.Equal(("ca", "Sch. 1 cl. 4.4"), (law.Code, rule!.Article));
    }
}
