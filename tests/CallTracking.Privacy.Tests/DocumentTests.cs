using Xunit;

namespace CallTracking.Privacy.Tests;

/// <summary>Identity cards, passports and bank accounts: found beside their word, and not without it or in numbers of something else.</summary>
public sealed class DocumentTests
{
    private readonly TextDetection _detection = new();

    [Theory]
    [InlineData("DE", "Personalausweis Nr. L01X00T47", "DE_ID_CARD", "L01X00T47")]
    [InlineData("DE", "Ausweisnummer L01X00T471 liegt vor", "DE_ID_CARD", "L01X00T471")]
    [InlineData("DE", "Ausweis LZ6311T47", "DE_ID_CARD", "LZ6311T47")]
    [InlineData("DE", "Ausweis-ID: T220001293", "DE_ID_CARD", "T220001293")]
    [InlineData("", "passport number C01X00T47", "DE_PASSPORT", "C01X00T47")]
    [InlineData("DE", "Reisepass C01X00T47", "DE_PASSPORT", "C01X00T47")]
    [InlineData("DE", "Passport number: C01X00T478", "DE_PASSPORT", "C01X00T478")]
    [InlineData("", "Passport number: C01X00T478 of the customer", "DE_PASSPORT", "C01X00T478")]
    [InlineData("PL", "paszport AA1234567", "PL_PASSPORT", "AA1234567")]
    [InlineData("PL", "numer paszportu: AA1234567", "PL_PASSPORT", "AA1234567")]
    [InlineData("PL", "dowód osobisty ABA300000", "PL_ID_CARD", "ABA300000")]
    [InlineData("PL", "seria i numer dowodu osobistego: ABA 300000", "PL_ID_CARD", "ABA 300000")]
    [InlineData("PL", "dowód ABA300000", "PL_ID_CARD", "ABA300000")]
    [InlineData("NL", "paspoort NX1234567", "NL_PASSPORT", "NX1234567")]
    [InlineData("NL", "paspoortnummer SPECI2014", "NL_PASSPORT", "SPECI2014")]
    [InlineData("NL", "identiteitskaart IZ4D8F291", "NL_ID_CARD", "IZ4D8F291")]
    public void Look_DocumentBesideItsWord_IsFoundWhole(string country, string text, string entity, string expected) => Assert.Equal(expected, Found(text, country, entity));

    [Theory]
    [InlineData("DE", "Gerät L01X00T47 und Ersatzteil C01X00T478 sind defekt")]
    [InlineData("DE", "der Ausweis liegt bei, Gerät GERAET123")]
    [InlineData("DE", "Ausweis fehlt, Seriennummer L01X00T472 am Gerät")]
    [InlineData("DE", "Reisepass der Lampe ABCDEFGHI")]
    [InlineData("DE", "Ausweis 4711, Gerät PXN123458")]
    [InlineData("US", "WD My Passport drive CX4J8H2LP")]
    [InlineData("US", "the bypass valve C01X00T47 leaks")]
    [InlineData("PL", "dowód zakupu ABC123456 w załączniku")]
    [InlineData("PL", "model AA1234567 nie działa")]
    [InlineData("NL", "het apparaat NX1234567 is defect, mijn pas ook")]
    public void Look_NumberWithoutWordForADocument_IsNone(string country, string text) => Assert.Equal("", Found(text, country, null));

    [Theory]
    [InlineData("DE", "Kontonummer 1234567890, BLZ 37040044", "DE_BANK_ACCOUNT", "1234567890")]
    [InlineData("DE", "Kto.-Nr. 532013000 bei der Bank", "DE_BANK_ACCOUNT", "532013000")]
    [InlineData("DE", "Kto-Nr 532013000", "DE_BANK_ACCOUNT", "532013000")]
    [InlineData("DE", "Konto-Nr. 12 345 678", "DE_BANK_ACCOUNT", "12 345 678")]
    [InlineData("DE", "Bankkonto 532013000", "DE_BANK_ACCOUNT", "532013000")]
    [InlineData("DE", "Kontonummer 1234567890, BLZ 37040044", "DE_BANK_CODE", "37040044")]
    [InlineData("DE", "BLZ: 370 400 44", "DE_BANK_CODE", "370 400 44")]
    [InlineData("BR", "conta corrente 12345-6 agência 0001", "BR_BANK_ACCOUNT", "12345-6")]
    [InlineData("BR", "conta poupança: 1234567-X", "BR_BANK_ACCOUNT", "1234567-X")]
    [InlineData("JP", "口座 みずほ銀行 普通 7654321", "JP_BANK_ACCOUNT", "7654321")]
    [InlineData("JP", "口座番号：７６５４３２１です", "JP_BANK_ACCOUNT", "７６５４３２１")]
    [InlineData("JP", "振込先は三菱UFJ銀行 当座 1234567", "JP_BANK_ACCOUNT", "1234567")]
    [InlineData("GB", "sort code 20-00-00 please", "UK_SORT_CODE", "20-00-00")]
    [InlineData("GB", "sort code: 200000", "UK_SORT_CODE", "200000")]
    public void Look_BankAccountBesideItsWord_IsFoundWhole(string country, string text, string entity, string expected) => Assert.Equal(expected, Found(text, country, entity));

    [Theory]
    [InlineData("DE", "Fehler 1234567890 im Menü Konto, Gerät 37040044")]
    [InlineData("DE", "mein Kundenkonto zeigt Fehler 12345678")]
    [InlineData("PL", "nie wiem, kto ma 1234567 i po co")]
    [InlineData("JP", "普通の使い方です。製品番号は 7654321")]
    [InlineData("JP", "普通に使えますが、7654321が表示されます")]
    [InlineData("BR", "por conta do defeito 12345-6 no aparelho")]
    [InlineData("GB", "sort the code 20-00-00 out")]
    public void Look_NumberWithoutWordForAnAccount_IsNone(string country, string text) =>
        Assert.DoesNotContain(_detection.Look(text, country, "", null).Findings, f => f.DataClass == Contracts.DataClass.Payment);

    [Theory]
    [InlineData("ES", "lote 12345678Z del producto")]
    [InlineData("DE", "pin 13 am Stecker, pin 250")]
    [InlineData("US", "spin 4711 and pins 4711")]
    [InlineData("DE", "PIN 123456789")]
    [InlineData("US", "Replaced the hinge pin. 1500 W heater works")]
    [InlineData("DE", "Pin\n20240312 geprüft")]
    [InlineData("US", "the pin, 4711 times")]
    [InlineData("DE", "PIN 4711abc und PIN 47.11")]
    public void Look_NeutralNumber_IsNothing(string country, string text) => Assert.Equal("", Found(text, country, null));

    [Theory]
    [InlineData("DE", "PIN 4711", "CREDENTIAL 4711")]
    [InlineData("DE", "die PIN 4711 geht nicht", "CREDENTIAL 4711")]
    [InlineData("DE", "PIN: 123456", "CREDENTIAL 123456")]
    [InlineData("DE", "PIN-Code 123456.", "CREDENTIAL 123456")]
    [InlineData("DE", "Die PIN (4711) geht nicht", "CREDENTIAL 4711")]
    [InlineData("US", "My PIN was 4711", "CREDENTIAL 4711")]
    [InlineData("DE", "Meine PIN war 1357", "CREDENTIAL 1357")]
    [InlineData("FR", "Mon PIN était 4711", "CREDENTIAL 4711")]
    [InlineData("JP", "PINコード：4821", "CREDENTIAL 4821")]
    [InlineData("PT", "Palavra-passe: abc123X", "CREDENTIAL abc123X")]
    [InlineData("DE", "PIN 4711 3 mal falsch eingegeben", "CREDENTIAL 4711")]
    [InlineData("DE", "Passwort ist Pin-4711#Sommer", "CREDENTIAL Pin-4711#Sommer")]
    [InlineData("IN", "PIN number 560001", "ZIP_CODE 560001")]
    [InlineData("DE", "Geheimzahl 4711", "CREDENTIAL 4711")]
    [InlineData("DE", "Geheimzahl: 4711 falsch", "CREDENTIAL 4711")]
    [InlineData("", "Geheimzahl 123456", "CREDENTIAL 123456")]
    [InlineData("FR", "le code PIN 4711", "CREDENTIAL 4711")]
    [InlineData("DE", "PUK 12345678", "CREDENTIAL 12345678")]
    [InlineData("JP", "暗証番号 4711", "CREDENTIAL 4711")]
    [InlineData("IN", "my PIN 4711", "CREDENTIAL 4711")]
    [InlineData("IN", "PIN code 560001", "ZIP_CODE 560001")]
    [InlineData("", "PIN 560001", "ZIP_CODE 560001")]
    public void Look_NumberBehindPin_IsASecretOrAPostcodeOfIndia(string country, string text, string expected) => Assert.Equal(
        expected, string.Join('|', _detection.Look(text, country, "", null).Findings.Select(f => $"{f.Entity} {text[f.Start..f.End]}")));

    [Theory]
    [InlineData("DE", "de", "Steuer-ID 36 574 261 809", "Steuer-ID [ID_1]")]
    [InlineData("", "", "Steuer-ID 36 574 261 809", "Steuer-ID [ID_1]")]
    [InlineData("DE", "", "Meine Steuer-ID 36 574 261 809", "Meine Steuer-ID [ID_1]")]
    [InlineData("DE", "de", "Steuer-ID: 36 574 261 809", "Steuer-ID: [ID_1]")]
    [InlineData("", "de", "Steuer-ID 36 574 261 809", "Steuer-ID [ID_1]")]
    [InlineData("DE", "en", "Steuer-ID 36 574 261 809", "Steuer-ID [ID_1]")]
    [InlineData("US", "", "Steuer-ID 36 574 261 809", "Steuer-ID [ID_1]")]
    public void Look_NumberBehindItsLabel_LeavesTheLabel(string country, string language, string text, string expected) =>
        Assert.Equal(expected, _detection.Look(text, country, language, null).Redacted);

    private string Found(string text, string country, string? entity) =>
        string.Join('|', _detection.Look(text, country, "", null).Findings.Where(f => entity is null || f.Entity == entity).Select(f => text[f.Start..f.End]));
}
