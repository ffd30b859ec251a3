using CallTracking.NameTraining;
using Xunit;

namespace CallTracking.Privacy.Tests.Detection.Names;

public sealed class WordCutterTests
{
    private static readonly NameWords Words = WordBuilder.Build(
        new Dictionary<string, byte>(StringComparer.Ordinal) { ["王"] = NameLists.Usual << NameLists.SurnameShift, ["小明"] = NameLists.Weak },
        [
            new("王", WordClass.Letter, 7), new("王国", WordClass.Noun, 6), new("维修", WordClass.Verb, 5), new("修理", WordClass.Verb, 6),
            new("理", WordClass.Noun, 9), new("手机", WordClass.Noun, 4), new("的", WordClass.Function, 1), new("上海", WordClass.Place, 4),
        ]);

    private static readonly NameWords Transcribing = WordBuilder.Build(
        "斯尔特克".ToDictionary(letter => letter.ToString(), _ => (byte)(NameLists.Weak << NameLists.WordShift), StringComparer.Ordinal), []);

    [Theory]
    [InlineData("手机维修", "")]
    [InlineData("维修理", "")]
    [InlineData("小理维修", "小理")]
    [InlineData("我的手机", "我的")]
    [InlineData("上海手机", "上海")]
    [InlineData("王小明维修", "王小明")]
    public void Cut_OrdinaryWords_AreNoCandidates(string text, string candidates) => Assert.Equal(candidates, Candidates(text));

    [Fact]
    public void Cut_SurnameThatMakesAWordWithAGivenName_StaysACandidate() => Assert.Equal("王国宝", Candidates("王国宝维修"));

    [Fact]
    public void Cut_WordOfTwoSurnamesLetter_IsAWordBeforeAnother() => Assert.Equal("", Candidates("王国手机"));

    [Fact]
    public void Cut_CharactersOfForeignNames_KnowTheirPlaceInTheirRow()
    {
        var reader = Cut("我斯尔特的克", Transcribing);

        Assert.Equal([0, NameUnit.SoundOf(0, 2), NameUnit.SoundOf(1, 1), NameUnit.SoundOf(2, 0), 0, 0], reader.Units.AsSpan(UnitReader.First, 6).ToArray().Select(unit => unit.Sound));
    }

    [Fact]
    public void Cut_LongRowOfForeignCharacters_IsToldUpToSeven()
    {
        var reader = Cut(string.Concat(Enumerable.Repeat("斯", 20)), Transcribing);

        var sound = reader.Units[UnitReader.First + 10].Sound;
        Assert.Equal((7, 7), (NameUnit.FromStart(sound), NameUnit.FromEnd(sound)));
    }

    [Fact]
    public void Of_UnknownWord_IsNone() => Assert.Equal(0u, Words.Of(NameHash.OfIdeographs("海上")));

    [Fact]
    public void Of_BeginningOfAWord_SaysSo()
    {
        var value = Words.Of(NameHash.OfIdeographs("手"));

        Assert.True(NameWords.IsBeginning(value));
        Assert.Equal(WordClass.None, NameWords.ClassOf(value));
    }

    private static UnitReader Cut(string text, NameWords words)
    {
        var reader = new UnitReader();
        reader.Read(text, 0);
        Assert.Equal(reader.End, new WordCutter(words).Cut(reader.Units, UnitReader.First, reader.End));
        return reader;
    }

    private static string Candidates(string text)
    {
        var reader = Cut(text, Words);
        return string.Concat(Enumerable.Range(0, text.Length).Where(i => reader.Units[UnitReader.First + i].IsCandidate).Select(i => text[i]));
    }
}
