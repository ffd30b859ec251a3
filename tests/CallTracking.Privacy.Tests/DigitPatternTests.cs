using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Privacy.Tests;

/// <summary>The numbering plans' patterns, against .NET's own reading of the same patterns.</summary>
public sealed class DigitPatternTests
{
    private const int NumbersOfAPattern = 60;

    [Fact]
    public void Fits_PatternsOfAllPlans_AreReadAsAGeneralExpressionReadsThem()
    {
        var random = new Random(1);
        var (patterns, inside) = (0, 0);
        foreach (var pattern in Patterns())
        {
            var ours = DigitPattern.Read(pattern);
            var theirs = new Regex($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
            for (var number = 0; number < NumbersOfAPattern; number++)
            {
                var written = Write(pattern, random);
                foreach (var near in (string[])[written, Changed(written, random), written + random.Next(10), written[..^1]])
                {
                    Assert.True(theirs.IsMatch(near) == ours.Fits(near), $"{near} of {pattern}");
                    inside += ours.Fits(near) ? 1 : 0;
                }
            }

            patterns++;
        }

        Assert.True(patterns > 600 && inside > patterns * NumbersOfAPattern, $"{inside} numbers of {patterns} patterns");
    }

    [Theory]
    [InlineData("12", true)]
    [InlineData("1", false)]
    [InlineData("", false)]
    [InlineData("1٢", false)]
    [InlineData("12\n", false)]
    public void Fits_SignsThatAreNoDigits_AreInNoNumber(string number, bool fits) => Assert.Equal(fits, DigitPattern.Read(@"1\d").Fits(number));

    [Theory]
    [InlineData("1a", 2)]
    [InlineData("(?:12", 6)]
    [InlineData("[1-", 4)]
    [InlineData("1{0}", 5)]
    [InlineData(@"\w", 2)]
    [InlineData("12)", 3)]
    [InlineData("[]", 2)]
    [InlineData("[5-2]", 5)]
    [InlineData("1{3,2}", 7)]
    [InlineData("1{99999999999}", 5)]
    public void Read_WhatNoPlanWrites_IsRefusedWithItsPlace(string pattern, int character) =>
        Assert.Contains($"at character {character}.", Assert.Throws<FormatException>(() => DigitPattern.Read(pattern)).Message, StringComparison.Ordinal);

    private static IEnumerable<string> Patterns() => File.ReadLines(RepositoryRoot.Path("src", "CallTracking.Privacy", "Detection", "Phones", "plans.txt"))
        .Where(line => !line.StartsWith('#')).SelectMany(line => line.Split('\t')[4..]).Where(pattern => pattern.Length > 0).Distinct(StringComparer.Ordinal);

    private static string Changed(string number, Random random)
    {
        var changed = new StringBuilder(number);
        changed[random.Next(changed.Length)] = (char)('0' + random.Next(10));
        return changed.ToString();
    }

    // A number of the pattern, drawn at random.
    private static string Write(string pattern, Random random)
    {
        var ways = Parts(pattern, '|');
        var text = new StringBuilder();
        var way = ways[random.Next(ways.Count)];
        foreach (Match part in Regex.Matches(way, @"(?<group>\(\?:(?>[^()]+|(?<open>\()|(?<-open>\)))*\))|(?<class>\[[\d-]+\])|(?<any>\\d)|(?<digit>\d)|(?<times>\?|\{\d+(?:,\d+)?\})"))
        {
            if (part.Groups["times"].Success)
            {
                continue;
            }

            var behind = part.Index + part.Length;
            var times = Regex.Match(way[behind..], @"^(?:(?<maybe>\?)|\{(?<least>\d+)(?:,(?<most>\d+))?\})");
            var (least, most) = !times.Success ? (1, 1) : times.Groups["maybe"].Success ? (0, 1)
                : (Count(times.Groups["least"]), Count(times.Groups[times.Groups["most"].Success ? "most" : "least"]));
            for (var count = random.Next(least, most + 1); count > 0; count--)
            {
                text.Append(One(part, random));
            }
        }

        return text.ToString();
    }

    private static string One(Match part, Random random) =>
        part.Groups["group"].Success ? Write(part.Value[3..^1], random)
        : part.Groups["digit"].Success ? part.Value
        : Digits(part.Value) is var digits ? digits[random.Next(digits.Count)].ToString() : "";

    private static int Count(Group written) => int.Parse(written.ValueSpan, CultureInfo.InvariantCulture);

    private static List<char> Digits(string written) => [.. Enumerable.Range('0', 10).Select(digit => (char)digit).Where(digit => Regex.IsMatch(digit.ToString(), written))];

    private static List<string> Parts(string pattern, char sign)
    {
        var (parts, depth, start) = (new List<string>(), 0, 0);
        for (var at = 0; at <= pattern.Length; at++)
        {
            if (at == pattern.Length || (depth == 0 && pattern[at] == sign))
            {
                parts.Add(pattern[start..at]);
                start = at + 1;
            }
            else
            {
                depth += pattern[at] switch { '(' => 1, ')' => -1, _ => 0 };
            }
        }

        return parts;
    }
}
