using CallTracking.Testing;
using Xunit;

namespace CallTracking.Privacy.Tests;

/// <summary>
/// What is not personal survives: support texts full of order, part, serial and error numbers, prices, times, versions. Names are
/// counted but in Japanese and Chinese, where ordinary words are still taken for some.
/// </summary>
public sealed class NeutralTextTests
{
    private const int Draws = 25;
    private const double MostPerTenThousand = 1;

    private readonly TextDetection _detection = new();

    [Theory]
    [InlineData("en", "US")]
    [InlineData("en", "GB")]
    [InlineData("en", "AU")]
    [InlineData("de", "DE")]
    [InlineData("fr", "FR")]
    [InlineData("es", "ES")]
    [InlineData("it", "IT")]
    [InlineData("pt", "BR")]
    [InlineData("pl", "PL")]
    [InlineData("ru", "RU")]
    [InlineData("ja", "JP")]
    [InlineData("zh", "CN")]
    [InlineData("ko", "KR")]
    public void Look_NeutralText_FindsNextToNothing(string language, string country)
    {
        var random = new Random(7);
        var lines = File.ReadAllLines(RepositoryRoot.Path("tests", "CallTracking.Quality", "Neutral", language + ".txt"));
        var characters = 0;
        var hits = new List<string>();
        for (var draw = 0; draw < Draws; draw++)
        {
            foreach (var line in lines)
            {
                var text = Fill(line, random);
                characters += text.Length;
                hits.AddRange(_detection.Look(text, country, language, null).Findings.Select(f => $"{f.Entity} {text[f.Start..f.End]} in {line}"));
            }
        }

        Assert.True(hits.Count * 10_000.0 / characters <= MostPerTenThousand, string.Join(Environment.NewLine, hits));
    }

    private static string Fill(string line, Random random) => string.Concat(line.Select(sign => sign switch
    {
        '#' => (char)('0' + random.Next(10)),
        '&' => (char)('A' + random.Next(26)),
        _ => sign,
    }));
}
