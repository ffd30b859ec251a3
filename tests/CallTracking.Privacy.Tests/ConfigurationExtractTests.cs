using Xunit;

namespace CallTracking.Privacy.Tests;

/// <summary>What of a configuration leaves the machine in a support bundle, also of one that nobody could have written.</summary>
public sealed class ConfigurationExtractTests
{
    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public void Of_NestedWithoutEnd_SaysThatItIsNoYaml(string level) =>
        Assert.Equal(["the file is not YAML"], ConfigurationExtract.Of(string.Concat(Enumerable.Repeat(level, 50_000)), []));

    [Fact]
    public void Of_BracketsWithinTexts_AreNoLevels() =>
        Assert.Equal(["state: (set)"], ConfigurationExtract.Of($"# {new string('[', 300)}\nstate: 'x{new string('[', 300)}'\n", [new KnownKey("state")]));
}
