using CallTracking.NameTraining;
using Xunit;

namespace CallTracking.Privacy.Tests.Detection.Names;

public sealed class NameDictionaryTests
{
    [Fact]
    public void Cedict_ProperNames_AreToldApartAndWholePersonsLeftOut()
    {
        const string Text = """
            export default {"all":[["奧克尼","奥克尼","Ao4 ke4 ni2","Orkney, islands of Scotland",[],[]],
            ["曼德拉","曼德拉","Man4 de2 la1","Nelson Mandela (1918-2013), president",[],[]],
            ["王永民","王永民","Wang2 Yong3 min2","Wang Yongmin (1943-), inventor",[],[]],
            ["和平","和平","he2 ping2","peace",[],[]],["和平","和平","He2 ping2","Heping District of Tianjin City",[],[]],
            ["電話","电话","dian4 hua4",["telephone","phone call"],[],[]],["打","打","da3","to beat",[],[]]]};
            """;

        var words = Cedict.Read(Text, [new("电话", WordClass.Noun, 4), new("和平", WordClass.Noun, 5)]).ToList();

        Assert.Equal(
            [("奥克尼", WordClass.Place), ("奧克尼", WordClass.Place), ("曼德拉", WordClass.Person), ("電話", WordClass.Noun), ("打", WordClass.Verb)],
            words.Select(word => (word.Text, word.Kind)));
        Assert.Equal(4, words.Single(word => word.Text == "電話").Cost);
    }

    [Fact]
    public void Enamdict_EachKindOfAName_IsAWordAndWholePersonsAreNone()
    {
        string[] lines = ["？？？？ /ENAMDICT/", "砂川 [いさがわ] /(p,s) Isagawa/", "落合泰蔵 [おちあいたいぞう] /(h) Ochiai Taizou/", "トーニー /(m) Tony/(s) Taney/"];

        Assert.Equal(
            [("砂川", WordClass.Place), ("砂川", WordClass.Surname), ("トーニー", WordClass.Forename), ("トーニー", WordClass.Surname)],
            Enamdict.Read(lines).Select(word => (word.Text, word.Kind)));
    }

    [Fact]
    public void TranscribedLetters_OfForeignNamesMoreThanOfWords_AreThoseOnly()
    {
        var letters = new TranscribedLetters(Enumerable.Repeat("斯尔山", 20), Enumerable.Repeat("山水", 400));

        Assert.True(letters.AreAll("斯尔"));
        Assert.False(letters.AreAll("斯山"));
    }
}
