namespace CallTracking.Privacy;

/// <summary>
/// All words that say what stands beside them, in one trie over folded letters (case, accents and width do not count). A word of
/// a script with spaces begins at a word's start; up to four letters it must be the whole word, longer ones may go on
/// ("Steuernummern").
/// </summary>
internal static class ContextWords
{
    public const int MostGroups = 256;

    private const int WholeWord = 4;

    private static readonly List<List<(byte Group, bool Whole)>> Ends = [[]];
    private static readonly Dictionary<uint, ushort> Children = [];
    private static readonly bool[] Starts = new bool[char.MaxValue + 1];
    private static int _groups;

    static ContextWords()
    {
        foreach (var row in IdentifierTable.Rows)
        {
            row.Group = Add(row.Words);
        }

        Other = Add(ContextLists.Other);
        Phone = Add(ContextLists.Phone);
        Card = Add(ContextLists.Card);
        Bank = Add(ContextLists.Bank);
        Birth = Add(ContextLists.Birth);
        Age = Add(ContextLists.Age);
        Postcode = Add(ContextLists.Postcode);
        Address = Add(ContextLists.Address);
        User = Add(ContextLists.User);
        Place = Add(ContextLists.Place);
        Person = Add(ContextLists.Person);
        FormNumber = Add(ContextLists.FormNumber);
        Secret = Add(ContextLists.Secret);
    }

    /// <summary>Orders, invoices, parts, errors: what stands after them is theirs.</summary>
    public static int Other { get; }

    public static int Phone { get; }

    public static int Card { get; }

    public static int Bank { get; }

    public static int Birth { get; }

    public static int Age { get; }

    public static int Postcode { get; }

    public static int Address { get; }

    public static int User { get; }

    public static int Place { get; }

    public static int Person { get; }

    public static int FormNumber { get; }

    public static int Secret { get; }

    /// <summary>Notes the nearest word of each group in a part of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">First character that is looked at.</param>
    /// <param name="to">One past the last.</param>
    /// <param name="distances">By group; filled with what is nearer than what is there.</param>
    /// <param name="isBefore">Distances count to the part's end, else from its start.</param>
    public static void Scan(string text, int from, int to, byte[] distances, bool isBefore)
    {
        for (var at = from; at < to; at++)
        {
            var first = Fold(text[at]);
            if (Starts[first] && (at == 0 || !TextSigns.IsWord(text[at - 1]) || TextSigns.Of(text[at]) == TextSigns.Unspaced || IsHump(text, at)))
            {
                Walk(text, at, from, to, distances, isBefore);
            }
        }
    }

    // "customerPhone", "x4587".
    private static bool IsHump(string text, int at) => char.IsAsciiLetterUpper(text[at]) && char.IsAsciiLetterLower(text[at - 1]);

    private static void Walk(string text, int at, int from, int to, byte[] distances, bool isBefore)
    {
        ushort node = 0;
        var wasSpace = false;
        for (var i = at; i < to; i++)
        {
            var letter = Fold(text[i]);
            if (letter == Folding.Mark || (letter == ' ' && wasSpace))
            {
                continue;
            }

            wasSpace = letter == ' ';
            if (!Children.TryGetValue(((uint)node << 16) | letter, out node))
            {
                return;
            }

            foreach (var (group, whole) in Ends[node])
            {
                if (!whole || i + 1 >= text.Length || !TextSigns.IsWord(text[i + 1]) || TextSigns.IsDigit(text[i + 1]))
                {
                    var distance = isBefore ? to - i - 1 : at - from;
                    distances[group] = (byte)Math.Min(distances[group], Math.Min(distance, byte.MaxValue - 1));
                }
            }
        }
    }

    private static byte Add(string words)
    {
        var group = (byte)_groups++;
        foreach (var word in words.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            AddWord(word, group);
        }

        return group;
    }

    private static void AddWord(string word, byte group)
    {
        ushort node = 0;
        var last = '\0';
        foreach (var sign in word)
        {
            var letter = Fold(sign);
            if (letter == Folding.Mark || (letter == ' ' && last == ' '))
            {
                continue;
            }

            Starts[letter] |= node == 0;
            last = letter;
            var key = ((uint)node << 16) | letter;
            if (!Children.TryGetValue(key, out node))
            {
                node = checked((ushort)Ends.Count);
                Ends.Add([]);
                Children.Add(key, node);
            }
        }

        Ends[node].Add((group, word.Length <= WholeWord && TextSigns.Of(word[^1]) != TextSigns.Unspaced));
    }

    // One character for one: separators as a space, characters that fold to several as themselves.
    private static char Fold(char sign)
    {
        var folded = Folding.Of(sign);
        return folded == Folding.Separator ? (sign is '☎' or '☏' or '〒' ? sign : ' ') : folded == Folding.Several ? char.ToLowerInvariant(sign) : folded;
    }
}
