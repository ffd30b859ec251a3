using CallTracking.Mapping.Languages;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>The language of a case by its texts.</summary>
public sealed class LanguageTests
{
    [Fact]
    public void Reference_OfLanguages_NamesEveryOneThatIsTold()
    {
        var text = File.ReadAllText(RepositoryRoot.Path("src", "CallTracking.Mapping", "mapping-values.md"));
        var from = text.IndexOf("Told are", StringComparison.Ordinal) + "Told are".Length;

        var named = text[from..text.IndexOf(';', from)].Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(string.Join(' ', LanguageDetector.Default.Trained.Concat(Scripts.Answers).Distinct().Order(StringComparer.Ordinal)), string.Join(' ', named));
    }

    [Theory]
    [InlineData("The display of my camera stays dark since yesterday, please help.", "en")]
    [InlineData("Der Bildschirm meiner Kamera bleibt seit gestern dunkel, bitte helfen Sie mir.", "de")]
    [InlineData("L'écran de mon appareil reste noir depuis hier, pouvez-vous m'aider ?", "fr")]
    [InlineData("La pantalla de mi cámara no se enciende desde ayer, necesito ayuda.", "es")]
    [InlineData("O ecrã da minha câmara não liga desde ontem e preciso de ajuda.", "pt")]
    [InlineData("Het scherm van mijn camera blijft sinds gisteren zwart, graag hulp.", "nl")]
    [InlineData("Displej mého fotoaparátu zůstává od včerejška tmavý, prosím pomozte.", "cs")]
    [InlineData("Kamerani ekranı dünden beri açılmıyor, lütfen yardım edin.", "tr")]
    [InlineData("A fényképezőgépem kijelzője tegnap óta sötét, kérem segítsenek.", "hu")]
    [InlineData("Kameran näyttö on ollut eilisestä asti pimeä, tarvitsen apua.", "fi")]
    [InlineData("Layar kamera saya tidak menyala sejak kemarin, mohon bantuannya.", "id")]
    [InlineData("カメラの画面が昨日から映りません", "ja")]
    [InlineData("我的相机从昨天开始无法开机，请帮忙解决这个问题", "zh")]
    [InlineData("我的相機從昨天開始無法開機，請幫忙解決這個問題", "zh-Hant")]
    [InlineData("카메라 화면이 어제부터 켜지지 않습니다", "ko")]
    [InlineData("Экран моей камеры со вчерашнего дня не включается", "ru")]
    [InlineData("Екран моєї камери не вмикається з учорашнього дня", "uk")]
    [InlineData("शाम से मेरा कैमरा चालू नहीं हो रहा है", "hi")]
    [InlineData("หน้าจอกล้องของฉันไม่ติดตั้งแต่เมื่อวาน", "th")]
    [InlineData("شاشة الكاميرا لا تعمل منذ أمس", "ar")]
    [InlineData("میرے کیمرے کی سکرین کل سے بند ہے", "ur")]
    [InlineData("Ekran mojego aparatu jest ciemny, proszę o pomoc, także żona prosiła", "pl")]
    [InlineData("Lo schermo della mia fotocamera resta nero da ieri, potete aiutarmi per favore?", "und")]
    [InlineData("Skjermen på kameraet mitt har vært svart siden i går, kan dere hjelpe meg?", "da")]
    [InlineData("OK", "und")]
    [InlineData("12345 !!!", "und")]
    [InlineData("XR-500 A1 B2", "und")]
    public void Detect_ASentence_TellsItsLanguage(string text, string expected) =>
        Assert.Equal(expected, LanguageDetector.Default.Detect(text));

    [Fact]
    public async Task Language_OfACase_IsStatedOrDetectedOrAbsent()
    {
        var yaml = Reading.Csv("language: {from: lang, values: {D: de, X: null}, detect: [s, d]}");

        var outcomes = await Reading.AllAsync(
            yaml, "id,lang,s,d\n1,D,The display stays dark,\n2,,Screen dark,Please help me with the camera that I bought\n3,,,\n4,X,,Hm\n5,Q,,\n");

        Assert.Equal(["de", "en", "", "und"], outcomes.OfType<RowOutcome.Mapped>().Select(row => row.Case.Language));
        Assert.Equal("language", Assert.Single(outcomes.OfType<RowOutcome.Rejected>()).Field);
    }

    [Fact]
    public async Task Language_AmongTheExpected_IsSureOfShortTexts()
    {
        const string Text = "id,s\n1,Kamera kaputt bitte\n";

        var all = await Reading.AllAsync(Reading.Csv("language: {detect: s}"), Text);
        var among = await Reading.AllAsync(Reading.Csv("language: {detect: s, among: [de, ja]}"), Text);

        Assert.Equal(["und", "de"], all.Concat(among).Cast<RowOutcome.Mapped>().Select(row => row.Case.Language));
    }

    [Theory]
    [InlineData("language: {detect: []}")]
    [InlineData("language: {detect: s, among: [german]}")]
    [InlineData("subject: {detect: s}")]
    public void Language_ThatMakesNoSense_IsAFault(string field) => Assert.NotEmpty(SourceMapping.Parse("m.yaml", Reading.Csv(field)).Faults);

    [Fact]
    public void Model_InThePackage_IsSmall()
    {
        var file = new FileInfo(RepositoryRoot.Path("src", "CallTracking.Mapping", "Languages", "languages.model"));

        Assert.InRange(file.Length, 1, 300 * 1024);
        Assert.Equal(20, LanguageDetector.Default.Trained.Count());
    }
}
