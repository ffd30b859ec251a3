using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Privacy.Tests.Concepts;

/// <summary>Dictionaries and cases that the concept tests share.</summary>
internal static class ConceptKit
{
    public static readonly ConceptMatcher Starter = ConceptMatcher.Of([Dictionary(ConceptFile.StarterName, 1, Entries(ConceptFile.Starter))])!;

    /// <summary>A policy that keeps whatever a dictionary may tell.</summary>
    public static readonly EdgeRedactor Open = new(PolicyKit.OneCountry("serial_number: {action: generalize, at: edge, to: lot}\nchild: {action: keep, ground: \"consent\"}"), PolicyKit.Keys);

    public static IReadOnlyList<DictionaryEntry> Entries(params IEnumerable<(string File, string Yaml)> documents)
    {
        var load = ConceptFile.Parse(documents);
        Assert.Empty(load.Faults.Select(fault => fault.ToString()));
        return load.Entries;
    }

    public static Dictionary Dictionary(string name, uint version, IReadOnlyList<DictionaryEntry> entries) =>
        new() { Name = name, Version = version, Kind = DictionaryKind.Concepts, Page = 1, Pages = 1, Entries = { entries } };

    /// <summary>A matcher of one language, given what stands under it.</summary>
    public static ConceptMatcher Of(string concepts, string guards = "{}", string language = "en", string declared = "a: {}, b: {}") => ConceptMatcher.Of(
        [Dictionary("test", 1, Entries(("test.yaml", $"concepts: {{{declared}}}\nlanguages:\n  {language}:\n    guards: {guards}\n    concepts: {{{concepts}}}\n")))])!;

    /// <summary>The codes of a text, with a count above one behind a colon.</summary>
    public static string Codes(ConceptMatcher matcher, string text, string language = "en")
    {
        var value = Case(text, language);
        matcher.Mark(value, Open);
        return string.Join(' ', value.Concepts.Select(concept => concept.Count == 1 ? concept.Code : $"{concept.Code}:{concept.Count}"));
    }

    public static Case Case(string text, string language = "en") => new()
    {
        CustomerCountry = "ZZ",
        CentreCountry = "ZZ",
        CollectionCountry = "ZZ",
        Language = language,
        Description = PolicyKit.Clear(text),
    };
}
