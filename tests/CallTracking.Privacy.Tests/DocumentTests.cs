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
    [InlineData("US", "the bypass valve C01X00T47 leaks")]
    [InlineData("PL", "dowód zakupu ABC123456 w załączniku")]
    [InlineData("PL", "model AA1234567 nie działa")]
    [InlineData("NL", "het apparaat NX1234567 is defect, mijn pas ook")]
    public void Look_NumberWithoutWordForADocument_IsNone(string country, string text) => Assert.Equal("", Found(text, country, null));

    private string Found(string text, string country, string? entity) =>
        string.Join('|', _detection.Look(text, country, "", null).Findings.Where(f => entity is null || f.Entity == entity).Select(f => text[f.Start..f.End]));
}
