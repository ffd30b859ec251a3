using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Privacy.Tests;

public sealed class DetectorTests
{
    private static readonly ClassSet All = new(ulong.MaxValue);

    [Theory]
    [InlineData("mail to max.muster+shop@mail.example.co.uk, please", "max.muster+shop@mail.example.co.uk")]
    [InlineData("Mail: <o'brien@example.com>.", "o'brien@example.com")]
    [InlineData("Schreiben Sie an jürgen@müller.de!", "jürgen@müller.de")]
    [InlineData("メールはtaro.yamada@example.jpです。", "taro.yamada@example.jp")]
    [InlineData("連絡先：ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐまで", "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ")]
    [InlineData("пишите: иван@пример.рф", "иван@пример.рф")]
    [InlineData("a@b.de", "a@b.de")]
    public void Find_EmailAddress_IsFoundWhole(string text, string expected) => Assert.Equal([expected], Found(text, "", DataClass.Email));

    [Theory]
    [InlineData("Mail: hans.meier(at)gmx.de bitte", "hans.meier(at)gmx.de")]
    [InlineData("reach jane.doe[at]example[dot]com.", "jane.doe[at]example[dot]com")]
    [InlineData("an hans[dot]meier[at]gmx[dot]de schreiben", "hans[dot]meier[at]gmx[dot]de")]
    [InlineData("an hans (punkt) k [punkt] meier (at) gmx (punkt) de schreiben", "hans (punkt) k [punkt] meier (at) gmx (punkt) de")]
    [InlineData("hans[dot]meier@gmx.de", "hans[dot]meier@gmx.de")]
    [InlineData("x [dot) meier[at]gmx.de", "meier[at]gmx.de")]
    [InlineData("[dot]meier[at]gmx.de", "meier[at]gmx.de")]
    [InlineData("siehe Ende (.) hans@firma.intern", "hans@firma.intern")]
    [InlineData("siehe Ende(.)hans@firma.intern", "Ende(.)hans@firma.intern")]
    [InlineData("anna.meier (at) gmx.de", "anna.meier (at) gmx.de")]
    [InlineData("juan.perez(arroba)gmail.com", "juan.perez(arroba)gmail.com")]
    [InlineData("écrire à jean.dupont[arobase]orange.fr !", "jean.dupont[arobase]orange.fr")]
    [InlineData("max{at}mail(punkt)example(punkt)de", "max{at}mail(punkt)example(punkt)de")]
    [InlineData("jean [at] orange [point] fr", "jean [at] orange [point] fr")]
    [InlineData("info (AT) example (DOT) co.uk, danke", "info (AT) example (DOT) co.uk")]
    [InlineData("hans(@)gmx.de", "hans(@)gmx.de")]
    [InlineData("ich(at)laden.berlin", "ich(at)laden.berlin")]
    [InlineData("иван (собака) пример.рф", "иван (собака) пример.рф")]
    [InlineData("メール：taro（at）example.jpまで", "taro（at）example.jp")]
    public void Find_EmailAddressInAvoidedSpelling_IsFoundWhole(string text, string expected) => Assert.Equal([expected], Found(text, "", DataClass.Email));

    [Theory]
    [InlineData("items[at].value")]
    [InlineData("look (at) the lamp.")]
    [InlineData("see v1.2 at example.com")]
    [InlineData("open (at 5 pm) example.com")]
    [InlineData("voltage (at) 2.5 V")]
    [InlineData("x (at) y")]
    [InlineData("x(at]example.com")]
    [InlineData("(at) example.com")]
    [InlineData("page (at) www.example.com")]
    [InlineData("Klemme (at) Anschluss.Platine")]
    [InlineData("foo (at) bar.baz (dot) qux")]
    [InlineData("punkt (dot) punkt")]
    public void Find_WordsInBrackets_AreNoEmailAddress(string text) => Assert.Empty(Found(text, "", DataClass.Email));

    [Fact]
    public void Find_OneEmailAddressInSeveralSpellings_HasOneKey()
    {
        var findings = new List<Finding>();

        new StructuredDetector().Find("jane.doe@example.com, Jane.Doe [at] example [dot] com, jane(dot)doe(at)example.com", new TextOrigin("", ""), ClassSet.Of(DataClass.Email), findings);

        Assert.Equal(3, findings.Count);
        Assert.Single(findings.Select(finding => finding.Key).Distinct());
    }

    [Theory]
    [InlineData("at 5 pm @ the shop")]
    [InlineData("user@localhost")]
    [InlineData("@handle and foo@")]
    [InlineData("x@1.2")]
    [InlineData("@@@@....@@@")]
    public void Find_NoEmailAddress_FindsNone(string text) => Assert.Empty(Found(text, "", DataClass.Email));

    [Theory]
    [InlineData("call +49 89 1234567 now", "DE", "+49 89 1234567")]
    [InlineData("+49 (0)89 / 123 45-67", "DE", "+49 (0)89 / 123 45-67")]
    [InlineData("ring (+44) 20 7946 0958", "", "(+44) 20 7946 0958")]
    [InlineData("0049 89 1234567", "", "0049 89 1234567")]
    [InlineData("Tel. 089/1234567", "DE", "089/1234567")]
    [InlineData("erreichbar: 0176 12345678.", "DE", "0176 12345678")]
    [InlineData("mobil 017612345678", "", "017612345678")]
    [InlineData("017612345678 geht immer", "DE", "017612345678")]
    [InlineData("携帯は090-1234-5678です", "JP", "090-1234-5678")]
    [InlineData("電話０３－１２３４－５６７８まで", "JP", "０３－１２３４－５６７８")]
    [InlineData("09012345678に電話ください", "", "09012345678")]
    [InlineData("TEL:03(1234)5678", "JP", "03(1234)5678")]
    [InlineData("reach me at (212) 555-0134 today", "US", "(212) 555-0134")]
    [InlineData("212-555-0134", "", "212-555-0134")]
    [InlineData("1-800-555-0199", "US", "1-800-555-0199")]
    [InlineData("+1.212.555.0134", "", "+1.212.555.0134")]
    [InlineData("my phone number: 5550134", "US", "5550134")]
    [InlineData("my phone is 2125550134", "US", "2125550134")]
    [InlineData("cell: +33 6 12 34 56 78", "FR", "+33 6 12 34 56 78")]
    [InlineData("appelez 01 23 45 67 89", "FR", "01 23 45 67 89")]
    [InlineData("about the model, call 212-555-0134", "US", "212-555-0134")]
    [InlineData("Teilenummer unbekannt, Tel. 089/1234567", "DE", "089/1234567")]
    [InlineData("Rückruf wegen Ersatzteil: 0171 2345678", "DE", "0171 2345678")]
    [InlineData("Rückruf bzgl. Ersatzteil: 0171 2345678", "DE", "0171 2345678")]
    [InlineData("Rückruf wg. Ersatzteil: 0171 2345678. Danke", "DE", "0171 2345678")]
    [InlineData("appelez pour la pièce 06 12 34 56 78", "FR", "06 12 34 56 78")]
    [InlineData("부품 문의 전화 02-1234-5678", "KR", "02-1234-5678")]
    [InlineData("O meu telemóvel é 913 456 712.", "PT", "913 456 712")]
    public void Find_PhoneNumber_IsFoundWhole(string text, string country, string expected) =>
        Assert.Equal([expected], Found(text, country, DataClass.Phone));

    [Theory]
    [InlineData("tél. 06.12.34.56.78", "FR", "06.12.34.56.78")]
    [InlineData("Téléphone : 07.11.83.45.62", "FR", "07.11.83.45.62")]
    [InlineData("Rappeler au 01.12.47.83.20 demain", "FR", "01.12.47.83.20")]
    [InlineData("06-10-58-47-93", "FR", "06-10-58-47-93")]
    [InlineData("le 06/10/58/47/93 aussi", "FR", "06/10/58/47/93")]
    [InlineData("joignable au 06.39.12.11.22", "FR", "06.39.12.11.22")]
    [InlineData("le 01.12.26 au 06.12.34.56.78", "FR", "06.12.34.56.78")]
    [InlineData("tél. 02.09.65.43.21", "BE", "02.09.65.43.21")]
    [InlineData("telefon 02.12.55.66.77", "CH", "02.12.55.66.77")]
    [InlineData("mi chiami al 06.12.34.56.78", "IT", "06.12.34.56.78")]
    [InlineData("bel 06.12.34.56.78", "NL", "06.12.34.56.78")]
    [InlineData("appelle le 06.12.24.08.30", "FR", "06.12.24.08.30")]
    [InlineData("Tel. 06.12.34.56.78", "DE", "06.12.34.56.78")]
    public void Find_PhoneNumberInPairsLikeADate_IsFoundWhole(string text, string country, string expected) =>
        Assert.Equal(expected, string.Join('|', Found(text, country, DataClass.Phone)));

    [Theory]
    [InlineData("Order 123-456-7890 arrived", "US")]
    [InlineData("Bestellnummer 0123456789", "DE")]
    [InlineData("注文番号 0312345678 の件", "JP")]
    [InlineData("on 2026-11-22 at 10:15:30", "US")]
    [InlineData("vom 22.11.2026 10:15 Uhr", "DE")]
    [InlineData("am 01.02.2026", "DE")]
    [InlineData("01/02/2026 03/04/2026", "DE")]
    [InlineData("du 01.12.26 au 06.01.27", "FR")]
    [InlineData("01.12.26 06.01.27 08.02.27", "FR")]
    [InlineData("06/12/25-06/12/27 garantie", "FR")]
    [InlineData("22.11.26.10.15.30 log", "FR")]
    [InlineData("06.12.24.08.30 Protokoll", "DE")]
    [InlineData("06.11.26.14.30.22 Protokoll", "DE")]
    [InlineData("06.12.24.08.30", "JP")]
    [InlineData("2026-11-22-10-15-30", "FR")]
    [InlineData("01.12.2026.10.15.30", "FR")]
    [InlineData("commande 06.12.34.56.78", "FR")]
    [InlineData("version 01.12.34.56.78", "FR")]
    [InlineData("error 0x80070057 and E-0123-45678", "US")]
    [InlineData("costs 1,234,567.89 or 1.234.567,89 €", "DE")]
    [InlineData("firmware 10.0.19041.1234", "US")]
    [InlineData("host 192.168.100.200", "US")]
    [InlineData("serial 004420118273", "DE")]
    [InlineData("model WH-1000XM4 lot 2026-31-0077", "US")]
    [InlineData("価格は0120000円です", "JP")]
    [InlineData("EAN 4006381333931", "DE")]
    [InlineData("tracking 00340434161094042557", "DE")]
    [InlineData("12345 67890", "US")]
    [InlineData("Teilenummer 123 456 789 01 passt, bitte anrufen", "DE")]
    [InlineData("Teilenummer 0123 456 789 01", "DE")]
    [InlineData("Ersatzteil: 0171 2345678", "DE")]
    [InlineData("Kein Anruf. Ersatzteil: 0171 2345678", "DE")]
    [InlineData("Ersatzteil: 0171 2345678. Tel. folgt", "DE")]
    [InlineData("Rückruf wegen Ersatzteil: 0123 4567890", "DE")]
    [InlineData("부품 02-1234-5678 교체", "KR")]
    [InlineData("my phone model 555-0132", "US")]
    [InlineData("Peça 11 98765-4321", "BR")]
    [InlineData("llámame por la pieza: 912 34 56 78", "ES")]
    [InlineData("appelez pour la pièce n° 01 23 45 67 89", "FR")]
    [InlineData("партия 8 495 123-45-67", "RU")]
    [InlineData("零件 010-1234-5678", "CN")]
    public void Find_OtherNumber_IsNoPhoneNumber(string text, string country) => Assert.Empty(Found(text, country, DataClass.Phone));

    [Theory]
    [InlineData("card 4111 1111 1111 1111 exp 12/27", "4111 1111 1111 1111")]
    [InlineData("4111-1111-1111-1111", "4111-1111-1111-1111")]
    [InlineData("カード４１１１１１１１１１１１１１１１です", "４１１１１１１１１１１１１１１１")]
    [InlineData("amex 3782 822463 10005", "3782 822463 10005")]
    [InlineData("5555555555554444", "5555555555554444")]
    [InlineData("JCB 3530111333300000", "3530111333300000")]
    public void Find_CardNumber_IsFoundWhole(string text, string expected) => Assert.Equal([expected], Found(text, "", DataClass.Payment));

    [Theory]
    [InlineData("4111 1111 1111 1112")]
    [InlineData("order 9999999999999995")]
    [InlineData("4111 1111 1111")]
    [InlineData("X4111111111111111")]
    [InlineData("41111 11111 11111 1")]
    public void Find_NoCardNumber_FindsNone(string text) => Assert.Empty(Found(text, "", DataClass.Payment));

    [Fact]
    public void Find_ClassThatIsKept_IsNotLookedFor()
    {
        var findings = new List<Finding>();

        new StructuredDetector().Find("4111 1111 1111 1111 +49 89 1234567 a@b.de", new TextOrigin("DE", ""), default, findings);

        Assert.Empty(findings);
    }

    private static List<string> Found(string text, string country, DataClass dataClass)
    {
        var findings = new List<Finding>();
        new StructuredDetector().Find(text, new TextOrigin(country, ""), All, findings);
        return [.. findings.Where(f => f.DataClass == dataClass).Select(f => text[f.Start..f.End]).Distinct()];
    }
}
