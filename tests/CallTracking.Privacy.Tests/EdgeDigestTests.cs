using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Privacy.Tests;

public sealed class EdgeDigestTests
{
    private static readonly PolicyDocument Retention = Document(
        """
        jurisdiction: de
        parent: eea
        countries: [DE]
        retention:
          - {statuses: [closed], clock: closed, period: P2Y, action: delete, basis: "own rule"}
        """);

    private static readonly PolicyDocument Stricter = Document(
        """
        jurisdiction: de
        parent: eea
        countries: [DE]
        rules:
          email: {action: drop, at: edge}
        """);

    [Fact]
    public void EdgeDigest_OnlyRetentionChanged_StaysTheSame()
    {
        Assert.Equal(Digest("DE"), Digest("DE", Retention));
    }

    [Fact]
    public void EdgeDigest_ARuleOfOneCountry_ChangesItsCasesOnly()
    {
        Assert.NotEqual(Digest("DE"), Digest("DE", Stricter));
        Assert.Equal(Digest("FR"), Digest("FR", Stricter));
        Assert.Equal(Digest("JP"), Digest("JP", Stricter));
    }

    [Theory]
    [InlineData("since: 2019-01-23", "since: 2019-01-23, except: [gender]")]
    [InlineData("from: [DE]", "from: [FR]")]
    [InlineData("to: JP", "to: US")]
    public void EdgeDigest_GroundOfATransfer_CountsForTheWhole(string before, string after)
    {
        var hub = "hub: {country: JP, entity: Example}\ntransfers: [{from: [DE], to: JP, basis: adequacy, reference: \"test\", since: 2019-01-23}]";

        Assert.NotEqual(Whole(hub), Whole(hub.Replace(before, after, StringComparison.Ordinal)));
    }

    [Fact]
    public void EdgeDigest_HowCoarse_Counts()
    {
        static byte[] Of(string length) => PolicyKit.OneCountry($"postcode: {{action: generalize, at: edge, to: \"prefix:{length}\"}}").RulesFor("ZZ", "", "").EdgeDigest.ToArray();

        Assert.NotEqual(Of("2"), Of("1"));
    }

    private static byte[] Whole(string hub) => PolicyKit.Load([.. PolicySet.BuiltInPacks, Document(hub, "hub.yaml")]).EdgeDigest.ToArray();

    private static byte[] Digest(string country, params IEnumerable<PolicyDocument> more)
    {
        var hub = Document("hub: {country: JP, entity: Example Holdings K.K.}", "hub.yaml");
        var load = PolicySet.Parse([.. PolicySet.BuiltInPacks, hub, .. more], PolicyKit.Day);
        Assert.Empty(load.Faults);
        return load.Policies!.RulesFor(country, country, country).EdgeDigest.ToArray();
    }

    private static PolicyDocument Document(string yaml, string name = "de.yaml") => new() { Name = name, Yaml = yaml };
}
