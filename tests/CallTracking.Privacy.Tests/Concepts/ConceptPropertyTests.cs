using System.Text;
using Xunit;

namespace CallTracking.Privacy.Tests.Concepts;

/// <summary>The matcher finds what a reading word by word finds, on texts and dictionaries made by chance of few words.</summary>
public sealed class ConceptPropertyTests
{
    private const int Window = 2;
    private static readonly string[] Words = ["abc", "abcd", "bcd", "bc", "煙", "火煙", "ABCD", "abc-bcd", "xy"];
    private static readonly string[] Patterns = ["abc", "abc*", "*bcd*", "*bcd", "abcd bc", "abc ~1 bcd", "abc* ~2 *bcd", "abc* bcd", "煙", "火煙", "煙 ~1 煙", "bc ~0 煙", "bcd ~3 abc ~1 bc", "xy 煙 xy"];
    private static readonly string[] Guards = ["bc", "xy", "火", "abc xy"];
    private static readonly string[] Marks = [" ", " ", " ", ", ", ". ", "\n", "\n\n", " - ", ".", ",", ""];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Mark_AnyTextAndDictionary_FindsWhatAReadingWordByWordFinds(int seed)
    {
        var dice = new Random(seed);
        for (var round = 0; round < 150; round++)
        {
            var (patterns, except, before, after, stop) = (Some(dice, Patterns, 3), Some(dice, Guards, 1), Some(dice, Guards, 1), Some(dice, Guards, 1), Some(dice, Guards, 1));
            var text = Text(dice);
            var yaml = $"a: {{patterns: {List(patterns)}, except: {List(except)}}}";
            var guards = $"{{window: {Window}, before: {List(before)}, after: {List(after)}, stop: {List(stop)}}}";
            var matcher = ConceptKit.Of(yaml, guards);

            // Also as in a long text, whose begin is decided over before its end is read.
            matcher.MostGathered = round % 2 == 0 ? 1 : matcher.MostGathered;
            var naive = new NaiveReading(text);

            var found = matcher.Explain(ConceptKit.Case(text)).Select(finding => finding.Pattern).ToHashSet();
            var count = patterns.SelectMany(pattern => naive.Spans(pattern, except, before, after, stop, Window).Select(span => (span, pattern))).ToList();

            Assert.True(
                found.SetEquals(count.Select(pair => pair.pattern)),
                $"seed {seed} round {round}: '{text}' {yaml} {guards}: expected {string.Join(" | ", count.Select(pair => pair.pattern).Distinct())}, found {string.Join(" | ", found)}");
            var code = ConceptKit.Codes(matcher, text);
            var most = Disjoint(count.Select(pair => pair.span));
            Assert.Equal(most == 0 ? "" : most == 1 ? "a" : $"a:{most}", code);
        }
    }

    private static List<string> Some(Random dice, string[] of, int most) => [.. dice.GetItems(of, dice.Next(most == 1 ? 0 : 1, most + 1)).Distinct()];

    private static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(text => $"'{text}'"))}]";

    private static string Text(Random dice)
    {
        var text = new StringBuilder();
        for (var words = dice.Next(1, 14); words > 0; words--)
        {
            text.Append(dice.GetItems(Words, 1)[0]).Append(dice.GetItems(Marks, 1)[0]);
        }

        return text.ToString();
    }

    // The most spans of which no two share a word: those that end first.
    private static int Disjoint(IEnumerable<(int Start, int End)> spans)
    {
        var (count, last) = (0, -1);
        foreach (var (start, end) in spans.OrderBy(span => span.End))
        {
            if (start > last)
            {
                (count, last) = (count + 1, end);
            }
        }

        return count;
    }
}
