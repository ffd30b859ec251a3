using Xunit;

namespace CallTracking.Privacy.Tests;

/// <summary>Words for orders, invoices and serial numbers speak of the number right behind them, and of no value that is told by itself.</summary>
public sealed class OrderWordTests
{
    private readonly TextDetection _detection = new();

    [Theory]
    [InlineData("I paid my order with 4111 1111 1111 1111", "US", "4111 1111 1111 1111")]
    [InlineData("I paid my order with 4111111111111111", "US", "4111111111111111")]
    [InlineData("order 4500123456, paid by 4111111111111111", "US", "4111111111111111")]
    [InlineData("Rechnung 4111 1111 1111 1111 bezahlt", "DE", "4111 1111 1111 1111")]
    [InlineData("facture payée 5555-5555-5555-4444", "FR", "5555-5555-5555-4444")]
    [InlineData("счёт 4111 1111 1111 1111", "RU", "4111 1111 1111 1111")]
    [InlineData("注文 4111-1111-1111-1111 で払いました", "JP", "4111-1111-1111-1111")]
    [InlineData("Charged on 4917512373942711 yesterday.", "US", "4917512373942711")]
    [InlineData("Please charge 4917512373942711 again.", "US", "4917512373942711")]
    [InlineData("Charge-Nr. 4917512373942711", "DE", "")]
    [InlineData("Charge 4917512373942711 ist betroffen", "DE", "")]
    [InlineData("Phone won't stay charged, IMEI 490154203237518", "US", "")]
    [InlineData("Chargennummer 4917512373942711", "DE", "")]
    [InlineData("order 4111111111111111 was shipped", "US", "")]
    [InlineData("order no. 4111111111111111 was shipped", "US", "")]
    [InlineData("Auftragsnr. 4111111111111111 fehlt", "DE", "")]
    [InlineData("Auftrag Nr.: 4111111111111111 fehlt", "DE", "")]
    [InlineData("订单号是4111111111111111", "CN", "")]
    [InlineData("orders 4500123456 and 4111111111111111 were shipped", "US", "")]
    [InlineData("the EAN on the box reads 4006381333931", "US", "")]
    [InlineData("Order 4111 1111 1111 1112 was shipped", "US", "")]
    [InlineData("Order 1234 5678 9012 3452 was shipped", "US", "")]
    public void Look_CardBesideAnOrder_IsFoundByItsGroupsOrWhereTheWordIsNotRightBefore(string text, string country, string expected) =>
        Assert.Equal(expected, Found(text, country, "CREDIT_CARD"));

    [Theory]
    [InlineData("About my order, 536-22-8712 is mine", "US", "536-22-8712")]
    [InlineData("order 4500123456 for 536-22-8712", "US", "536-22-8712")]
    [InlineData("pedido 4500123456, 529.982.247-25", "BR", "529.982.247-25")]
    [InlineData("meu pedido em nome de 529.982.247-25", "BR", "529.982.247-25")]
    [InlineData("pedido 529.982.247-25", "BR", "529.982.247-25")]
    [InlineData("주문자 850315-1234566 입니다", "KR", "850315-1234566")]
    [InlineData("Order 536-22-8712 was shipped", "US", "")]
    [InlineData("invoice number: 536-22-8712", "US", "")]
    [InlineData("Part 536-22-8712 does not fit", "US", "")]
    [InlineData("pedido 52998224725 chegou", "BR", "")]
    [InlineData("peça 529.982.247-25 quebrada", "BR", "")]
    public void Look_IdentifierBesideAnOrder_IsFoundByItsCheckDigitAndSeparators(string text, string country, string expected) =>
        Assert.Equal(expected, Identifiers(text, country));

    [Theory]
    [InlineData("case update: 4155552671 cell 4155552672 home", "US", "4155552671|4155552672")]
    [InlineData("pedido 4500123456, (11) 98765-4321", "BR", "(11) 98765-4321")]
    [InlineData("Order 4500123456, my number is (415) 555-2671", "US", "(415) 555-2671")]
    [InlineData("Order 4500123456 (415) 555-2671", "US", "(415) 555-2671")]
    [InlineData("Order 4500123456 415-555-2671", "US", "415-555-2671")]
    [InlineData("about my order, 415-555-2671 please", "US", "415-555-2671")]
    [InlineData("Bestellung bitte an 0171 2345678 melden", "DE", "0171 2345678")]
    [InlineData("Bestellung 4500123456, 01712345678", "DE", "01712345678")]
    [InlineData("commande 4500123456, 06 12 34 56 78", "FR", "06 12 34 56 78")]
    [InlineData("注文の件 090-1234-5678", "JP", "090-1234-5678")]
    [InlineData("주문 4500123456, 010-1234-5678", "KR", "010-1234-5678")]
    [InlineData("注文番号 090-1234-5678 が届きません", "JP", "")]
    [InlineData("order number is 415-555-2671", "US", "")]
    [InlineData("Order 45 0012 415-555-2671 arrived", "US", "")]
    [InlineData("Bestellungen 0123 456789 und 4500123456", "DE", "")]
    [InlineData("Bestellungen 4500123456 und 01712345678", "DE", "")]
    [InlineData("orders 4500123456, 4500123457 and 4155552671", "US", "")]
    [InlineData("заказ 8 916 123-45-67 не пришёл", "RU", "")]
    [InlineData("замовлення 0670001234 не прийшло", "UA", "")]
    [InlineData("накладна 0501234567", "UA", "")]
    [InlineData("серійний номер 067 000 12 34", "UA", "")]
    [InlineData("rendelésszám 06201234567", "HU", "")]
    [InlineData("comanda 0721234567 nu a ajuns", "RO", "")]
    [InlineData("поръчка 0887123456", "BG", "")]
    [InlineData("narudžba 0911234567", "HR", "")]
    [InlineData("tilausnumero 0401234567", "FI", "")]
    [InlineData("objednávka 0905123456", "SK", "")]
    [InlineData("παραγγελία 6971234567", "GR", "")]
    [InlineData("접수번호 01012345678", "KR", "")]
    [InlineData("Vorgang 0171/3920017", "DE", "")]
    [InlineData("confirmation 212-555-0143", "US", "")]
    [InlineData("for confirmation call 212-555-0143", "US", "212-555-0143")]
    [InlineData("замовлення 4412345, дзвоніть 067 000 12 34", "UA", "067 000 12 34")]
    public void Look_TelephoneBesideAnOrder_IsFoundByItsShapeWhereTheWordIsNotRightBefore(string text, string country, string expected) =>
        Assert.Equal(expected, Found(text, country, "PHONE_NUMBER"));

    [Theory]
    [InlineData("Order 4500123456, cell 415-555-2671", "US", "415-555-2671")]
    [InlineData("Order 4500123456, phone is 4155552671", "US", "4155552671")]
    [InlineData("order 4500123456 cell: (415) 555-2671", "US", "(415) 555-2671")]
    [InlineData("Order 4500123456, mobile +1 415 555 2671", "US", "+1 415 555 2671")]
    [InlineData("Bestellung 4500123456, Handy 0171 2345678", "DE", "0171 2345678")]
    [InlineData("Bestellung 4500123456, Handynr.: 0171 2345678", "DE", "0171 2345678")]
    [InlineData("订单4500123456，手机13812345678", "CN", "13812345678")]
    [InlineData("注文4500123456、携帯 090-1234-5678", "JP", "090-1234-5678")]
    [InlineData("заказ 4500123456, тел. 8 916 123-45-67", "RU", "8 916 123-45-67")]
    [InlineData("order for 416 60 039 office", "NO", "416 60 039")]
    public void Look_WordForTelephonesBetweenTwoNumbers_SpeaksOfTheOneBehindIt(string text, string country, string expected) =>
        Assert.Equal(expected, Found(text, country, "PHONE_NUMBER"));

    [Theory]
    [InlineData("volejte na 601 234 567", "CZ", "601 234 567")]
    [InlineData("volejte 777123456, děkuji", "CZ", "777123456")]
    [InlineData("ozvěte se na 601 234 567", "CZ", "601 234 567")]
    [InlineData("zavolajte na 905 123 456", "SK", "905 123 456")]
    [InlineData("ring på 20123456", "DK", "20123456")]
    [InlineData("llamame al 011 15-5123-4567", "AR", "011 15-5123-4567")]
    [InlineData("cel: 011 15-5123-4567", "AR", "011 15-5123-4567")]
    [InlineData("marquen al 044 55 1234 5678", "MX", "044 55 1234 5678")]
    [InlineData("дзвоніть 067 000 12 34", "UA", "067 000 12 34")]
    [InlineData("the ring 20123456 is worn", "US", "")]
    public void Look_WordsForCalling_SpeakOfTheNumberBehindThem(string text, string country, string expected) =>
        Assert.Equal(expected, Found(text, country, "PHONE_NUMBER"));

    private string Found(string text, string country, string entity) =>
        string.Join('|', _detection.Look(text, country, "", null).Findings.Where(f => f.Entity == entity).Select(f => text[f.Start..f.End]));

    private string Identifiers(string text, string country) => string.Join(
        '|', _detection.Look(text, country, "", null).Findings.Where(f => f.DataClass == Contracts.DataClass.NationalId).Select(f => text[f.Start..f.End]).Distinct());
}
