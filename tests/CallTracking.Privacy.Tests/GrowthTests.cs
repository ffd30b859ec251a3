using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Privacy.Tests;

/// <summary>Hostile texts take time in proportion to their length: 8 times the text, far less than 8 × 8 times the work.</summary>
[Collection(nameof(Alone))]
public sealed class GrowthTests
{
    private const int Short = 25_000;
    private const int Factor = 8;
    private const int Slack = 3;

    private static readonly PolicySet Policies = PolicyKit.OneCountry("free_text: {action: detect, at: edge}");

    [Theory]
    [InlineData(".")]
    [InlineData("@")]
    [InlineData("a@")]
    [InlineData("a.@a.")]
    [InlineData("1")]
    [InlineData("1 ")]
    [InlineData("1-2.")]
    [InlineData("+")]
    [InlineData("+1 ")]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("[PERSON_1]")]
    [InlineData("m")]
    [InlineData("max ")]
    [InlineData("max.mustermann@a ")]
    [InlineData("é")]
    [InlineData("e\u0301")]
    [InlineData("가")]
    [InlineData("😀")]
    [InlineData("0176 ")]
    [InlineData("4111 1111 1111 1112 ")]
    [InlineData(":")]
    [InlineData("::1")]
    [InlineData("a:")]
    [InlineData("1a")]
    [InlineData("1 a ")]
    [InlineData("1.1.1.")]
    [InlineData("DE89 3704 ")]
    [InlineData("www.")]
    [InlineData("http://")]
    [InlineData("Suite 5 ")]
    [InlineData("12 Main St ")]
    [InlineData("address: ")]
    [InlineData("password: ")]
    [InlineData("-----BEGIN ")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("PESEL 44051401358 ")]
    [InlineData("1/1/2000 ")]
    [InlineData("4/3/71 ")]
    [InlineData("4 de marzo de ")]
    [InlineData("mar mar 4 1971 e e e e 4 a ")]
    [InlineData("born 4 d e d e d e d e d e 1971 ")]
    [InlineData("1971年3月")]
    [InlineData("(at)")]
    [InlineData("（")]
    [InlineData("a(at)")]
    [InlineData("a [at] b [dot] ")]
    [InlineData("a [dot] b [at] ")]
    [InlineData("a.(at)a(dot)")]
    [InlineData("06.12.34.")]
    [InlineData("一")]
    [InlineData("昭和")]
    public void Redact_HostileText_TakesLinearTime(string unit)
    {
        var ratio = Ratio(length => Time(unit, length), Short);

        Assert.True(ratio < Factor * Slack, $"Expected about {Factor} times the time, got {ratio:0.0} times.");
    }

    [Fact]
    public void Redact_ManyOwnValuesWithOnePrefix_TakesLinearTime()
    {
        var ratio = Ratio(TimeValues, 500);

        Assert.True(ratio < Factor * Slack, $"Expected about {Factor} times the time, got {ratio:0.0} times.");
    }

    // The best of several: what else runs on the machine only ever adds. Quadratic work is over the limit every time.
    private static double Ratio(Func<int, double> time, int size)
    {
        var (small, large) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < 20 && (round < 2 || large / small > Factor * Slack); round++)
        {
            small = Math.Min(small, Math.Max(time(size), time(size)));
            large = Math.Min(large, time(size * Factor));
        }

        return large / small;
    }

    private static double Time(string unit, int length)
    {
        var text = string.Concat(Enumerable.Repeat(unit, length / unit.Length));
        var customer = new Customer { Name = PolicyKit.Clear("Max Mustermann"), BirthDate = PolicyKit.Clear("1971-03-04"), Handles = { PolicyKit.Clear(new string('m', 500)) } };
        return TimeCase(new Case { CustomerCountry = "ZZ", Customer = customer, Description = PolicyKit.Clear(text) });
    }

    private static double TimeValues(int count)
    {
        var value = new Case { CustomerCountry = "ZZ", Description = PolicyKit.Clear(new string('a', 40 * count)) };
        for (var i = 0; i < count; i++)
        {
            value.CustomFields.Add(new CustomField { Name = "x", DataClass = DataClass.Handle, Text = PolicyKit.Clear(new string('a', 30) + i) });
        }

        return TimeCase(value);
    }

    private static double TimeCase(Case value)
    {
        var redactor = new EdgeRedactor(Policies, PolicyKit.Keys);
        var before = Environment.CpuUsage.TotalTime;
        redactor.Redact(value);
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
    }
}

/// <summary>Tests that measure time run while no others do.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
