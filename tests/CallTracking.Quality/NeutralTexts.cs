using CallTracking.Privacy;

namespace CallTracking.Quality;

/// <summary>Support texts without personal values, full of order, part and error numbers: # stands for any digit, &amp; for any letter.</summary>
internal sealed class NeutralTexts(string folder)
{
    private const int Draws = 40;

    private readonly TextDetection _detection = new();

    /// <summary>What is found there all the same, and in how many characters.</summary>
    public (long Characters, List<(string Entity, string Around)> Hits) Measure(string language, string country)
    {
        var random = new Random(1);
        var lines = File.ReadAllLines(Path.Combine(folder, language + ".txt"));
        var characters = 0L;
        var hits = new List<(string, string)>();
        for (var draw = 0; draw < Draws; draw++)
        {
            foreach (var line in lines)
            {
                var text = Fill(line, random);
                characters += text.Length;
                hits.AddRange(_detection.Look(text, country, language, null).Findings.Select(f => (f.Entity, Around(text, f))));
            }
        }

        return (characters, hits);
    }

    public static string Fill(string line, Random random) => string.Create(line.Length, (line, random), static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = source.line[i] switch { '#' => (char)('0' + source.random.Next(10)), '&' => (char)('A' + source.random.Next(26)), var other => other };
        }
    });

    private static string Around(string text, TextFinding found) =>
        $"{text[Math.Max(0, found.Start - 24)..found.Start]}[{text[found.Start..found.End]}]{text[found.End..Math.Min(text.Length, found.End + 12)]}";
}
