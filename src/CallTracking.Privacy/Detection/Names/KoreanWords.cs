using System.Buffers;

namespace CallTracking.Privacy;

/// <summary>The words of <c>korean.txt</c> by their use, as hashes.</summary>
internal sealed class KoreanWords
{
    private const int LongestTitle = 5;

    // Syllables that words of Korean origin hardly have.
    private static readonly SearchValues<char> ForeignSyllables =
        SearchValues.Create("브츠즈크트프드르슨턴튼킨랜렌롱뤼셸쥘잭젠넬벨델켈멜힐빌윌필릴톰팀샘킴켄벤댄앤렉맥덕벅슈셔쇼첼첸코토로노스");

    private static readonly Lazy<KoreanWords> Loaded = new(Read);

    public static KoreanWords Default => Loaded.Value;

    public HashSet<uint> Usual { get; } = [];

    public HashSet<uint> Rare { get; } = [];

    public HashSet<uint> Titles { get; } = [];

    public HashSet<uint> Endings { get; } = [];

    public HashSet<uint> Labels { get; } = [];

    public HashSet<uint> Ordinary { get; } = [];

    public HashSet<uint> Foreign { get; } = [];

    public HashSet<uint> FirstSyllables { get; } = [];

    public HashSet<uint> SecondSyllables { get; } = [];

    public HashSet<uint> Joint { get; } = [];

    /// <summary>Words of one syllable that stand before others and begin no name.</summary>
    public HashSet<uint> Before { get; } = [];

    /// <summary>Syllables that make verbs of nouns ("위로하는").</summary>
    public HashSet<uint> Verbs { get; } = [];

    /// <summary>Syllables that make other nouns of nouns ("연행자").</summary>
    public HashSet<uint> Makings { get; } = [];

    /// <summary>Loan words that many persons have as a name ("케이스"): in a text of support they are words.</summary>
    public HashSet<uint> Loans { get; } = [];

    /// <summary>Names of makers that are persons' names, too: alone they are the maker.</summary>
    public HashSet<uint> Makers { get; } = [];

    public static bool IsForeignSounding(ReadOnlySpan<char> word) => word.ContainsAny(ForeignSyllables);

    public bool IsTitle(ReadOnlySpan<char> word) => !word.IsEmpty && Titles.Contains(NameHash.OfWord(word));

    /// <summary>A title, with what may be written on to it.</summary>
    public bool StartsWithTitle(ReadOnlySpan<char> rest)
    {
        for (var length = Math.Min(LongestTitle, rest.Length); length > 0; length--)
        {
            if (IsTitle(rest[..length]) && (length == rest.Length || Endings.Contains(NameHash.OfWord(rest[length..]))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether this may stand right behind a name: a particle, or a title with what is written on to it.</summary>
    public bool IsWrittenOn(ReadOnlySpan<char> rest) => Endings.Contains(NameHash.OfWord(rest)) || StartsWithTitle(rest);

    private static KoreanWords Read()
    {
        using var resource = typeof(KoreanWords).Assembly.GetManifestResourceStream("names.korean")!;
        using var lines = new StreamReader(resource);
        var words = new KoreanWords();
        while (lines.ReadLine() is { } line)
        {
            var cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (cells.Length > 0 && words.SetOf(cells[0]) is { } set)
            {
                set.UnionWith(cells.Skip(1).Select(word => NameHash.OfWord(word)));
            }
        }

        return words;
    }

    private HashSet<uint>? SetOf(string use) => use switch
    {
        "usual" => Usual,
        "rare" => Rare,
        "title" => Titles,
        "end" => Endings,
        "label" => Labels,
        "word" => Ordinary,
        "foreign" => Foreign,
        "first" => FirstSyllables,
        "second" => SecondSyllables,
        "joint" => Joint,
        "before" => Before,
        "loan" => Loans,
        "maker" => Makers,
        "verb" => Verbs,
        "making" => Makings,
        _ => null,
    };
}
