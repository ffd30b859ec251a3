using Xunit;

namespace CallTracking.Privacy.Tests.Detection.Names;

public sealed class NameCueTests
{
    [Theory]
    [InlineData("We saw Mr. Xqwrtz today.", "Xqwrtz")]
    [InlineData("Sehr geehrte Frau Zyxwvut,", "Zyxwvut")]
    [InlineData("Herrn Dr. Qwertzu zurückrufen", "Dr. Qwertzu")]
    [InlineData("Prosimy o kontakt Pani Xyzwv", "Xyzwv")]
    [InlineData("Estimada Sra. Ñqwerty:", "Ñqwerty")]
    public void Find_TitleBefore_AnUnknownNameIsFound(string text, string expected) => Assert.Contains(expected, NameKit.Names(text));

    [Theory]
    [InlineData("my name is john smith and it broke", "john smith")]
    [InlineData("My name is Xqwr Zyxwv.", "Xqwr Zyxwv")]
    [InlineData("mein Name ist Xqwr Zyxwv", "Xqwr Zyxwv")]
    [InlineData("je m'appelle Xqwr Zyxwv", "Xqwr Zyxwv")]
    [InlineData("Me llamo Xqwr Zyxwv", "Xqwr Zyxwv")]
    [InlineData("Меня зовут Щуквар Жюзель", "Щуквар Жюзель")]
    public void Find_IntroductionBefore_TheNameIsFound(string text, string expected) => Assert.Contains(expected, NameKit.Names(text));

    [Theory]
    [InlineData("Best regards,\nXqwr Zyxwv\n", "Xqwr Zyxwv")]
    [InlineData("Mit freundlichen Grüßen\n\nXqwr Zyxwv", "Xqwr Zyxwv")]
    [InlineData("Cordialement,\r\nXqwr Zyxwv", "Xqwr Zyxwv")]
    public void Find_ClosingBefore_TheNextLineIsFound(string text, string expected) => Assert.Contains(expected, NameKit.Names(text));

    [Theory]
    [InlineData("Name: Xqwr Zyxwv\nModel: X-100", "Xqwr Zyxwv")]
    [InlineData("Nombre: Xqwr\nApellidos: Zyxwv Uvwxy", "Zyxwv Uvwxy")]
    [InlineData("Ansprechpartner: Herr Xqwr Zyxwv", "Xqwr Zyxwv")]
    [InlineData("Client : LEROUX Sandrine / portable 06 12 34 56 78", "LEROUX Sandrine")]
    [InlineData("Cliente: BIANCHI LAURA, lavastoviglie", "BIANCHI LAURA")]
    public void Find_FieldBefore_TheNameIsFound(string text, string expected) => Assert.Contains(expected, NameKit.Names(text));

    [Theory]
    [InlineData("Dear Xqwr,\nthanks", "Xqwr")]
    [InlineData("Hallo Xqwr,\ndanke", "Xqwr")]
    [InlineData("hi john,\nthanks", "john")]
    public void Find_GreetingBefore_TheNameIsFound(string text, string expected) => Assert.Contains(expected, NameKit.Names(text));

    [Theory]
    [InlineData("田中さん 電話", "田中")]
    [InlineData("竹中さん 電話", "竹中")]
    [InlineData("野中さんです", "野中")]
    [InlineData("担当の田中さんに連絡。お客様の田中様。", "田中")]
    public void Find_HonorificBehind_TheNameIsWhole(string text, string expected) => Assert.All(NameKit.Names(text), name => Assert.Equal(expected, name));

    [Theory]
    [InlineData("Dear Customer,\nthanks")]
    [InlineData("Hallo zusammen,\ndanke")]
    [InlineData("Sehr geehrte Damen und Herren,")]
    [InlineData("Dear Sir or Madam,")]
    [InlineData("Best regards,\nCustomer Service")]
    [InlineData("Mr. President")]
    public void Find_NobodyAddressed_FindsNone(string text) => Assert.Empty(NameKit.Names(text));
}
