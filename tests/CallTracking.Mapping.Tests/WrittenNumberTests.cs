using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>Numbers, amounts, lengths of time and answers as sources write them.</summary>
public sealed class WrittenNumberTests
{
    [Theory]
    [InlineData("ja-JP", "１，２３４．５", 1234.5)]
    [InlineData("ar-EG", "١٢٣", 123.0)]
    [InlineData("de-CH", "1'234.5", 1234.5)]
    [InlineData("de-CH", "1’234.5", 1234.5)]
    [InlineData("fr-FR", "1 234,5", 1234.5)]
    [InlineData("fr-FR", "1\u00A0234,5", 1234.5)]
    [InlineData("fr-FR", "1\u202F234,5", 1234.5)]
    [InlineData("fr-FR", "1 2345", null)]
    [InlineData("en-IN", "12,34,567.5", 1234567.5)]
    [InlineData("en-IN", "1,234,567", null)]
    [InlineData("en-US", "12,34,567", null)]
    [InlineData("en-US", "(1,234.5)", -1234.5)]
    [InlineData("en-US", "(-5)", null)]
    [InlineData("en-US", "\u22125", -5.0)]
    [InlineData("en-US", "$5", 5.0)]
    [InlineData("en-US", "-$5", -5.0)]
    [InlineData("en-US", "€5", null)]
    [InlineData("en-US", "45 %", null)]
    [InlineData("de-DE", "1.5", null)]
    [InlineData("en-US", ",5", null)]
    public async Task Number_OfItsCulture_IsRead(string culture, string text, double? expected)
    {
        var outcome = Assert.Single(await Reading.AllAsync(Reading.Csv("satisfaction.ces: n", more: $"culture: {culture}"), $"id,n\n1,\"{text}\"\n"));

        Assert.Equal(expected, (outcome as RowOutcome.Mapped)?.Case.Satisfaction.Ces);
    }

    [Theory]
    [InlineData("de-AT", "1.286,50", 1286.5)]
    [InlineData("de-AT", "-1.286,50", -1286.5)]
    [InlineData("de-AT", "1.234.567", 1234567.0)]
    [InlineData("de-AT", "1 286,50", 1286.5)]
    [InlineData("de-AT", "1.286", null)]
    [InlineData("de-AT", "1286.50", null)]
    [InlineData("de-AT", "1.28,50", null)]
    [InlineData("de-AT", "1286.500,5", null)]
    [InlineData("de-AT", "1.234 567,5", null)]
    [InlineData("de-AT", "1,286.50", null)]
    [InlineData("de-CH", "1,286.50", 1286.5)]
    [InlineData("de-CH", "1 286.50", 1286.5)]
    [InlineData("de-CH", "1.286", 1.286)]
    [InlineData("de-CH", "1,286", null)]
    [InlineData("de-CH", "1.286,50", null)]
    [InlineData("fr-FR", "1.286,50", 1286.5)]
    [InlineData("fr-FR", "1.286", null)]
    [InlineData("fr-FR", "1,286", 1.286)]
    [InlineData("fr-CH", "1'286,50", 1286.5)]
    [InlineData("fr-CH", "1.286,50", 1286.5)]
    [InlineData("fr-CH", "1'286", 1286.0)]
    [InlineData("fr-CH", "1'286.50", 1286.5)]
    [InlineData("fr-CH", "-1’286’000.5", -1286000.5)]
    [InlineData("fr-CH", "1'286.500", null)]
    [InlineData("fr-CH", "1'28.50", null)]
    [InlineData("fr-CH", "1'286.50,5", null)]
    [InlineData("fr-CH", "1.286'500.5", null)]
    [InlineData("fr-CH", "1286.50", null)]
    [InlineData("de-CH", "1'286,50", 1286.5)]
    [InlineData("fr-FR", "1 286.50", 1286.5)]
    [InlineData("pl-PL", "1.286,50", 1286.5)]
    [InlineData("pl-PL", "1.286.000", 1286000.0)]
    [InlineData("pl-PL", "1.286", null)]
    [InlineData("pt-PT", "1.286,50", 1286.5)]
    [InlineData("pt-PT", "1286,50", 1286.5)]
    [InlineData("es-ES", "1.286,50", 1286.5)]
    [InlineData("es-ES", "1.286", 1286.0)]
    [InlineData("en-ZA", "1 286,50", 1286.5)]
    [InlineData("en-ZA", "1.286,50", 1286.5)]
    [InlineData("en-ZA", "1,286.50", null)]
    [InlineData("en-US", "1,286.50", 1286.5)]
    [InlineData("en-US", "1 286.50", null)]
    [InlineData("en-US", "1.286,50", null)]
    public async Task Number_GroupedAsItsCountryDoes_IsReadWhereItCannotMeanAnother(string culture, string text, double? expected)
    {
        var outcome = Assert.Single(await Reading.AllAsync(Reading.Csv("satisfaction.ces: n", more: $"culture: {culture}"), $"id,n\n1,\"{text}\"\n"));

        Assert.Equal(expected, (outcome as RowOutcome.Mapped)?.Case.Satisfaction.Ces);
    }

    [Fact]
    public async Task Number_ThatIsNone_NamesTheCultureWhatItExpectsAndACure()
    {
        var outcome = Assert.Single(await Reading.AllAsync(Reading.Csv("satisfaction.ces: n", more: "culture: de-AT"), "id,n\n1,1.286\n"));

        var message = Assert.IsType<RowOutcome.Rejected>(outcome).Message;
        Assert.Contains("a number such as 1286,50 (de-AT)", message, StringComparison.Ordinal);
        Assert.Contains("culture: de-DE reads 1.286,50", message, StringComparison.Ordinal);
        Assert.DoesNotContain("1.286 ", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("whole", "45 %", 45.0)]
    [InlineData("fraction", "45%", 0.45)]
    [InlineData("whole", "45", 45.0)]
    public async Task Number_InPercent_IsWhatTheMappingSays(string percent, string text, double expected)
    {
        var outcome = Assert.Single(await Reading.AllAsync(Reading.Csv($"satisfaction.ces: {{from: n, percent: {percent}}}"), $"id,n\n1,{text}\n"));

        Assert.Equal(expected, Assert.IsType<RowOutcome.Mapped>(outcome).Case.Satisfaction.Ces);
    }

    [Theory]
    [InlineData("ja-JP", "JPY", "￥12,000", 12_000L)]
    [InlineData("ja-JP", "JPY", "12,000円", 12_000L)]
    [InlineData("de-DE", "EUR", "EUR 12", 12L)]
    [InlineData("de-AT", "EUR", "€ 1.286", 1286L)]
    [InlineData("fr-FR", "EUR", "1.286 €", null)]
    [InlineData("en-US", "CHF", "12 Fr.", 12L)]
    [InlineData("en-US", "EUR", "$12", null)]
    [InlineData("de-DE", "USD", "12 €", null)]
    public async Task Amount_WithASign_IsOfThatCurrencyOnly(string culture, string currency, string text, long? units)
    {
        var yaml = Reading.Csv($"repair.cost: {{from: c, currency: {currency}}}", more: $"culture: {culture}");

        var outcome = Assert.Single(await Reading.AllAsync(yaml, $"id,c\n1,\"{text}\"\n"));

        Assert.Equal(units * 1_000_000, (outcome as RowOutcome.Mapped)?.Case.Repair.Cost.Micros);
    }

    [Theory]
    [InlineData("", "1:02:03", 3723.0)]
    [InlineData("", "100:00:00", 360000.0)]
    [InlineData("", "1:62:03", null)]
    [InlineData("", "2:03", null)]
    [InlineData("format: \"m:s\"", "75:03.5", 4503.5)]
    [InlineData("format: \"h:m\", unit: minutes", "1:30", 90.0)]
    [InlineData("format: 12h", "12:02:23 AM", 143.0)]
    [InlineData("format: iso, unit: hours", "P1DT6H", 30.0)]
    [InlineData("format: iso", "P1M", null)]
    [InlineData("format: minutes", "\"1,5\"", 90.0)]
    [InlineData("format: days, unit: hours", "\"0,25\"", 6.0)]
    [InlineData("format: minutes", "-1", null)]
    [InlineData("format: [\"h:m:s\", minutes]", "2", 120.0)]
    public async Task Duration_AsItIsWritten_IsKeptInItsUnit(string keys, string text, double? expected)
    {
        var yaml = Reading.Csv("subject: id", more: $"culture: de-DE\ncustom_fields: {{wait: {{from: w, class: technical, type: duration{(keys.Length > 0 ? ", " : "")}{keys}}}}}");

        var outcome = Assert.Single(await Reading.AllAsync(yaml, $"id,w\n1,{text}\n"));

        Assert.Equal(expected, (outcome as RowOutcome.Mapped)?.Case.CustomFields[0].Number);
    }

    [Theory]
    [InlineData("scale: stars", "★★★★☆", 75.0)]
    [InlineData("scale: stars", "⭐⭐⭐⭐⭐", 100.0)]
    [InlineData("scale: stars", "3", 50.0)]
    [InlineData("scale: stars", "☆☆☆☆☆", null)]
    [InlineData("scale: good_bad", "Good", 100.0)]
    [InlineData("scale: good_bad", "bad", 0.0)]
    [InlineData("scale: good_bad", "fair", null)]
    [InlineData("scale: [-103, 103]", "-103", 0.0)]
    [InlineData("scale: [0, 100], percent: whole", "85%", 85.0)]
    public async Task Satisfaction_OnAScaleOfAnyKind_HasAScore(string keys, string text, double? score)
    {
        var outcome = Assert.Single(await Reading.AllAsync(Reading.Csv($"satisfaction.csat: {{from: s, {keys}}}"), $"id,s\n1,{text}\n"));

        Assert.Equal(score, (outcome as RowOutcome.Mapped)?.Case.Satisfaction.CsatScore);
    }

    [Theory]
    [InlineData("scale: good_bad", "offered")]
    [InlineData("scale: [1, 3], nulls: [\"0\"]", "0")]
    public async Task Satisfaction_ThatNobodyGave_IsAbsent(string keys, string text)
    {
        var outcome = Assert.Single(await Reading.AllAsync(Reading.Csv($"satisfaction.csat: {{from: s, {keys}}}"), $"id,s\n1,{text}\n"));

        Assert.Null(Assert.IsType<RowOutcome.Mapped>(outcome).Case.Satisfaction);
    }

    [Theory]
    [InlineData("{from: s, lower: true, values: {Open: open}}", "'open'")]
    [InlineData("{from: s, values: {\"open \": open}}", "'open'")]
    [InlineData("{from: s, normalize: {width: half}, values: {Ａ: open}}", "'A'")]
    [InlineData("{from: s, nulls: [none], values: {none: new}}", "default")]
    [InlineData("{from: s, values: {\"\": new}}", "default")]
    public void Values_WithAWordThatNeverComes_AreAFault(string field, string cure) =>
        Assert.Contains(cure, Assert.Single(SourceMapping.Parse("m.yaml", Reading.Csv($"status: {field}")).Faults).Cure, StringComparison.Ordinal);
}
