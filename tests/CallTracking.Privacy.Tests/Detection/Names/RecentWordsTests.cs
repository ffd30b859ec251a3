using Xunit;

namespace CallTracking.Privacy.Tests.Detection.Names;

public sealed class RecentWordsTests
{
    private static readonly NameWords Words = NameWords.Build(
        Enumerable.Range(1, 5_000).ToDictionary(i => (uint)i * 0x9E3779B1u, i => NameWords.ValueOf((byte)(i % 7), WordClass.Noun, 1 + (i % 14), i % 3 == 0)));

    [Fact]
    public void Of_ManyWordsInAnyOrder_IsWhatTheDictionarySays()
    {
        var recent = new RecentWords(Words);
        var random = new Random(5);
        for (var i = 0; i < 50_000; i++)
        {
            // Half of them are words; few enough that most come again, many enough that they take each other's places.
            var hash = (uint)random.Next(1, 10_000) * 0x9E3779B1u;

            Assert.Equal(Words.Of(hash), recent.Of(hash));
        }
    }

    [Theory]
    [InlineData(0u, 1u)]
    [InlineData(0x8000_0001u, 0x8000_0002u)]
    [InlineData(0xFFFF_FFFFu, 0xFFFF_FFFEu)]
    public void Of_HashesThatShareAPlace_AreToldApart(uint one, uint other)
    {
        var words = NameWords.Build(new Dictionary<uint, uint> { [one] = NameWords.ValueOf(1, WordClass.Verb, 3, true), [other] = NameWords.ValueOf(2, WordClass.Place, 5, false) });
        var recent = new RecentWords(words);

        foreach (var hash in (uint[])[one, other, one, one ^ 0x10u, other, one])
        {
            Assert.Equal(words.Of(hash), recent.Of(hash));
        }
    }
}
