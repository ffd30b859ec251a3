using CallTracking.Mapping.Reading;
using Xunit;

namespace CallTracking.Mapping.Tests.Detection;

/// <summary>Texts that a single-byte encoding reads without refusing a byte, and wrongly.</summary>
public sealed class EncodingDoubtTests
{
    private const string Slovenian = "Pralni stroj ne deluje več, žal se vrata ne odprejo. Škoda je nastala včeraj; prosimo, pošljite serviserja čim prej, ker že tri dni čakamo. Živimo v Škofji Loki.";
    private const string Czech = "Pračka už třetí den neodčerpává vodu, žádáme o rychlou opravu. Šroub chybí, těsnění je poškozené a dvířka nejdou otevřít. Šárka Žižková";

    [Theory]
    [InlineData(Slovenian, "windows-1250", "iso-8859-2", "reads better as windows-1250", "'ž' where iso-8859-2 has U+009E")]
    [InlineData(Slovenian, "windows-1250", "cp850", "reads better as windows-1250", "'č' where cp850 has 'Þ'")]
    [InlineData(Czech, "windows-1250", "windows-1252", "reads better as windows-1250", "where windows-1252 has")]
    [InlineData(Czech, "cp852", "windows-1250", "reads better as ibm852", "encoding: ibm852")]
    [InlineData(Slovenian, "utf-8", "windows-1250", "reads better as utf-8", "encoding: utf-8")]
    public void Of_ATextInAnotherEncoding_NamesItWithTheSignsThatDiffer(string text, string written, string named, string said, string detail)
    {
        var doubt = Of(text, written, named);

        Assert.Contains(said, doubt, StringComparison.Ordinal);
        Assert.Contains(detail, doubt, StringComparison.Ordinal);
        Assert.All(text.Split(' ').Where(word => word.Length > 3), word => Assert.DoesNotContain(word, doubt, StringComparison.Ordinal));
    }

    // A few signs in otherwise Latin words: none of them is refused, and none is a letter in Windows.
    [Theory]
    [InlineData("windows-1252", "ibm850")]
    [InlineData("windows-1252", "cp866")]
    [InlineData("windows-1252", "iso-8859-1")]
    public void Of_SignsAmongLatinWords_NamesTheEncodingThatHasThem(string written, string named)
    {
        var text = string.Join('\n', Enumerable.Range(10, 8).Select(row => $"De koelkast maakt lawaai – graag een monteur;€ {row},00"));

        Assert.Contains($"as {written}", Of(text, written, named), StringComparison.Ordinal);
    }

    // Too few letters for the detector to be sure which encoding it is, and enough to see that it is not this one.
    [Fact]
    public void Of_LettersAloneAmongLatinWords_AreTold()
    {
        var doubt = Of("1;De prijs – 3\n2;Geïnstalleerd – ja\n3;Price 30 €\n4;Price 40 €\n", "windows-1252", "cp866");

        Assert.Contains("3 signs where words have none, such as 'Ц'", doubt, StringComparison.Ordinal);
        Assert.DoesNotContain("stalleerd", doubt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ibm850", 4, "³÷▀")]
    [InlineData("windows-1252", 0, "")]
    public void OddSigns_WithinWords_AreCounted(string named, int count, string signs)
    {
        var odd = CallTracking.Mapping.Reading.Detection.OddSigns.In(SourceEncoding.Find("windows-1252")!.Strict.GetBytes("Müller, Größe, Büro, 30 °C, l’eau, 3 € – 4"), SourceEncoding.Find(named)!);

        Assert.Equal((count, signs), (odd.Count, string.Concat(odd.Signs)));
    }

    [Fact]
    public void Of_ControlCharactersAmongFewLetters_AreASureSign()
    {
        var doubt = Of("id;name\n1;Žiga\n", "windows-1250", "iso-8859-2");

        Assert.Contains("1 control character from U+0080 to U+009F", doubt, StringComparison.Ordinal);
        Assert.DoesNotContain("iga", doubt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Slovenian, "windows-1250", "windows-1250")]
    [InlineData(Slovenian, "windows-1250", "cp1250")]
    [InlineData(Slovenian, "iso-8859-2", "iso-8859-2")]
    [InlineData("Žingsnis po žingsnio: šaldytuvas nešaldo, ąžuolinė dėžė sulūžo, čia įėjo vanduo.", "windows-1257", "windows-1257")]
    [InlineData("Külmik ei külmuta, öösel läks šokolaad sulama. Žürii ootab tehnikut.", "iso-8859-15", "iso-8859-15")]
    [InlineData("id;name\n1;Müller\n2;Groß\n", "windows-1252", "iso-8859-1")]
    [InlineData("id;name\n1;Plain\n", "windows-1252", "iso-8859-5")]
    [InlineData("1 ÅÄÖ", "cp850", "cp850")]
    [InlineData("1\u00852\u0085", "iso-8859-1", "iso-8859-1")]
    public void Of_TheEncodingThatItIsWrittenIn_IsNotDoubted(string text, string written, string named) => Assert.Null(Of(text, written, named));

    // Bytes that the reader refuses itself; an encoding that the detector has no reading of; two letters.
    [Theory]
    [InlineData("1\u00812\u008D", "iso-8859-1", "windows-1252")]
    [InlineData(Slovenian, "windows-1250", "windows-1257")]
    [InlineData("Pralni stroj ne deluje in vrata se ne odprejo, prosimo pošljite serviserja čim prej.", "windows-1250", "cp850")]
    public void Of_WhatIsNotSure_IsNotDoubted(string text, string written, string named) => Assert.Null(Of(text, written, named));

    private static string? Of(string text, string written, string named) => EncodingDoubt.Of(SourceEncoding.Find(written)!.Strict.GetBytes(text), isWhole: true, SourceEncoding.Find(named)!);
}
