using System.Buffers;
using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>Makes one automaton of all concept dictionaries. What this version does not understand is left out and told.</summary>
internal sealed class ConceptCompiler
{
    private const int MostLanguages = 64;
    private static readonly SearchValues<char> Umlauts = SearchValues.Create("äöüÄÖÜ");
    private readonly AutomatonBuilder _automaton = new();
    private readonly List<string> _languages = [];

    public List<Concept> Concepts { get; } = [];

    public List<CompiledPattern> Patterns { get; } = [];

    /// <summary>The reach of guards by language.</summary>
    public List<int> Windows { get; } = [];

    /// <summary>What was left out, for the region's engineer.</summary>
    public List<string> Notices { get; } = [];

    public IReadOnlyList<string> Languages => _languages;

    public ConceptAutomaton Build() => _automaton.Build();

    /// <summary>Adds a dictionary under its place.</summary>
    public void Add(int place, Dictionary dictionary)
    {
        foreach (var entry in dictionary.Entries.Where(entry => entry.Code != ConceptGuards.Code))
        {
            if (ConceptFields.IsKnown(entry.Into))
            {
                Concepts.Add(new Concept(place, entry.Code, ConceptFields.ClassOf(entry), entry.Into));
                entry.Labels.ToList().ForEach(label => AddPatterns(dictionary, label, Concepts.Count - 1));
            }
            else
            {
                Notices.Add($"concept dictionary {dictionary.Name}: '{entry.Code}' goes into '{entry.Into}', which this version does not know; upgrade to use it");
            }
        }

        foreach (var label in dictionary.Entries.Where(entry => entry.Code == ConceptGuards.Code).SelectMany(entry => entry.Labels))
        {
            AddGuards(dictionary, label);
        }
    }

    private void AddPatterns(Dictionary dictionary, DictionaryLabel label, int concept)
    {
        foreach (var written in label.Patterns)
        {
            var isException = written.StartsWith(ConceptGuards.Exception);
            foreach (var spelling in Spellings(label.Language, isException ? written[1..] : written))
            {
                if (PatternParser.Parse(spelling, out var trouble) is not { } pattern || LanguageOf(label.Language) is not { } language || !TryAdd(pattern, isException, concept, language))
                {
                    Notices.Add($"concept dictionary {dictionary.Name}: the pattern '{written}' ({label.Language}) is left out: {trouble?.Message ?? "there are too many"}");
                    break;
                }
            }
        }
    }

    private bool TryAdd(ConceptPattern pattern, bool isException, int concept, byte language)
    {
        if (isException)
        {
            return pattern.Parts.Count == 1 && _automaton.TryAdd(pattern.Parts[0].Literal, new LiteralUse(UseKind.Exception, language, false, (byte)pattern.Parts[0].Tokens, concept, -1, 0, 0));
        }

        Patterns.Add(new CompiledPattern(concept, _languages[language], pattern));
        for (var i = 0; i < pattern.Parts.Count; i++)
        {
            var part = pattern.Parts[i];
            var use = new LiteralUse(UseKind.Part, language, i == pattern.Parts.Count - 1, (byte)part.Tokens, concept, Patterns.Count - 1, (byte)i, (byte)part.Gap);
            if (!_automaton.TryAdd(part.Literal, use))
            {
                return false;
            }
        }

        return true;
    }

    private void AddGuards(Dictionary dictionary, DictionaryLabel label)
    {
        if (LanguageOf(label.Language) is not { } language)
        {
            return;
        }

        // Guards of one language stand together, whichever dictionary they come from.
        Windows[language] = Math.Max(Windows[language], ConceptGuards.WindowOf(label));
        foreach (var (kind, written) in ConceptGuards.Of(label))
        {
            foreach (var spelling in Spellings(label.Language, written))
            {
                if (PatternParser.Parse(spelling, out var trouble, isGuard: true) is not { Parts: [var part], Value: null } || !_automaton.TryAdd(part.Literal, new LiteralUse(kind, language, false, (byte)part.Tokens, -1, -1, 0, 0)))
                {
                    Notices.Add($"concept dictionary {dictionary.Name}: the guard '{written}' ({label.Language}) is left out: {trouble?.Message ?? "it is more than words in a row"}");
                    break;
                }
            }
        }
    }

    // Whoever has no umlauts writes them as two letters.
    private static IEnumerable<string> Spellings(string language, string written)
    {
        yield return written;
        if (language == "de" && written.AsSpan().ContainsAny(Umlauts))
        {
            yield return written.Replace("ä", "ae", StringComparison.OrdinalIgnoreCase).Replace("ö", "oe", StringComparison.OrdinalIgnoreCase).Replace("ü", "ue", StringComparison.OrdinalIgnoreCase);
        }
    }

    private byte? LanguageOf(string language)
    {
        var place = _languages.IndexOf(language);
        if (place < 0 && _languages.Count < MostLanguages)
        {
            place = _languages.Count;
            _languages.Add(language);
            Windows.Add(0);
        }

        return place < 0 ? null : (byte)place;
    }
}
