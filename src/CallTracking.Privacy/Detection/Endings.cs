using System.Buffers;
using System.Collections.Frozen;

namespace CallTracking.Privacy;

/// <summary>Names in languages that inflect them: "Kowalska" is "Kowalskiej" and "Kowalską", "Иван" is "Ивану".</summary>
internal static class Endings
{
    /// <summary>Letters of the shortest name whose endings are looked for.</summary>
    public const int ShortestName = 4;

    private const int ShortestStem = 3;
    private const int ShortestStemOfLongEndings = 5;
    private const byte LongEnding = 4;
    private const byte ShortEnding = 3;

    // Without Turkish, which parts endings from names by an apostrophe, and German, whose s counts as a word's end anyway.
    private static readonly FrozenSet<string> Languages = new[]
    {
        "pl", "cs", "sk", "sl", "hr", "sr", "bs", "mk", "bg", "ru", "uk", "be", "kk", "lt", "lv", "et", "fi", "hu", "ro", "el", "sq",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Countries = new[]
    {
        "PL", "CZ", "SK", "SI", "HR", "RS", "BA", "ME", "MK", "BG", "RU", "UA", "BY", "KZ", "LT", "LV", "EE", "FI", "HU", "RO", "MD", "GR", "CY", "AL",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Folded, so without accents: й is и there.
    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouyаеиоуыэюяьъαεηιουω");

    private static readonly SearchValues<char> Fleeting = SearchValues.Create("eое");

    /// <summary>Whether names are inflected in the language of a text, or, where that is not known, in its country.</summary>
    public static bool AreUsual(in TextOrigin origin)
    {
        var tag = origin.Language.AsSpan();
        var primary = tag.IndexOf('-') is > 0 and var dash ? tag[..dash] : tag;
        return primary.IsEmpty
            ? origin.Country.Length >= 2 && Countries.GetAlternateLookup<ReadOnlySpan<char>>().Contains(origin.Country.AsSpan(0, 2))
            : Languages.GetAlternateLookup<ReadOnlySpan<char>>().Contains(primary);
    }

    /// <summary>Whether names are inflected wherever the script of a folded letter is used: Cyrillic and Greek.</summary>
    public static bool AreUsual(char folded) => folded is >= '\u0370' and <= '\u052F';

    /// <summary>Adds what of a folded name stays in its cases: all of it, without its last vowels, without the vowel that comes and goes ("Marek", "Marka").</summary>
    public static void AddStems(ReadOnlySpan<char> name, SpellingAdder adder)
    {
        var stem = Vowels.Contains(name[^1]) ? name[..^1] : name;
        stem = stem.Length < name.Length && stem.Length > ShortestStemOfLongEndings && Vowels.Contains(stem[^1]) ? stem[..^1] : stem;
        Add(stem, adder);
        if (stem.Length == name.Length && name.Length > ShortestStem + 1 && Fleeting.Contains(name[^2]) && !Vowels.Contains(name[^3]))
        {
            Span<char> shorter = stackalloc char[PatternIndex.Longest];
            if (name.Length <= shorter.Length)
            {
                name[..^2].CopyTo(shorter);
                shorter[name.Length - 2] = name[^1];
                Add(shorter[..(name.Length - 1)], adder);
            }
        }
    }

    private static void Add(ReadOnlySpan<char> stem, SpellingAdder adder) =>
        adder.AddStem(stem, stem.Length >= ShortestStemOfLongEndings ? LongEnding : ShortEnding);
}
