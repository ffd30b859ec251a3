using Xunit;

namespace CallTracking.Privacy.Tests.Detection.Names;

public sealed class GermanNounTests
{
    private static readonly GermanNouns Nouns = new(NameLists.Build(new Dictionary<uint, byte>
    {
        [NameHash.OfWord("Rückruf")] = GermanNouns.Forward,
        [NameHash.OfWord("Kunde")] = GermanNouns.Forward,
        [NameHash.OfWord("Nummer")] = GermanNouns.Forward,
        [NameHash.OfTail("Nummer")] = GermanNouns.Backward,
        [NameHash.OfTail("Dienst")] = GermanNouns.Backward,
    }));

    [Theory]
    [InlineData("Nummer", GermanNouns.IsNoun)]
    [InlineData("Rückrufnummer", GermanNouns.BeginsWithNoun | GermanNouns.EndsWithNoun)]
    [InlineData("Rückrufsnummer", GermanNouns.BeginsWithNoun | GermanNouns.EndsWithNoun)]
    [InlineData("Kundendienst", GermanNouns.BeginsWithNoun | GermanNouns.EndsWithNoun)]
    [InlineData("Wagnernummer", GermanNouns.EndsWithNoun)]
    [InlineData("Wagner", 0)]
    [InlineData("Rückrufer", 0)]
    public void Of_Word_SaysWhatItIsMadeOf(string word, int expected)
    {
        var reader = new UnitReader();
        reader.Read(word, 0);

        Assert.Equal(expected, Nouns.Of(word, reader.Units[UnitReader.First]));
    }
}
