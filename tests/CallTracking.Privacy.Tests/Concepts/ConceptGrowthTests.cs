using System.Diagnostics;
using Xunit;

namespace CallTracking.Privacy.Tests.Concepts;

/// <summary>Hostile texts take time in proportion to their length: 8 times the text, far less than 8 × 8 times the work.</summary>
[Collection(nameof(Alone))]
public sealed class ConceptGrowthTests
{
    private const int Short = 25_000;
    private const int Factor = 8;
    private const int Slack = 3;

    [Theory]
    [InlineData(".")]
    [InlineData("a")]
    [InlineData("s")]
    [InlineData("smok")]
    [InlineData("smoke ")]
    [InlineData("no ")]
    [InlineData("no smoke ")]
    [InlineData("battery swollen ")]
    [InlineData("battery ")]
    [InlineData("burn ")]
    [InlineData("smoke detector ")]
    [InlineData("lot ")]
    [InlineData("lot A")]
    [InlineData("lot AB12345 ")]
    [InlineData("煙")]
    [InlineData("没")]
    [InlineData("ない")]
    [InlineData("연")]
    [InlineData("😀")]
    [InlineData("ﬃ")]
    [InlineData("e\u0301")]
    [InlineData("\n")]
    public void Mark_HostileText_TakesLinearTime(string unit)
    {
        // The best of many: what else runs on the machine only ever adds. Quadratic work is over the limit every time.
        var (small, large) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < 40 && (round < 2 || large / small > Factor * Slack); round++)
        {
            small = Math.Min(small, Math.Max(Time(unit, Short), Time(unit, Short)));
            large = Math.Min(large, Time(unit, Short * Factor));
        }

        Assert.True(large / small < Factor * Slack, $"Expected about {Factor} times the time, got {large / small:0.0} times.");
    }

    private static double Time(string unit, int length)
    {
        var value = ConceptKit.Case(string.Concat(Enumerable.Repeat(unit, length / unit.Length)), "");
        var start = Stopwatch.GetTimestamp();
        ConceptKit.Starter.Mark(value, ConceptKit.Open);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
