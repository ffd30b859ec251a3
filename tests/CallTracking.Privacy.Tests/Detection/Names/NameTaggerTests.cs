using Xunit;

namespace CallTracking.Privacy.Tests.Detection.Names;

public sealed class NameTaggerTests
{
    [Theory]
    [InlineData("en", "Call John back at 555-0134, he was upset.", "John")]
    [InlineData("en", "I spoke to Maria Gonzalez from your team yesterday.", "Maria Gonzalez")]
    [InlineData("de", "Ich habe gestern mit Thomas Schneider telefoniert.", "Thomas Schneider")]
    [InlineData("fr", "J'ai parlé avec Sophie Martin lundi.", "Sophie Martin")]
    [InlineData("es", "Ayer hablé con Carlos Fernández sobre el pedido.", "Carlos Fernández")]
    [InlineData("pt", "Falei com Paulo Oliveira na semana passada.", "Paulo Oliveira")]
    [InlineData("it", "Ho parlato con Giulia Rossi lunedì scorso.", "Giulia Rossi")]
    [InlineData("nl", "Ik heb met Pieter de Vries gesproken.", "Pieter de Vries")]
    [InlineData("pl", "Rozmawiałem z Anna Kowalska w poniedziałek.", "Anna Kowalska")]
    [InlineData("ru", "Вчера я говорил с Иваном Петровым о заказе.", "Иваном Петровым")]
    [InlineData("tr", "Dün Ahmet Yılmaz ile görüştüm.", "Ahmet Yılmaz")]
    [InlineData("ja", "担当の佐藤さんに連絡してください。", "佐藤")]
    [InlineData("ja", "先日お電話した田中花子と申します。", "田中花子")]
    [InlineData("zh", "我叫王小明，上周买了一台打印机。", "王小明")]
    [InlineData("zh", "请给李先生回电话。", "李")]
    [InlineData("th", "กรุณาโทรกลับ คุณสมชาย ที่เบอร์ 02-555-0134", "สมชาย")]
    [InlineData("ko", "저는 김민수입니다.", "김민수")]
    public void Find_NameInASentence_IsFound(string language, string text, string expected) =>
        Assert.Contains(NameKit.Names(text, language), name => name.Contains(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("Please call Mr Cable back.", "Cable")]
    [InlineData("Baker wrote to us that it came off.", "Baker")]
    [InlineData("I spoke to Anna Cable yesterday. Cable was friendly.", "Anna Cable,Cable")]
    public void Find_OrdinaryWordThatSomebodyBears_IsFound(string text, string expected) =>
        Assert.Equal(expected, string.Join(',', NameKit.Names(text, "en")));

    [Theory]
    [InlineData("en", "The power bank won't charge and the light blinks red.")]
    [InlineData("en", "Order 4471-0032 was shipped on Monday, 4 May.")]
    [InlineData("de", "Der Akku lädt nicht, die Lampe blinkt und das Gehäuse wird heiß.")]
    [InlineData("fr", "La commande est partie lundi, le colis est abîmé.")]
    [InlineData("ja", "電源ボタンを押しても反応しません。")]
    [InlineData("zh", "充电时发热严重，有烧焦味。")]
    [InlineData("ko", "전원 버튼을 눌러도 아무 반응이 없습니다.")]
    [InlineData("", "")]
    [InlineData("", "....@@@@ 12345 !!! \n\n\t")]
    [InlineData("en", "Smoke came out of it.")]
    [InlineData("en", "Yesterday: Sparks, then nothing. Fridge Filters are missing.")]
    [InlineData("en", "Wrench missing. Sink cracked after a week.")]
    [InlineData("en", "Price was right.")]
    [InlineData("de", "Ich habe einen Motorradhelm und einen Isthmus.")]
    [InlineData("zh", "童锁解除不了。谢谢您！")]
    [InlineData("zh", "機身是黃色的，謝謝。")]
    [InlineData("ja", "チャイルドロックが解除できません。")]
    [InlineData("ar", "السلام عليكم، الجهاز لا يعمل. شكرا لكم")]
    [InlineData("fr", "Câble cassé hier.")]
    [InlineData("it", "Ieri: Rumore, poi niente.")]
    [InlineData("pl", "Hałas po tygodniu.")]
    public void Find_NobodyNamed_FindsNone(string language, string text) => Assert.Empty(NameKit.Names(text, language));

    [Theory]
    [InlineData("ja", "観光パンフレット\nインターネット・アプリ\n友人・知人\n担当の佐藤さん\n")]
    [InlineData("en", "Call back\nJohn Miller\n\nThe lamp blinks.\nRegards\nMaria Gonzalez")]
    public void Find_LineEndsOfAnotherSystem_FindsTheSame(string language, string text) =>
        Assert.Equal(NameKit.Names(text, language), NameKit.Names(text.Replace("\n", "\r\n", StringComparison.Ordinal), language));

    [Fact]
    public void Find_SurrogatesBefore_GivesOffsetsInCodeUnits()
    {
        const string Text = "😀👍🏽 My name is Jane Miller 😀";

        var span = Assert.Single(NameKit.Spans(Text));

        Assert.Equal("Jane Miller", Text[span.Start..span.End]);
    }

    [Fact]
    public void Find_CombiningMarksInAName_CoversThem()
    {
        var text = "Mein Name ist Jo\u0308rg Mu\u0308ller\u0301.";

        var span = Assert.Single(NameKit.Spans(text, "de"));

        Assert.Equal("Jo\u0308rg Mu\u0308ller\u0301", text[span.Start..span.End]);
    }

    [Fact]
    public void Find_NameBehindAHanCharacterOfTwoUnits_GivesWholeCharacters()
    {
        const string Text = "𠮷野家の田中さん";

        Assert.All(NameKit.Spans(Text), span => Assert.False(char.IsLowSurrogate(Text[span.Start])));
    }

    [Fact]
    public void Find_LongText_FindsTheNamesOfAllStretches()
    {
        var text = string.Concat(Enumerable.Repeat("My name is Jane Miller.\n", 2_000));

        var spans = NameKit.Spans(text, "en");

        Assert.Equal(2_000, spans.Count);
        Assert.All(spans, span => Assert.Equal("Jane Miller", text[span.Start..span.End]));
    }

    [Fact]
    public void Find_AnyText_GivesSpansInOrderWithoutOverlap()
    {
        const string Text = "Dear Mr. Smith,\nplease call Jane Miller and Tom. Best regards,\nAnna Lee";

        var spans = NameKit.Spans(Text);

        Assert.All(spans.Zip(spans.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
        Assert.All(spans, span => Assert.InRange(span.Score, 0f, 1f));
    }

    [Fact]
    public void Find_PartOfANameAloneElsewhere_IsFoundToo()
    {
        const string Text = "My name is Jane Qwertzumi. The parcel for qwertz was sent to Qwertzumi again.";

        Assert.Equal(["Jane Qwertzumi", "Qwertzumi"], NameKit.Names(Text, "en"));
    }

    [Fact]
    public void Find_DoctorsDegreeBefore_IsPartOfTheName() => Assert.Equal(["Dr. Jane Miller"], NameKit.Names("Please call Dr. Jane Miller back.", "en"));

    [Fact]
    public void Find_ResultsThatAreThereAlready_StayAndNewOnesFollow()
    {
        List<NameSpan> spans = [new(0, 1, 0.5f)];

        new NameTagger().Find("My name is Jane Miller.", "en", spans);

        Assert.Equal(2, spans.Count);
        Assert.Equal(new NameSpan(0, 1, 0.5f), spans[0]);
    }

    [Fact]
    public void Find_TaggersOfManyThreads_FindTheSame()
    {
        string[] texts = ["Call John Miller back.", "担当の佐藤さんに連絡してください。", "Herr Schneider hat angerufen.", "저는 김민수입니다.", "我叫王小明。"];
        var expected = texts.Select(text => NameKit.Spans(text)).ToList();

        Parallel.For(0, 64, _ =>
        {
            var tagger = new NameTagger();
            for (var round = 0; round < 20; round++)
            {
                for (var i = 0; i < texts.Length; i++)
                {
                    var spans = new List<NameSpan>();
                    tagger.Find(texts[i], "", spans);
                    Assert.Equal(expected[i], spans);
                }
            }
        });
    }

    [Fact]
    public void Find_WarmTagger_AllocatesNothing()
    {
        const string Text = "Call John Miller back at 555-0134. 担当の佐藤さん。 저는 김민수입니다. กรุณาโทรกลับ คุณสมชาย\nBest regards,\nAnna Lee";
        var tagger = new NameTagger();
        var spans = new List<NameSpan>(100);
        for (var round = 0; round < 100; round++)
        {
            spans.Clear();
            tagger.Find(Text, "en", spans);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        spans.Clear();
        tagger.Find(Text, "en", spans);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
