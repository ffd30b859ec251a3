using Xunit;

namespace CallTracking.Privacy.Tests;

/// <summary>Telephone numbers by a country's own form, or behind "my number", without a word for telephones.</summary>
public sealed class PhoneFormTests
{
    private readonly TextDetection _detection = new();

    [Theory]
    [InlineData("Перезвоните мне: 8-916-123-45-67", "RU", "8-916-123-45-67")]
    [InlineData("Перезвоните на 8 (916) 123-45-67 завтра", "RU", "8 (916) 123-45-67")]
    [InlineData("спасибо, 8(495)123-45-67", "RU", "8(495)123-45-67")]
    [InlineData("спасибо, 8 916 1234567", "RU", "8 916 1234567")]
    [InlineData("спасибо, 89161234567", "RU", "89161234567")]
    [InlineData("рахмет, 8 701 123 45 67", "KZ", "8 701 123 45 67")]
    [InlineData("пишу из Алматы, 8 (916) 123-45-67", "KZ", "8 (916) 123-45-67")]
    [InlineData("дзякуй, 8 029 612-34-56", "BY", "8 029 612-34-56")]
    [InlineData("жду ответа, 8-916-123-45-67", "DE", "8-916-123-45-67")]
    [InlineData("жду ответа, 8 (495) 123-45-67", "", "8 (495) 123-45-67")]
    [InlineData("measured 8-916-123-45-67 there", "DE", "")]
    [InlineData("партия 8-916-123-45-67 пришла", "RU", "")]
    [InlineData("отправление 89161234567 потеряно", "RU", "")]
    [InlineData("число 81161234567 на экране", "RU", "")]
    public void Look_NumberWithTrunkEight_IsFoundWithIt(string text, string country, string expected) => Assert.Equal(expected, Found(text, country));

    [Theory]
    [InlineData("tel 020-5550199 / 06 1234 56 78", "NL", "020-5550199|06 1234 56 78")]
    [InlineData("tel 020 555 01 99 - 06 12 34 56 78", "NL", "020 555 01 99|06 12 34 56 78")]
    [InlineData("Tel. 030 1234567 / 0171 1234567", "DE", "030 1234567|0171 1234567")]
    [InlineData("Tel. 030 / 12345678", "DE", "030 / 12345678")]
    [InlineData("Tel. +49 8092 / 123456", "DE", "+49 8092 / 123456")]
    [InlineData("電話 090 - 1234 - 5678", "JP", "090 - 1234 - 5678")]
    public void Look_TwoNumbersWithASlashBetween_AreFoundWhole(string text, string country, string expected) => Assert.Equal(expected, Found(text, country));

    [Theory]
    [InlineData("Mi chiami al 347 1234567", "IT", "347 1234567")]
    [InlineData("Mi scriva al 347-1234567 grazie", "IT", "347-1234567")]
    [InlineData("sto aspettando, 347 123 4567", "IT", "347 123 4567")]
    [InlineData("estoy esperando, 612 345678", "ES", "612 345678")]
    [InlineData("Ordine 347 1234567 spedito", "IT", "")]
    [InlineData("Pezzo 347 1234567 rotto", "IT", "")]
    [InlineData("misura 347 1234567 vista", "DE", "")]
    [InlineData("misura 123 4567890 vista", "IT", "")]
    public void Look_MobileInTwoGroups_IsFoundAtHome(string text, string country, string expected) => Assert.Equal(expected, Found(text, country));

    [Theory]
    [InlineData("mi número 612345678", "ES", "612345678")]
    [InlineData("mi número es el 612345678", "ES", "612345678")]
    [InlineData("mój numer 601234567", "PL", "601234567")]
    [InlineData("il mio numero: 3471234567", "IT", "3471234567")]
    [InlineData("mon numéro est 612345678", "FR", "612345678")]
    [InlineData("meu número 11987654321", "BR", "11987654321")]
    [InlineData("my number is 5550134", "US", "5550134")]
    [InlineData("meine Nummer lautet 1712345678", "DE", "1712345678")]
    [InlineData("мой номер 9161234567", "RU", "9161234567")]
    [InlineData("我的号码13812345678", "CN", "13812345678")]
    [InlineData("mi número de pedido 612345678", "ES", "")]
    [InlineData("mi número de cliente 612345678", "ES", "")]
    [InlineData("my order number 4155552671", "US", "")]
    [InlineData("my number for order 4155552671", "US", "")]
    [InlineData("mój numer zamówienia 601234567", "PL", "")]
    [InlineData("il mio numero d'ordine 3471234567", "IT", "")]
    [InlineData("mon numéro de commande 612345678", "FR", "")]
    [InlineData("meu número de pedido 11987654321", "BR", "")]
    [InlineData("meine Nummer der Bestellung 1712345678", "DE", "")]
    [InlineData("мой номер заказа 9161234567", "RU", "")]
    public void Look_NumberBehindMyNumber_IsATelephone(string text, string country, string expected) => Assert.Equal(expected, Found(text, country));

    private string Found(string text, string country) =>
        string.Join('|', _detection.Look(text, country, "", null).Findings.Where(f => f.Entity == "PHONE_NUMBER").Select(f => text[f.Start..f.End]));
}
