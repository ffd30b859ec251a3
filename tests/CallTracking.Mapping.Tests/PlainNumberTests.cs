using System.Globalization;
using System.Text.RegularExpressions;
using CallTracking.Mapping.Spec;
using CallTracking.Mapping.Values;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>What is read by hand, because most rows have it, is read as .NET reads it.</summary>
public sealed class PlainNumberTests
{
    [Fact]
    public void ToDecimal_DigitsAlone_AreWhatDotNetReadsInAnyCulture()
    {
        var random = new Random(20261126);
        string[] cultures = ["", "de-DE", "en-IN", "fa-IR", "ar-SA", "ja-JP", "fr-CH"];
        for (var round = 0; round < 5000; round++)
        {
            var culture = CultureInfo.GetCultureInfo(cultures[random.Next(cultures.Length)]);
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 24)).Select(_ => (char)('0' + random.Next(10))));

            Assert.Null(new NumberRules(culture).ToDecimal(new CellText(text, isInvariant: random.Next(2) == 0), out var value));
            Assert.Equal(decimal.Parse(text, NumberStyles.None, culture), value);
        }
    }

    [Fact]
    public void Country_AnyText_IsACodeOnlyWhereIso3166HasIt()
    {
        var random = new Random(20261127);
        var codes = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(8)).Select(place => place == 2 ? "-A"[random.Next(2)] : "ABZ09z-\n"[random.Next(random.Next(2) == 0 ? 3 : 8)]));
            var isCode = Conversions.Country(new CellText(text), out _) is null;

            // Of these three letters the standard has; AA and ZZ, which it leaves to its users, are no country's.
            Assert.Equal(Regex.IsMatch(text, @"\A(AZ|BA|BB|BZ|ZA)(-[A-Z0-9]{1,3})?\z", RegexOptions.CultureInvariant), isCode);
            codes += isCode ? 1 : 0;
        }

        Assert.InRange(codes, 500, 19_000);
    }
}
