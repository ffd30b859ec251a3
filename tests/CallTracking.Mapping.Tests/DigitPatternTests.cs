using System.Globalization;
using CallTracking.Mapping.Values;
using Xunit;

namespace CallTracking.Mapping.Tests;

public sealed class DigitPatternTests
{
    private static readonly string[] Patterns =
    [
        "yyyy/MM/dd HH:mm", "yyyy-MM-dd", "dd.MM.yyyy HH:mm:ss", "dd.MM.yyyy", "MM/dd/yyyy", "yyyyMMddHHmmss", "HH:mm dd-MM-yyyy",
    ];

    [Fact]
    public void TryRead_AnyText_ReadsOnlyWhatDotNetReadsAndAsItDoes()
    {
        var random = new Random(20261126);
        var read = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var pattern = Patterns[random.Next(Patterns.Length)];
            var text = Written(pattern, random);
            var isTime = DigitPattern.Of(pattern)!.TryRead(text, out var time);
            var isTimeThere = DateTime.TryParseExact(text, pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out var there);

            Assert.True(!isTime || (isTimeThere && time == there), $"{pattern}: {text}");
            Assert.True(isTime || !isTimeThere || text.Length != pattern.Length, $"{pattern}: {text} is a time and was left");
            read += isTime ? 1 : 0;
        }

        Assert.InRange(read, 2_000, 18_000);
    }

    [Theory]
    [InlineData("d.M.yyyy")]
    [InlineData("dd MMM yyyy")]
    [InlineData("yy-MM-dd")]
    [InlineData("yyyy-MM-ddTHH:mm")]
    [InlineData("yyyy-MM-dd HH:mm:sszzz")]
    [InlineData("hh:mm tt dd-MM-yyyy")]
    [InlineData("yyyy-MM")]
    [InlineData("dd-MM-yyyy dd")]
    public void Of_OtherPattern_IsLeftToDotNet(string pattern) => Assert.Null(DigitPattern.Of(pattern));

    // Mostly right, with parts out of their range, other signs and signs too many.
    private static string Written(string pattern, Random random)
    {
        var time = new DateTime(random.Next(1, 10_000), random.Next(1, 13), random.Next(1, 29), random.Next(24), random.Next(60), random.Next(60));
        var text = time.ToString(pattern.Replace("/", "\\/", StringComparison.Ordinal), CultureInfo.InvariantCulture).ToCharArray();
        if (random.Next(2) == 0)
        {
            text[random.Next(text.Length)] = "0123456789/:-. x"[random.Next(16)];
        }

        return new string(text) + (random.Next(20) == 0 ? "0" : string.Empty);
    }
}
