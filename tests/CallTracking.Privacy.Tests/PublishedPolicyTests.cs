using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Privacy.Tests;

/// <summary>What a version of the program before this one let through stays readable, and is said.</summary>
public sealed class PublishedPolicyTests
{
    [Fact]
    public void Parse_PublishedThatLeavesALaw_HoldsAndSaysSo()
    {
        var bundle = new PolicyBundle { Version = 1 };
        bundle.Documents.AddRange([.. PolicySet.BuiltInPacks, PolicyKit.Document("hub.yaml", PolicyKit.HubYaml), PolicyKit.Document("zz.yaml", "jurisdiction: zz\nparent: eea\ncountries: [RU]")]);

        Assert.All([PolicySet.Parse(bundle, PolicyKit.Day), PolicySet.ParseSigned(bundle, PolicyKit.Day)], load =>
        {
            Assert.Equal("zz", Assert.IsType<PolicySet>(load.Policies).For("RU").Code);
            Assert.Contains("RU is claimed by ru and zz", Assert.Single(load.Strays).Message, StringComparison.Ordinal);
        });
        Assert.NotNull(PolicySet.Parse([PolicyKit.Document("own.yaml", "jurisdiction: own\nparent: eea\ncountries: [FR]")], bundle.Documents, PolicyKit.Day).Policies);
    }

    [Fact]
    public void Parse_PublishedWithWhatOnlyLooksLikeACountry_HoldsAndSaysSo()
    {
        var bundle = new PolicyBundle { Version = 1 };
        bundle.Documents.AddRange(
        [
            .. PolicySet.BuiltInPacks,
            PolicyKit.Document("hub.yaml", "hub: {country: JP, entity: Example}\ntransfers:\n  - {from: [EU], to: JP, basis: adequacy, reference: 2019/419, since: 2019-01-23}"),
            PolicyKit.Document("zz.yaml", "jurisdiction: zz\ncountries: [UK]"),
        ]);

        Assert.All([PolicySet.Parse(bundle, PolicyKit.Day), PolicySet.ParseSigned(bundle, PolicyKit.Day)], load =>
        {
            Assert.Equal("zz", Assert.IsType<PolicySet>(load.Policies).For("UK").Code);
            Assert.Empty(load.Policies!.Foreign);
            Assert.Equal(["'EU' is not a country code.", "'UK' is not a country code."], load.Strays.Select(stray => stray.Message));
        });
        Assert.Equal(2, PolicySet.Parse(bundle.Documents, PolicyKit.Day).Faults.Count);
    }
}
