using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Privacy.Tests.Concepts;

/// <summary>A dictionary's file: faults with their places and cures, and the way there and back.</summary>
public sealed class ConceptFileTests
{
    [Theory]
    [InlineData("a: {patterns: [a*]}", "6:24: 'a*' is too short")]
    [InlineData("a: {patterns: [sm*ke]}", "6:24: 'sm*ke' has a star inside a word")]
    [InlineData("a: {patterns: [smoke%]}", "6:24: 'smoke%' has something other than")]
    [InlineData("a: {patterns: [~3 smoke]}", "6:24: '~3' is no gap")]
    [InlineData("a: {patterns: [smoke ~21 fire]}", "6:24: '~21' is no gap")]
    [InlineData("a: {patterns: [smoke ~x fire]}", "6:24: '~x' is no gap")]
    [InlineData("a: {patterns: ['a1 ~1 b2 ~1 c3 ~1 d4 ~1 e5']}", "6:24: A pattern has no word, or over 4 parts")]
    [InlineData("a: {patterns: [smoke], except: [smoke ~2 free]}", "6:41: 'smoke ~2 free' is more than words in a row")]
    [InlineData("a: {patterns: ['lot /[A-Z]{2}/']}", "6:24: The pattern takes a value, and 'a' says not where it goes")]
    [InlineData("lot: {patterns: [lot]}", "6:26: 'lot' goes into a field, and the pattern takes no value")]
    [InlineData("lot: {patterns: ['lot /[A-Z]{2,}/']}", "does not hold together")]
    [InlineData("lot: {patterns: ['lot /[A-Z]{2,99}/']}", "does not hold together")]
    [InlineData("lot: {patterns: ['lot /[A-Z/']}", "does not hold together")]
    [InlineData("lot: {patterns: ['lot /.{5}/']}", "does not hold together")]
    [InlineData("lot: {patterns: ['lot /a+/']}", "has something other than letters, digits")]
    [InlineData(@"lot: {patterns: ['lot /\w{3}/']}", "does not hold together")]
    [InlineData("lot: {patterns: ['/[A-Z]{2}/']}", "A value stands alone")]
    [InlineData("lot: {patterns: ['lot /[A-Z]{2}/ here']}", "A value stands alone or is not the last")]
    [InlineData("b: {patterns: [smoke]}", "6:9: 'b' is no concept of this dictionary")]
    [InlineData("a: {pattern: [smoke]}", "6:13: Unknown key 'pattern'")]
    [InlineData("a: {patterns: smoke}", "Expected a list for 'patterns'")]
    public void Parse_AFault_IsToldWithItsPlace(string concept, string told)
    {
        var load = ConceptFile.Parse([("t.yaml", $"concepts:\n  a: {{}}\n  lot: {{into: product.lot}}\nlanguages:\n  en: {{concepts: {{\n        {concept}}}}}\n")]);

        Assert.Empty(load.Entries);
        Assert.Contains(load.Faults, fault => fault.ToString().Contains(told, StringComparison.Ordinal) && fault.Cure.Length > 0);
    }

    [Theory]
    [InlineData("concepts: {A: {}}", "1:12: 'A' is no code of a concept")]
    [InlineData("concepts: {a: {into: product.colour}}", "1:22: Nothing can go into 'product.colour'")]
    [InlineData("concepts: {a: {class: smoke}}", "1:23: 'smoke' is not a data class")]
    [InlineData("concepts: {a: {}}\nlanguages: {english: {}}", "2:13: 'english' is no language")]
    [InlineData("concepts: {a: {}}\nlanguages: {en: {guards: {window: 99}}}", "2:35: '99' is no reach of words")]
    [InlineData("concepts: {a: {}}\nlanguages: {en: {guards: {before: [no ~2 way]}}}", "'no ~2 way' is more than words in a row")]
    [InlineData("concepts: {a: {}}", "It has 0 patterns")]
    [InlineData("[1]", "Start with 'concepts: …' or 'languages: …'")]
    [InlineData("concepts: [", "Not YAML")]
    public void Parse_ADocumentWithAFault_TellsIt(string yaml, string told) =>
        Assert.Contains(ConceptFile.Parse([("t.yaml", yaml)]).Faults, fault => fault.ToString().Contains(told, StringComparison.Ordinal));

    [Fact]
    public void Parse_SeveralFilesInAnyOrder_ComeTogether()
    {
        var concepts = ("concepts.yaml", "concepts: {a: {}}");
        var english = ("en.yaml", "languages: {en: {concepts: {a: {label: smoke, patterns: [smoke]}}}}");
        var german = ("de.yaml", "languages: {de: {concepts: {a: {label: Rauch, patterns: [rauch]}}}}");

        Assert.Equal(["de: Rauch", "en: smoke"], ConceptFile.Parse([english, german, concepts]).Entries[0].Labels.Select(label => $"{label.Language}: {label.Text}").Order(StringComparer.Ordinal));
        Assert.Contains("The language 'en' stands twice", ConceptFile.Parse([concepts, english, ("more.yaml", english.Item2)]).Faults[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_TheStarter_IsReadBackAsItWas()
    {
        var entries = ConceptKit.Entries(ConceptFile.Starter);
        using var text = new StringWriter();

        ConceptWriter.Write(text, entries);
        var again = ConceptKit.Entries(("again.yaml", text.ToString()));

        Assert.Equal(Plain(entries), Plain(again));
    }

    [Fact]
    public void Starter_IsOneDictionaryOfTwelveLanguages_AndAllOfItIsUnderstood()
    {
        var languages = ConceptKit.Entries(ConceptFile.Starter).SelectMany(entry => entry.Labels).Select(label => label.Language).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(["de", "en", "es", "fr", "it", "ja", "ko", "mul", "nl", "pl", "pt", "ru", "zh"], languages);
        Assert.Empty(ConceptKit.Starter.Notices);
        Assert.All(
            ConceptKit.Entries(ConceptFile.Starter).Where(entry => entry.Code.StartsWith("hazard.", StringComparison.Ordinal)),
            entry => Assert.Equal(12, entry.Labels.Count(label => label.Text.Length > 0 && label.Patterns.Count > 0)));
    }

    private static IEnumerable<string> Plain(IReadOnlyList<DictionaryEntry> entries) => entries
        .SelectMany(entry => entry.Labels.OrderBy(label => label.Language, StringComparer.Ordinal), (entry, label) => $"{entry.Code} {entry.DataClass} {entry.Into} {label}")
        .Order(StringComparer.Ordinal);
}
