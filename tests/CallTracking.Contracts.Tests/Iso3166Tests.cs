using System.Globalization;
using Xunit;

namespace CallTracking.Contracts.Tests;

/// <summary>A country's code decides whose law holds: what only looks like one is refused.</summary>
public sealed class Iso3166Tests
{
    [Theory]
    [InlineData("GB", true)]
    [InlineData("XK", true)]
    [InlineData("ZZ", true)]
    [InlineData("US-CA", true)]
    [InlineData("CA-QC", true)]
    [InlineData("FR-IDF", true)]
    [InlineData("GB-SCT", true)]
    [InlineData("UK", false)]
    [InlineData("EL", false)]
    [InlineData("EU", false)]
    [InlineData("QA", true)]
    [InlineData("QB", false)]
    [InlineData("gb", false)]
    [InlineData("US-ZZ", false)]
    [InlineData("CA-CA", false)]
    [InlineData("UK-SCT", false)]
    [InlineData("FR-", false)]
    [InlineData("FR-ÎDF", false)]
    [InlineData("Germany", false)]
    [InlineData("G", false)]
    [InlineData("", false)]
    public void IsCode_Text_OnlyWhatTheStandardHas(string text, bool isCode) => Assert.Equal(isCode, Iso3166.IsCode(text));

    [Theory]
    [InlineData("XK", true)]
    [InlineData("DE", true)]
    [InlineData("US-CA", true)]
    [InlineData("XQ", false)]
    [InlineData("QM", false)]
    [InlineData("ZZ", false)]
    [InlineData("AA", false)]
    [InlineData("XX-1", false)]
    [InlineData("UK", false)]
    public void IsAssigned_CodesLeftToUsers_OnlyKosovosIsACountry(string text, bool isOne) => Assert.Equal(isOne, Iso3166.IsAssigned(text));

    [Fact]
    public void IsCountry_EveryRegionOfTheSystem_IsOne()
    {
        var regions = CultureInfo.GetCultures(CultureTypes.SpecificCultures).Select(culture => new RegionInfo(culture.Name).TwoLetterISORegionName).Where(code => code.Length == 2 && code.All(char.IsAsciiLetterUpper)).Distinct().ToList();

        Assert.True(regions.Count > 200);

        // Islands and towns that the standard has no code for, and the system has.
        Assert.All(regions.Except(["DG", "EA", "IC"]), code => Assert.True(Iso3166.IsCountry(code), code));
        Assert.Equal(249, Enumerable.Range('A', 26).SelectMany(first => Enumerable.Range('A', 26).Select(second => $"{(char)first}{(char)second}"))
            .Count(code => Iso3166.IsCountry(code) && code is not ("AA" or "ZZ") && code[0] != 'X' && !(code[0] == 'Q' && code[1] >= 'M')));
    }

    [Theory]
    [InlineData("UK", "GB")]
    [InlineData("el", "GR")]
    [InlineData("de", "DE")]
    [InlineData("us-ca", "US-CA")]
    [InlineData("Germany", "DE or US-CA")]
    public void Instead_TextThatIsNone_NamesTheCode(string text, string code) => Assert.Equal(code, Iso3166.Instead(text));
}
