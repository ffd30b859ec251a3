using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Privacy.Tests.Concepts;

/// <summary>Values that patterns take out of texts, and what decides whether they may be told.</summary>
public sealed class ConceptValueTests
{
    private static readonly ConceptMatcher Lots = ConceptKit.Of(
        "a: {patterns: ['lot ~2 /[A-Z]{2}\\d{4,6}/', 'ロット番号 ~1 /[A-Z]{2}\\d{4,6}/']}, b: {patterns: [smoke]}", declared: "a: {into: product.lot}, b: {class: child}");

    [Theory]
    [InlineData("lot AB1234", "AB1234")]
    [InlineData("Lot no.: ab123456.", "AB123456")]
    [InlineData("lot ＡＢ１２３４", "AB1234")]
    [InlineData("ロット番号はAB1234です", "AB1234")]
    [InlineData("lot AB1234567", "")]
    [InlineData("lot AB1234-77", "")]
    [InlineData("lot is not known to me AB1234", "")]
    [InlineData("lot\nAB1234", "")]
    [InlineData("lot AB1234 and lot AB1234", "AB1234")]
    [InlineData("lot AB1234 and lot AB1235", "")]
    public void Mark_APatternWithAValue_FillsTheFieldWhereOnlyOneStands(string text, string lot)
    {
        var value = ConceptKit.Case(text);

        Lots.Mark(value, ConceptKit.Open);

        Assert.Equal((lot, lot.Length > 0 ? "a" : ""), (value.Product?.Lot ?? "", string.Join(' ', value.Concepts.Select(code => code.Code))));
    }

    [Fact]
    public void Mark_TheSourceSaysTheLot_LeavesIt()
    {
        var value = ConceptKit.Case("lot AB1234");
        value.Product = new Product { Lot = "2026-W31" };

        Lots.Mark(value, ConceptKit.Open);

        Assert.Equal("2026-W31", value.Product.Lot);
        Assert.Empty(value.Concepts);
    }

    [Theory]
    [InlineData("{action: keep}", "AB1234")]
    [InlineData("{action: generalize, at: edge, to: lot}", "AB1234")]
    [InlineData("{action: generalize, at: edge, to: \"prefix:2\"}", "")]
    [InlineData("{action: mask, at: edge}", "")]
    [InlineData("{action: pseudonymize, at: edge, purpose: customer-link}", "")]
    [InlineData("{action: drop, at: edge}", "")]
    public void Mark_ALot_FollowsTheRuleOfSerialNumbers(string rule, string lot)
    {
        var value = ConceptKit.Case("lot AB1234");

        Lots.Mark(value, new EdgeRedactor(PolicyKit.OneCountry($"serial_number: {rule}"), PolicyKit.Keys));

        Assert.Equal(lot, value.Product?.Lot ?? "");
        Assert.Equal(lot.Length > 0 ? 1 : 0, value.Concepts.Count);
    }

    [Fact]
    public void Mark_APersonalValueWhereALotIsAskedFor_IsNotTold()
    {
        var value = ConceptKit.Case("lot AB123456");
        value.Customer = new Customer { Number = PolicyKit.Clear("ab-12 3456") };

        Lots.Mark(value, ConceptKit.Open);

        Assert.Equal("", value.Product?.Lot ?? "");
    }

    [Theory]
    [InlineData("SG", "batch NRIC S8193036H", "")]
    [InlineData("ES", "lote, NIE X9458073J", "")]
    [InlineData("GB", "lot of NINO AB123456C", "")]
    [InlineData("DE", "lot AB123456 since the update", "AB123456")]
    [InlineData("DE", "firmware update from 84.142.17.203 failed", "")]
    [InlineData("DE", "firmware 84.142.17.203 failed", "84.142.17.203")]
    [InlineData("DE", "firmware 2.1.0 since, please call 0151 23452178", "2.1.0")]
    [InlineData("BR", "firmware, born 17.05.1980 in Rio", "")]
    public void Mark_WhatRedactionTakesOutOfTheText_IsNoLotAndNoFirmware(string country, string text, string told)
    {
        var matcher = ConceptKit.Of(
            @"a: {patterns: ['lot* ~2 /[A-Z]{1,2}\d{6,7}[A-Z]?/', 'batch ~2 /[A-Z]{1,2}\d{6,7}[A-Z]?/']}, b: {patterns: ['firmware ~2 /\d{1,3}\.\d{1,3}\.\d{1,4}(\.\d{1,3})?/']}",
            declared: "a: {into: product.lot}, b: {into: product.firmware}");
        var value = ConceptKit.Case(text);
        value.CustomerCountry = country;

        matcher.Mark(value, ConceptKit.Open);

        Assert.Equal(told, $"{value.Product?.Lot}{value.Product?.Firmware}");
    }

    [Theory]
    [InlineData("firmware 1980.03.12")]
    [InlineData("firmware? 생년월일 1980.03.12")]
    [InlineData("firmware V12.3.1980")]
    [InlineData("firmware 1980/03/12")]
    public void Mark_ABirthDateBehindTheWordForFirmware_GivesNoPieceOfIt(string text)
    {
        var matcher = ConceptKit.Of(@"a: {patterns: ['firmware ~2 /V?\d{1,3}\.\d{1,3}(\.\d{1,5}){0,2}/', 'firmware ~2 /\d{1,2}\/\d{1,2}/']}", declared: "a: {into: product.firmware}");
        var value = ConceptKit.Case(text);
        value.Customer = new Customer { BirthDate = PolicyKit.Clear("1980-03-12") };

        matcher.Mark(value, ConceptKit.Open);

        Assert.Equal(("", 0), (value.Product?.Firmware ?? "", value.Concepts.Count));
    }

    [Theory]
    [InlineData("3.1.2", "3.1.2")]
    [InlineData("0.3.12", "0.3.12")]
    [InlineData("19.80", "19.80")]
    [InlineData("12.3.1980", "")]
    [InlineData("12.03.80", "")]
    [InlineData("3-12-1980", "")]
    [InlineData("19800312", "")]
    [InlineData("12031980", "")]
    [InlineData("800312", "")]
    [InlineData("120380", "")]
    [InlineData("12.3.1980.1", "")]
    [InlineData("1980.03.12.77.4", "")]
    public void Mark_AFirmwareBesideABirthDate_IsToldUnlessItIsThatDay(string firmware, string told)
    {
        var matcher = ConceptKit.Of(@"a: {patterns: ['firmware ~2 /\d{1,8}((\.|-)\d{1,4}){0,2}/']}", declared: "a: {into: product.firmware}");
        var value = ConceptKit.Case($"firmware {firmware} since the update");
        value.Customer = new Customer { BirthDate = PolicyKit.Clear("1980-03-12"), Phones = { PolicyKit.Clear("+49 171 3123456") } };

        matcher.Mark(value, ConceptKit.Open);

        Assert.Equal((told, told.Length > 0 ? 1 : 0), (value.Product?.Firmware ?? "", value.Concepts.Count));
    }

    [Theory]
    [InlineData("AB1234", "")]
    [InlineData("AB1234-0001", "AB1234")]
    public void Mark_TheSerialNumberItself_IsNotTold(string serial, string lot)
    {
        var value = ConceptKit.Case("lot AB1234");
        value.Product = new Product { Serial = PolicyKit.Clear(serial) };

        Lots.Mark(value, ConceptKit.Open);

        Assert.Equal(lot, value.Product.Lot);
    }

    [Fact]
    public void Mark_AConceptWithAClass_FollowsItsRule()
    {
        Assert.Equal("b", ConceptKit.Codes(Lots, "smoke"));

        var value = ConceptKit.Case("smoke");
        Lots.Mark(value, new EdgeRedactor(PolicyKit.OneCountry("free_text: {action: keep}"), PolicyKit.Keys));

        Assert.Empty(value.Concepts);
    }

    [Fact]
    public void Mark_UnderEveryBuiltInLaw_LeavesNoTextBehind()
    {
        var value = PolicyKit.German();
        value.Description = PolicyKit.Clear("Rauch kam aus dem Gehäuse, sagt Jürgen Weißmüller.");
        value.Language = "de";
        var rules = new EdgeRedactor(PolicySet.Parse(PolicySet.BuiltInPacks, PolicyKit.Day).Policies!, PolicyKit.Keys);

        ConceptKit.Starter.Mark(value, rules);
        rules.Redact(value);

        Assert.Equal("hazard.smoke", Assert.Single(value.Concepts).Code);
        Assert.DoesNotContain("Weißmüller", value.ToString(), StringComparison.Ordinal);
    }
}
