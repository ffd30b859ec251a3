using System.Numerics;

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
    private const int Alphabet = 26;

    // Of pairs (node, letter): the next node. Open addressing, never full; a key of 0 is free.
    private const int Slots = 1 << 15;

    // Of a node: a word ends here.
    private const ushort Ending = 1 << 15;

    private static readonly List<(byte Group, bool Whole)[]> Ends = [[]];
    private static readonly uint[] Keys = new uint[Slots];
    private static readonly ushort[] Nodes = new ushort[Slots];
    private static readonly ushort[] Roots = new ushort[char.MaxValue + 1];
    private static readonly char[] Folds = new char[char.MaxValue + 1];

    // Of words of two letters with what may follow them in ASCII: they are whole words.
    private static readonly LetterTriples Beginnings = new();

    // The node behind three letters from a to z, or 0: most words of a text are told by it to be none.
    private static readonly ushort[] Threes = new ushort[Alphabet * Alphabet * Alphabet];
    private static int _groups;

    static ContextWords()
    {
        for (var sign = 0; sign <= char.MaxValue; sign++)
        {
            Folds[sign] = Fold((char)sign);
        }

        foreach (var row in IdentifierTable.Rows)
        {
            row.Group = Add(row.Words);
        }

        Other = Add(ContextLists.Other);
        Part = Add(ContextLists.Part);
        Phone = Add(ContextLists.Phone);
        OwnNumber = Add(ContextLists.OwnNumber);
        Card = Add(ContextLists.Card);
        Bic = Add(ContextLists.Bic);
        Birth = Add(ContextLists.Birth);
        Born = Add(ContextLists.Born);
        Age = Add(ContextLists.Age);
        Postcode = Add(ContextLists.Postcode);
        Pin = Add(ContextLists.Pin);
        Address = Add(ContextLists.Address);
        User = Add(ContextLists.User);
        Place = Add(ContextLists.Place);
        Person = Add(ContextLists.Person);
        FormNumber = Add(ContextLists.FormNumber);
        Password = Add(ContextLists.Password);
        Secret = Add(ContextLists.Secret);
        SecretNumber = Add(ContextLists.SecretNumber);
        CardCode = Add(ContextLists.CardCode);
        SpelledAt = Add(ContextLists.SpelledAt);
        AddressPart = Add(string.Join('|', AddressWords.Signals));
        MarkEnds();
    }

    /// <summary>Orders, invoices, parts, errors: what stands after them is theirs.</summary>
    public static int Other { get; }

    /// <summary>Parts, models, lots: only what stands right behind is theirs.</summary>
    public static int Part { get; }

    public static int Phone { get; }

    /// <summary>"My number": a telephone's where it stands right before.</summary>
    public static int OwnNumber { get; }

    public static int Card { get; }

    public static int Bic { get; }

    public static int Birth { get; }

    /// <summary>Words for birth that stand behind the date.</summary>
    public static int Born { get; }

    public static int Age { get; }

    public static int Postcode { get; }

    public static int Pin { get; }

    public static int Address { get; }

    public static int User { get; }

    public static int Place { get; }

    public static int Person { get; }

    public static int FormNumber { get; }

    public static int Password { get; }

    public static int Secret { get; }

    /// <summary>PINs: the number right behind one is it.</summary>
    public static int SecretNumber { get; }

    /// <summary>The three or four digits beside a card's number.</summary>
    public static int CardCode { get; }

    /// <summary>Names of the sign @.</summary>
    public static int SpelledAt { get; }

    /// <summary>Words for streets and flats, and countries: a number far from them is no part of an address.</summary>
    public static int AddressPart { get; }

    /// <summary>Whether a group's words are those of an identifier.</summary>
    public static bool IsIdentifier(int group) => group < IdentifierTable.Rows.Count;

    /// <summary>Adds all words of a text, in order of their starts.</summary>
    public static void Scan(string text, ReadOnlySpan<SignBlock> blocks, List<Mention> mentions)
    {
        for (var block = 0; block < blocks.Length; block++)
        {
            for (var starts = blocks[block].Starts; starts != 0; starts &= starts - 1)
            {
                var at = (block * SignBlocks.Width) + BitOperations.TrailingZeroCount(starts);
                if (IndexOfThree(text, at) is >= 0 and var three)
                {
                    // Words that end before the third letter are whole words, and none here.
                    if (Threes[three] is > 0 and var node)
                    {
                        Walk(text, at, at + 2, node, mentions);
                    }
                }
                else if (MayBegin(text, at) && Roots[Folds[text[at]]] is > 0 and var root)
                {
                    Walk(text, at, at, root, mentions);
                }
            }
        }
    }

    // -1 where others than letters from a to z stand among the three.
    private static int IndexOfThree(string text, int at)
    {
        if (at + 2 >= text.Length)
        {
            return -1;
        }

        return IndexOfThree(Folds[text[at]], Folds[text[at + 1]], Folds[text[at + 2]]);
    }

    private static int IndexOfThree(char first, char second, char third) =>
        char.IsAsciiLetterLower(first) && char.IsAsciiLetterLower(second) && char.IsAsciiLetterLower(third)
            ? ((((first - 'a') * Alphabet) + second - 'a') * Alphabet) + third - 'a'
            : -1;

    // By the first three letters most words are none of the lists'.
    private static bool MayBegin(string text, int at)
    {
        var (one, two, three) = (text[at], at + 1 < text.Length ? text[at + 1] : ' ', at + 2 < text.Length ? text[at + 2] : ' ');
        var (first, second, third) = (Folds[one], Folds[two], Folds[three]);
        return Beginnings.MayHave(first, second, third)
            || ((one | two | three) > '\x7F' && (Beginnings.MayHave(first, second, '\0') || second == Folding.Mark || third == Folding.Mark || Beginnings.MayHave(first, '\0', '\0')));
    }

    // From a letter whose node is known.
    private static void Walk(string text, int at, int from, ushort node, List<Mention> mentions)
    {
        var wasSpace = false;
        for (var i = from; i < text.Length; i++)
        {
            var letter = Folds[text[i]];
            if (i > from)
            {
                if (letter == Folding.Mark || (letter == ' ' && wasSpace))
                {
                    continue;
                }

                wasSpace = letter == ' ';
                node = Next(node, letter);
                if (node == 0)
                {
                    return;
                }
            }

            if ((node & Ending) != 0)
            {
                AddEnds(text, at, i + 1, node & ~Ending, mentions);
            }
        }
    }

    private static void AddEnds(string text, int start, int end, int node, List<Mention> mentions)
    {
        foreach (var (group, whole) in Ends[node])
        {
            if (!whole || end >= text.Length || !TextSigns.IsWord(text[end]) || TextSigns.IsDigit(text[end]))
            {
                mentions.Add(new Mention(start, end, group));
            }
        }
    }

    private static ushort Next(ushort node, char letter)
    {
        var key = ((uint)(node & ~Ending) << 16) | letter;
        for (var slot = Slot(key); Keys[slot] != 0; slot = (slot + 1) & (Slots - 1))
        {
            if (Keys[slot] == key)
            {
                return Nodes[slot];
            }
        }

        return 0;
    }

    // Once all words are in, nodes say themselves whether a word ends at them.
    private static void MarkEnds()
    {
        for (var slot = 0; slot < Slots; slot++)
        {
            Nodes[slot] |= Keys[slot] != 0 && Ends[Nodes[slot]].Length > 0 ? Ending : (ushort)0;
        }

        for (var letter = 0; letter < Roots.Length; letter++)
        {
            Roots[letter] |= Roots[letter] != 0 && Ends[Roots[letter]].Length > 0 ? Ending : (ushort)0;
        }

        foreach (ref var node in Threes.AsSpan())
        {
            node |= node != 0 && Ends[node].Length > 0 ? Ending : (ushort)0;
        }
    }

    private static int Slot(uint key) => (int)(unchecked(key * 2654435769u) >> 17);

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
        var (first, second, third, count) = ('\0', '\0', '\0', 0);
        foreach (var sign in word)
        {
            var letter = Fold(sign);
            if (letter == Folding.Mark || (letter == ' ' && last == ' '))
            {
                continue;
            }

            last = letter;
            (first, second, third) = count switch { 0 => (letter, second, third), 1 => (first, letter, third), 2 => (first, second, letter), _ => (first, second, third) };
            count++;
            var next = Next(node, letter);
            var isRoot = node == 0;
            node = next > 0 ? next : AddNode(node, letter);
            Roots[letter] = isRoot ? node : Roots[letter];
            if (count == 3 && IndexOfThree(first, second, third) is >= 0 and var three)
            {
                Threes[three] = node;
            }
        }

        AddBeginning(first, second, third, count);
        Ends[node] = [.. Ends[node], (group, word.Length <= WholeWord && TextSigns.Of(word[^1]) != TextSigns.Unspaced)];
    }

    private static void AddBeginning(char first, char second, char third, int count)
    {
        if (count == 1 && first <= '\x7F')
        {
            throw new InvalidOperationException($"The word '{first}' is too short to be looked for.");
        }

        Beginnings.Add(first, second, third);
        if (second == ' ')
        {
            Beginnings.Add(first, ' ', ' ');
        }

        if (count == 2)
        {
            Beginnings.Add(first, second, ' ');
            for (var digit = '0'; digit <= '9'; digit++)
            {
                Beginnings.Add(first, second, digit);
            }
        }
    }

    private static ushort AddNode(ushort node, char letter)
    {
        var key = ((uint)node << 16) | letter;
        var slot = Slot(key);
        while (Keys[slot] != 0)
        {
            slot = (slot + 1) & (Slots - 1);
        }

        Keys[slot] = key;
        Nodes[slot] = checked((ushort)Ends.Count);
        Ends.Add([]);
        return Nodes[slot];
    }

    // One character for one: separators as a space, characters that fold to several as themselves.
    private static char Fold(char sign)
    {
        var folded = Folding.Of(sign);
        return folded == Folding.Separator ? (sign is '☎' or '☏' or '〒' ? sign : ' ') : folded == Folding.Several ? char.ToLowerInvariant(sign) : folded;
    }
}
