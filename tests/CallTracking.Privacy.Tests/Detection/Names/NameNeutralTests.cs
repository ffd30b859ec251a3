using CallTracking.Testing;
using Xunit;

namespace CallTracking.Privacy.Tests.Detection.Names;

/// <summary>Support texts full of order, part and error numbers name nobody.</summary>
public sealed class NameNeutralTests
{
    private const int Draws = 10;
    private const int CharactersPerHit = 10_000;

    [Fact]
    public void Find_NeutralSupportTexts_HasAtMostOneHitInTenThousandCharacters()
    {
        var random = new Random(1);
        var (characters, hits) = (0, new List<string>());
        foreach (var file in Directory.EnumerateFiles(RepositoryRoot.Path("tests", "CallTracking.Quality", "Neutral"), "*.txt").Order(StringComparer.Ordinal))
        {
            foreach (var text in Enumerable.Repeat(File.ReadAllLines(file), Draws).SelectMany(lines => lines).Select(line => Fill(line, random)))
            {
                characters += text.Length;
                hits.AddRange(NameKit.Names(text, Path.GetFileNameWithoutExtension(file)));
            }
        }

        Assert.True(hits.Count * CharactersPerHit <= characters, $"{hits.Count} in {characters}: {string.Join(", ", hits.Distinct(StringComparer.Ordinal))}");
    }

    private static string Fill(string line, Random random) => string.Concat(
        line.Select(sign => sign switch { '#' => (char)('0' + random.Next(10)), '&' => (char)('A' + random.Next(26)), _ => sign }));
}
