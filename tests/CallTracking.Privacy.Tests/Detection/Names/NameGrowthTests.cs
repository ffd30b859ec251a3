using Xunit;

namespace CallTracking.Privacy.Tests.Detection.Names;

/// <summary>Hostile texts take time in proportion to their length.</summary>
[Collection(nameof(Alone))]
public sealed class NameGrowthTests
{
    private const int Short = 20_000;
    private const int Factor = 8;
    private const int Slack = 3;

    [Theory]
    [InlineData(".")]
    [InlineData("A")]
    [InlineData("A.")]
    [InlineData("A ")]
    [InlineData("Aa ")]
    [InlineData("Mr ")]
    [InlineData("Regards\n")]
    [InlineData("\n")]
    [InlineData("Name: ")]
    [InlineData("de van ")]
    [InlineData("e\u0301")]
    [InlineData("李")]
    [InlineData("さん")]
    [InlineData("ア")]
    [InlineData("김")]
    [InlineData("김 ")]
    [InlineData("마이클")]
    [InlineData("ก็")]
    [InlineData("م")]
    [InlineData("😀")]
    [InlineData("\uD800")]
    public void Find_HostileText_TakesLinearTime(string unit)
    {
        var tagger = new NameTagger();
        var (small, large) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < 8 && (round < 2 || large / small > Factor * Slack); round++)
        {
            small = Math.Min(small, Math.Max(Time(tagger, unit, Short), Time(tagger, unit, Short)));
            large = Math.Min(large, Time(tagger, unit, Short * Factor));
        }

        Assert.True(large / small < Factor * Slack, $"Expected about {Factor} times the time, got {large / small:0.0} times.");
    }

    private static double Time(NameTagger tagger, string unit, int length)
    {
        var text = string.Concat(Enumerable.Repeat(unit, length / unit.Length));
        var spans = new List<NameSpan>();
        var before = Environment.CpuUsage.TotalTime;
        tagger.Find(text, "", spans);
        return Math.Max(0.2, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
    }
}
