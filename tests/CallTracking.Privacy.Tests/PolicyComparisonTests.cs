using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Privacy.Tests;

public sealed class PolicyComparisonTests
{
    [Fact]
    public void Between_DayOnWhichChileTurnsOn_SaysWhatChangesThereAndNowhereElse()
    {
        var changes = PolicyComparison.Between(PolicyKit.Policies.On(new DateOnly(2026, 11, 30)), PolicyKit.Policies.On(new DateOnly(2026, 12, 1)));

        var chile = Assert.Single(changes);
        Assert.Equal(("default", "cl"), (chile.Before, chile.After));
        Assert.Equal(["CL"], chile.Countries);
        var postcode = chile.Rules.Single(rule => rule.DataClass == DataClass.Postcode);
        Assert.Equal("generalize to prefix:2 instead of drop", postcode.Words);
        Assert.True(postcode is { Loosens: true, Tightens: false, Loses: false });
    }

    [Theory]
    [InlineData("{action: drop, at: edge}", "{action: keep}", false, true, false)]
    [InlineData("{action: keep}", "{action: drop, at: hub}", true, false, true)]
    [InlineData("{action: generalize, at: edge, to: \"prefix:3\"}", "{action: generalize, at: edge, to: \"prefix:2\"}", true, false, false)]
    [InlineData("{action: mask, at: hub}", "{action: mask, at: edge}", false, false, false)]
    [InlineData("{action: mask, at: edge}", "{action: mask, at: hub}", false, true, false)]
    public void Between_TwoRules_SaysWhichWayItGoes(string before, string after, bool tightens, bool loosens, bool loses)
    {
        var change = Assert.Single(PolicyComparison.Between(
            PolicyKit.OneCountry($"postcode: {before}").RulesFor("ZZ", "", ""), PolicyKit.OneCountry($"postcode: {after}").RulesFor("ZZ", "", "")));

        Assert.Equal((tightens, loosens, loses), (change.Tightens, change.Loosens, change.Loses));
    }

    [Fact]
    public void Between_RetentionOnly_SaysSo()
    {
        var yaml = PolicySet.BuiltInPacks.Single(pack => pack.Name == "eea.yaml").Yaml.Replace("P3Y", "P1Y", StringComparison.Ordinal);
        var after = PolicyKit.Load([.. PolicySet.BuiltInPacks.Where(pack => pack.Name != "eea.yaml"), PolicyKit.Document("eea.yaml", yaml), PolicyKit.Document("hub.yaml", PolicyKit.HubYaml)]);

        var change = Assert.Single(PolicyComparison.Between(PolicyKit.Policies, after));

        Assert.Empty(change.Rules);
        Assert.Equal(["closed cases: delete P1Y after closed instead of delete P3Y after closed"], change.Retention);
        Assert.Equal(30, change.Countries.Count);
    }

    [Fact]
    public void ClassPresence_OfACase_CountsItOnceForEachClassThatItHolds()
    {
        var presence = new ClassPresence();
        presence.Take(PolicyKit.German());
        presence.Take(new Case());

        Assert.Equal((1, 1, 0), (presence.Of(DataClass.Name), presence.Of(DataClass.FreeText), presence.Of(DataClass.Vehicle)));
    }
}
