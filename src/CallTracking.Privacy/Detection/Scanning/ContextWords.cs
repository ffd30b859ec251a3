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

    private static readonly ushort[] Roots = new ushort[char.MaxValue + 1];
    private static readonly char[] Folds = new char[char.MaxValue + 1];

    // Of words of two letters with what may follow them in ASCII: they are whole words.
    private static readonly LetterTriples Beginnings = new();

    // The node behind three letters from a to z, or the root, and a bit for each that is none: most words of a text are told by it to be none.
    private static readonly ushort[] Threes = new ushort[Alphabet * Alphabet * Alphabet];
    private static readonly ulong[] HasThree = new ulong[(Threes.Length + 63) / 64];
    private static readonly WordTree Tree;
    private static int _groups;

    static ContextWords()
    {
        for (var sign = 0; sign <= char.MaxValue; sign++)
        {
            Folds[sign] = Fold((char)sign);
        }

        var tree = new WordTree.Builder();
        foreach (var row in IdentifierTable.Rows)
        {
            row.Group = Add(tree, row.Words);
        }

        Other = Add(tree, ContextLists.Other);
        Part = Add(tree, ContextLists.Part);
        Phone = Add(tree, ContextLists.Phone);
        OwnNumber = Add(tree, ContextLists.OwnNumber);
        Card = Add(tree, ContextLists.Card);
        Bic = Add(tree, ContextLists.Bic);
        Birth = Add(tree, ContextLists.Birth);
        Born = Add(tree, ContextLists.Born);
        Age = Add(tree, ContextLists.Age);
        Postcode = Add(tree, ContextLists.Postcode);
        Pin = Add(tree, ContextLists.Pin);
        Address = Add(tree, ContextLists.Address);
        User = Add(tree, ContextLists.User);
        Place = Add(tree, ContextLists.Place);
        Person = Add(tree, ContextLists.Person);
        FormNumber = Add(tree, ContextLists.FormNumber);
        Password = Add(tree, ContextLists.Password);
        Secret = Add(tree, ContextLists.Secret);
        SecretNumber = Add(tree, ContextLists.SecretNumber);
        CardCode = Add(tree, ContextLists.CardCode);
        SpelledAt = Add(tree, ContextLists.SpelledAt);
        AddressPart = Add(tree, string.Join('|', AddressWords.Signals));
        Tree = tree.Build();
        ReadBeginnings();
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
                    if (((HasThree[three >> 6] >> three) & 1) != 0)
                    {
                        Walk(text, at, at + 2, Threes[three], mentions);
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
                node = Tree.Next(node, letter);
                if (node == WordTree.Root)
                {
                    return;
                }
            }

            if (WordTree.IsEnd(node))
            {
                AddEnds(text, at, i + 1, node, mentions);
            }
        }
    }

    private static void AddEnds(string text, int start, int end, ushort node, List<Mention> mentions)
    {
        foreach (var (group, whole) in Tree.Ends(node))
        {
            if (!whole || end >= text.Length || !TextSigns.IsWord(text[end]) || TextSigns.IsDigit(text[end]))
            {
                mentions.Add(new Mention(start, end, group));
            }
        }
    }

    private static void ReadBeginnings()
    {
        foreach (var (first, node) in Tree.Beginnings)
        {
            Roots[first] = node;
        }

        for (var first = 'a'; first <= 'z'; first++)
        {
            for (var second = 'a'; Roots[first] != WordTree.Root && second <= 'z'; second++)
            {
                var two = Tree.Next(Roots[first], second);
                for (var third = 'a'; two != WordTree.Root && third <= 'z'; third++)
                {
                    if (Tree.Next(two, third) is not WordTree.Root and var three)
                    {
                        var index = IndexOfThree(first, second, third);
                        Threes[index] = three;
                        HasThree[index >> 6] |= 1UL << index;
                    }
                }
            }
        }
    }

    private static byte Add(WordTree.Builder tree, string words)
    {
        var group = (byte)_groups++;
        foreach (var word in words.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            var letters = Letters(word);
            tree.Add(letters, group, word.Length <= WholeWord && TextSigns.Of(word[^1]) != TextSigns.Unspaced);
            AddBeginning(letters[0], letters.Length > 1 ? letters[1] : '\0', letters.Length > 2 ? letters[2] : '\0', letters.Length);
        }

        return group;
    }

    // As a text's word is compared: folded, without marks, with one space between.
    private static ReadOnlySpan<char> Letters(string word)
    {
        var letters = new char[word.Length];
        var count = 0;
        foreach (var sign in word)
        {
            var letter = Fold(sign);
            if (letter != Folding.Mark && !(letter == ' ' && count > 0 && letters[count - 1] == ' '))
            {
                letters[count++] = letter;
            }
        }

        return letters.AsSpan(0, count);
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

    // One character for one: separators as a space, characters that fold to several as themselves.
    private static char Fold(char sign)
    {
        var folded = Folding.Of(sign);
        return folded == Folding.Separator ? (sign is '☎' or '☏' or '〒' ? sign : ' ') : folded == Folding.Several ? char.ToLowerInvariant(sign) : folded;
    }
}
