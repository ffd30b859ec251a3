using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Privacy.Tests;

public sealed class ResidencyTests
{
    private const string Stay = "jurisdiction: bo\ncountries: [BO]\nresidency: {records: stay, aggregates: leave, k: 10}\n";

    [Fact]
    public void RulesFor_CountryWhoseRecordsStay_SaysSoForEveryCaseThatTouchesIt()
    {
        var policies = PolicyKit.LoadWith(Stay).Policies!;

        Assert.Equal(10, policies.RulesFor("BO", "", "").Residency!.Least);
        Assert.Equal(10, policies.RulesFor("DE", "BO", "DE").Residency!.Least);
        Assert.Null(policies.RulesFor("DE", "DE", "DE").Residency);
    }

    [Fact]
    public void RulesFor_ChildOfACountryWhoseRecordsStay_MayOnlyRaiseTheThreshold()
    {
        var eea = PolicySet.BuiltInPacks.Single(pack => pack.Name == "eea.yaml").Yaml + "residency: {records: stay, aggregates: leave, k: 10}\n";
        var policies = PolicyKit.Load(
        [
            .. PolicySet.BuiltInPacks.Where(pack => pack.Name != "eea.yaml"),
            PolicyKit.Document("eea.yaml", eea),
            PolicyKit.Document("de.yaml", "jurisdiction: de\nparent: eea\ncountries: [DE]\nresidency: {records: stay, aggregates: leave, k: 5}\n"),
            PolicyKit.Document("fr.yaml", "jurisdiction: fr\nparent: eea\ncountries: [FR]\nresidency: {records: stay, aggregates: leave, k: 50}\n"),
        ]);

        Assert.Equal((10, 50, 10), (policies.RulesFor("DE", "", "").Residency!.Least, policies.RulesFor("FR", "", "").Residency!.Least, policies.RulesFor("IT", "", "").Residency!.Least));
    }

    [Fact]
    public void EdgeDigest_RecordsThatStay_Count()
    {
        var before = PolicyKit.LoadWith("jurisdiction: bo\ncountries: [BO]\n").Policies!;
        var after = PolicyKit.LoadWith(Stay).Policies!;

        Assert.NotEqual(before.EdgeDigest.ToArray(), after.EdgeDigest.ToArray());
        Assert.NotEqual(before.RulesFor("BO", "", "").EdgeDigest.ToArray(), after.RulesFor("BO", "", "").EdgeDigest.ToArray());
        Assert.Equal(before.RulesFor("DE", "", "").EdgeDigest.ToArray(), after.RulesFor("DE", "", "").EdgeDigest.ToArray());
    }

    [Fact]
    public void Redact_AtTheHub_CaseThatHasToStay_IsNotTaken() =>
        Assert.IsType<HubVerdict.Resident>(new HubRedactor(PolicyKit.LoadWith(Stay).Policies!).Redact(new Case { CustomerCountry = "BO" }));

    [Fact]
    public void WithFloor_RecordsThatStay_StayWhateverTheBundleSays()
    {
        var floor = PolicyKit.Document("floor.yaml", "jurisdiction: works-council\nresidency: {records: stay, aggregates: leave, k: 20}\n");

        Assert.Equal(20, PolicyKit.Policies.WithFloor(floor).Policies!.RulesFor("DE", "DE", "DE").Residency!.Least);
    }

    [Theory]
    [InlineData("{records: stay, aggregates: leave, k: 4}")]
    [InlineData("{records: stay, aggregates: leave}")]
    [InlineData("{records: leave, aggregates: leave, k: 10}")]
    [InlineData("yes")]
    public void Parse_ResidencyThatIsNone_IsAFault(string residency) =>
        Assert.NotEmpty(PolicyKit.LoadWith($"jurisdiction: bo\ncountries: [BO]\nresidency: {residency}\n").Faults);
}
