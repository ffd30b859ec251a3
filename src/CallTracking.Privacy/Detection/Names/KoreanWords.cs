namespace CallTracking.Privacy;

/// <summary>The words of <c>korean.txt</c> by their use, as hashes.</summary>
internal sealed class KoreanWords
{
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
        _ => null,
    };
}
