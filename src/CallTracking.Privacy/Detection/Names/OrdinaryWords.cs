namespace CallTracking.Privacy;

/// <summary>
/// Words that are nobody's name where they stand alone, unless a cue ("Mr Cable") says so, though lists of surnames have most of them and a
/// tagger takes "Smoke came out" for a person: those of <c>ordinary.txt</c> (products, their parts, what goes wrong with them), and in English
/// and German texts those of their dictionaries that are no usual name.
/// </summary>
internal sealed class OrdinaryWords(NameLexicon lexicon)
{
    private static readonly Lazy<HashSet<uint>> Loaded = new(Read);

    private readonly HashSet<uint> _words = Loaded.Value;
    private readonly GermanNouns _nouns = new(lexicon.Nouns);

    /// <summary>Takes out the names that are nothing but ordinary words.</summary>
    /// <param name="text">What they stand in.</param>
    /// <param name="language">Its number in <see cref="NameLexicon.Languages"/>.</param>
    /// <param name="found">The names.</param>
    public void RemoveFrom(string text, byte language, List<NameSpan> found)
    {
        for (var i = found.Count - 1; i >= 0; i--)
        {
            var (start, end) = (found[i].Start, found[i].End);
            if (AreAll(text.AsSpan(start, end - start)) || IsOfDictionary(text, start, end, language))
            {
                found.RemoveAt(i);
            }
        }
    }

    private bool IsOfDictionary(string text, int start, int end, byte language)
    {
        var hash = NameHash.OfWord(text.AsSpan(start, end - start));
        var isIn = language != 0 && (language == lexicon.Languages.English ? DictionaryWords.English.Has(hash) : language == lexicon.Languages.German && IsNoun(text, start, end, hash));
        return isIn && lexicon.Lists.Of(hash) is var lists && NameLists.ForenameOf(lists) != NameLists.Usual && NameLists.SurnameOf(lists) != NameLists.Usual;
    }

    // A noun, or one that is made of nouns: "Motorradhelm", "Qing-Dynastie".
    private bool IsNoun(string text, int start, int end, uint hash)
    {
        var name = text.AsSpan(start, end - start);
        if (name.Contains(' '))
        {
            return false;
        }

        var tail = name.LastIndexOf('-') + 1;
        var of = _nouns.Of(text, new NameUnit { Start = start + tail, End = end, Hash = tail == 0 ? hash : NameHash.OfWord(name[tail..]) });
        return of is GermanNouns.IsNoun or (GermanNouns.EndsWithNoun | GermanNouns.BeginsWithNoun);
    }

    private bool AreAll(ReadOnlySpan<char> name)
    {
        foreach (var range in name.Split(' '))
        {
            if (!_words.Contains(NameHash.OfWord(name[range])))
            {
                return false;
            }
        }

        return true;
    }

    private static HashSet<uint> Read()
    {
        using var resource = typeof(OrdinaryWords).Assembly.GetManifestResourceStream("names.ordinary")!;
        using var lines = new StreamReader(resource);
        var words = new HashSet<uint>();
        while (lines.ReadLine() is { } line)
        {
            var cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (cells.Length > 0 && cells[0] != "#")
            {
                Add(words, cells[0], cells.AsSpan(1));
            }
        }

        return words;
    }

    private static void Add(HashSet<uint> words, string language, ReadOnlySpan<string> added)
    {
        foreach (var word in added)
        {
            words.Add(NameHash.OfWord(word));
            if (language == "en")
            {
                words.Add(NameHash.OfWord($"{word}s"));
            }
        }
    }
}
