namespace CallTracking.Privacy;

/// <summary>
/// Words that are nobody's name where they stand alone, unless a cue ("Mr Cable") says so, though lists of surnames have most of them and a
/// tagger takes "Smoke came out" for a person: those of <c>ordinary.txt</c> (products, their parts, what goes wrong with them), and in English
/// texts those of its dictionary that are no usual name.
/// </summary>
internal sealed class OrdinaryWords
{
    private static readonly Lazy<OrdinaryWords> Loaded = new(Read);

    private readonly HashSet<uint> _words = [];

    public static OrdinaryWords Default => Loaded.Value;

    /// <summary>Takes out the names that are nothing but ordinary words.</summary>
    /// <param name="text">What they stand in.</param>
    /// <param name="names">What lists say of names.</param>
    /// <param name="isEnglish">Whether it is English, as far as one can tell.</param>
    /// <param name="found">The names.</param>
    public void RemoveFrom(string text, NameLists names, bool isEnglish, List<NameSpan> found)
    {
        for (var i = found.Count - 1; i >= 0; i--)
        {
            var name = text.AsSpan(found[i].Start, found[i].End - found[i].Start);
            if (AreAll(name) || (isEnglish && IsOfDictionary(NameHash.OfWord(name), names)))
            {
                found.RemoveAt(i);
            }
        }
    }

    private static bool IsOfDictionary(uint word, NameLists names) =>
        DictionaryWords.English.Has(word) && names.Of(word) is var lists && NameLists.ForenameOf(lists) != NameLists.Usual && NameLists.SurnameOf(lists) != NameLists.Usual;

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

    private static OrdinaryWords Read()
    {
        using var resource = typeof(OrdinaryWords).Assembly.GetManifestResourceStream("names.ordinary")!;
        using var lines = new StreamReader(resource);
        var words = new OrdinaryWords();
        while (lines.ReadLine() is { } line)
        {
            var cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (cells.Length > 0 && cells[0] != "#")
            {
                words.Add(cells[0], cells.AsSpan(1));
            }
        }

        return words;
    }

    private void Add(string language, ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            _words.Add(NameHash.OfWord(word));
            if (language == "en")
            {
                _words.Add(NameHash.OfWord($"{word}s"));
            }
        }
    }
}
