using System.Globalization;
using System.Text;

namespace CallTracking.Quality;

/// <summary>Measures everything and writes it as a page for people.</summary>
internal sealed class QualityReport(string sets, string neutral, bool showsMisses)
{
    private static readonly (string Language, string[] Countries)[] Neutral =
    [
        ("en", ["US", "GB", "AU", "IN", "CA", "NZ", "ZA", "SG"]), ("de", ["DE", "AT", "CH"]), ("fr", ["FR", "BE", "CA"]), ("es", ["ES", "MX", "AR", "CL", "CO"]), ("it", ["IT"]), ("pt", ["BR", "PT"]),
        ("pl", ["PL"]), ("ru", ["RU"]), ("ja", ["JP"]), ("zh", ["CN", "TW", "HK"]), ("ko", ["KR"]),
    ];

    private readonly StringBuilder _page = new();

    public string Write()
    {
        Line("# What the detectors find, and how well");
        Line("");
        Line("Written by `ops/quality`; do not edit. Structured values and names of persons; names per language are in the README of `Detection/Names`.");
        Line("The sets are a third of public ones; the rest is kept apart for judging. A hit covers 80 % of a marked place; a false hit touches no marked place. F2 weighs recall four times.");
        if (Directory.Exists(sets))
        {
            Cases();
            Sets();
        }
        else
        {
            Line("");
            Line("The labelled sets were not there: nothing is said of them.");
        }

        NeutralTexts();
        Randoms();
        return _page.ToString();
    }

    private void Cases()
    {
        var (right, all, strict, misses) = new RecognizerCases(sets).Measure();
        Heading("Recognizers' cases (presidio_recognizer_cases)");
        Line($"{right} of {all} as expected ({Percent(right, all)}); {strict} when weak patterns, which ask for a word beside them, must be found without one.");
        Line("");
        misses.ForEach(miss => Line($"- missed: `{miss}`"));
        var (agreed, cases, disagreements) = new ValidatorCases(sets).Measure();
        Heading("Check rules (presidio_validator_cases)");
        Line($"{agreed} of {cases} cases as expected ({Percent(agreed, cases)}): the value alone in a text of its country.");
        disagreements.ForEach(one => Line($"\n- {one}"));
    }

    private void Sets()
    {
        Heading("Labelled sets");
        Line("| set | kind | marked | found | false | recall | precision | F2 |");
        Line("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var set in SetKinds.All)
        {
            var sum = new SpanScore();
            foreach (var (kind, score) in new LabelledScore(sets, set).Measure())
            {
                sum.Add(score);
                Row(set.Set, kind, score);
                if (showsMisses)
                {
                    score.Misses.ForEach(miss => Console.WriteLine($"{set.Set} {kind} missed: {miss}"));
                    score.Falses.ForEach(miss => Console.WriteLine($"{set.Set} {kind} false: {miss}"));
                }
            }

            if (set.Kinds.Count > 1)
            {
                Row(set.Set, "all of these", sum);
            }
        }

        Line("");
        Line("Not looked for, though marked in these sets: places that are no address, organisations, nationalities, dates that are nobody's birth, titles alone.");
    }

    private void Row(string set, string kind, SpanScore score) =>
        Line(score.Marked == 0 ? $"| {set} | {kind} | 0 | | {score.False} | | | |"
            : string.Create(CultureInfo.InvariantCulture, $"| {set} | {kind} | {score.Marked} | {score.Hit} | {score.False} | {score.Recall:0.000} | {score.Precision:0.000} | {score.F2:0.000} |"));

    private void NeutralTexts()
    {
        Heading("Neutral support texts");
        Line("Order, part, serial and error numbers, prices, times, versions; the digits are drawn. Hits in 10,000 characters, all false:");
        Line("");
        Line("| language | country | characters | hits | in 10,000 | of what |");
        Line("| --- | --- | ---: | ---: | ---: | --- |");
        var texts = new NeutralTexts(neutral);
        foreach (var (language, countries) in Neutral)
        {
            foreach (var country in countries)
            {
                var (characters, hits) = texts.Measure(language, country);
                if (showsMisses)
                {
                    hits.DistinctBy(hit => hit.Around).ToList().ForEach(hit => Console.WriteLine($"neutral {language} {country} {hit.Entity} false: {hit.Around}"));
                }

                Line(string.Create(CultureInfo.InvariantCulture, $"| {language} | {country} | {characters} | {hits.Count} | {10_000.0 * hits.Count / characters:0.00} | {string.Join(", ", hits.Select(hit => hit.Entity).Distinct())} |"));
            }
        }
    }

    private void Randoms()
    {
        Heading("Random digits");
        Line("Share of random numbers in \"the value … was read\" that are taken for something, by country of the text:");
        Line("");
        Line("| digits | US | DE | NO | JP | most often |");
        Line("| ---: | ---: | ---: | ---: | ---: | --- |");
        var random = new RandomNumbers();
        var countries = new[] { "US", "DE", "NO", "JP" }.Select(country => random.Measure(country).ToList()).ToList();
        for (var i = 0; i < countries[0].Count; i++)
        {
            var most = string.Join(", ", countries.SelectMany(one => one[i].Most.Split(", ")).Where(name => name.Length > 0).Distinct());
            Line(string.Create(CultureInfo.InvariantCulture, $"| {countries[0][i].Length} | {string.Join(" | ", countries.Select(one => one[i].Percent.ToString("0.00", CultureInfo.InvariantCulture) + " %"))} | {most} |"));
        }
    }

    private static string Percent(int part, int whole) => (100.0 * part / whole).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private void Heading(string text)
    {
        Line("");
        Line($"## {text}");
        Line("");
    }

    private void Line(string text) => _page.Append(text).Append('\n');
}
