namespace CallTracking.Privacy;

/// <summary>How freely a pattern may be spelled in a text.</summary>
/// <param name="WholeWord">Must not stand inside a longer word or number.</param>
/// <param name="GapsAnywhere">Separators may stand between any two characters.</param>
/// <param name="Gaps">Else: bit i allows one after character i.</param>
internal readonly record struct PatternFit(bool WholeWord, bool GapsAnywhere, ulong Gaps)
{
    /// <summary>Most letters of an ending that may follow in the same word and are part of the match.</summary>
    public byte Endings { get; init; }

    /// <summary>The stem of a name, not a spelling: found only as a word by itself, with an ending or without.</summary>
    public bool IsStem { get; init; }

    /// <summary>Bears what either bears.</summary>
    public PatternFit Or(in PatternFit other) =>
        new(WholeWord && other.WholeWord, GapsAnywhere || other.GapsAnywhere, Gaps | other.Gaps)
        {
            Endings = Math.Max(Endings, other.Endings),
            IsStem = IsStem && other.IsStem,
        };
}

/// <summary>
/// All spellings of a case's own values in one trie, looked up at every letter of a folded text. A spelling is at most
/// <see cref="Longest"/> letters, so a look-up is bounded and a search linear, whatever the values and the text. Reusable.
/// A node holds its first child itself, since most have no other; the others are in a table.
/// </summary>
internal sealed class PatternIndex
{
    /// <summary>Longest pattern; longer values are added in overlapping pieces.</summary>
    public const int Longest = 64;

    /// <summary>Most separating characters between two letters of a match: ") - ", a line break with "> ".</summary>
    public const int WidestGap = 4;

    // A stem of fewer letters begins too many ordinary words.
    private const int ShortestPlainStem = 6;

    private const int Smallest = 1024;

    // What a case of unusual size made larger than this is not kept.
    private const int LargestKept = 64 * Smallest;

    private readonly LetterPairs _firstPairs = new();
    private readonly List<Pattern> _patterns = [];
    private readonly Dictionary<ulong, int> _otherChildren = [];
    private Node[] _nodes = new Node[Smallest];
    private int _count = 1;

    public bool IsEmpty => _count <= 1;

    public void Reset()
    {
        _firstPairs.Clear();
        _patterns.Clear();
        _otherChildren.Clear();
        if (_nodes.Length > LargestKept)
        {
            _nodes = new Node[Smallest];
            _patterns.Capacity = 0;
            _otherChildren.TrimExcess();
        }

        _nodes[0] = default;
        _count = 1;
    }

    /// <summary>The entity whose pattern this is exactly, or -1.</summary>
    public int Find(ReadOnlySpan<char> pattern)
    {
        var node = 0;
        foreach (var letter in pattern[..Math.Min(pattern.Length, Longest)])
        {
            node = Child(node, letter);
            if (node == 0)
            {
                return -1;
            }
        }

        return _nodes[node].Pattern is > 0 and var ends ? _patterns[ends - 1].Entity : -1;
    }

    /// <summary>
    /// Adds a pattern of 2 to <see cref="Longest"/> letters. One that is there already keeps its entity, belongs to both values'
    /// classes, and takes the freer fit.
    /// </summary>
    public void Add(ReadOnlySpan<char> pattern, int entity, ClassSet classes, in PatternFit fit)
    {
        _firstPairs.Add(pattern[0], pattern[1]);
        var node = 0;
        foreach (var letter in pattern)
        {
            var child = Child(node, letter);
            node = child != 0 ? child : AddChild(node, letter);
        }

        ref var ends = ref _nodes[node].Pattern;
        if (ends == 0)
        {
            _patterns.Add(new Pattern(entity, classes, fit));
            ends = _patterns.Count;
            return;
        }

        var (first, others, other) = _patterns[ends - 1];
        _patterns[ends - 1] = new Pattern(first, others.Or(classes), fit.Or(other));
    }

    /// <summary>The next place at or after another where some pattern could start; the text's length when there is none.</summary>
    public int NextStart(ReadOnlySpan<char> letters, int at) => _firstPairs.Next(letters, at);

    /// <summary>The longest pattern of a wanted class that fits at a letter of the text: its entity, length and classes, or length 0.</summary>
    /// <param name="text">The text, folded.</param>
    /// <param name="original">The same as it is written.</param>
    /// <param name="at">The letter.</param>
    /// <param name="wanted">Classes to look for.</param>
    public (int Entity, int Length, ClassSet Classes) MatchAt(FoldedText text, string original, int at, ClassSet wanted)
    {
        var letters = text.Letters;
        var starts = text.Starts;
        var letterEnds = text.Ends;
        var best = (Entity: 0, Length: 0, Classes: default(ClassSet));
        var node = 0;
        var gaps = 0UL;
        var last = Math.Min(letters.Length, at + Longest);
        for (var i = at; i < last; i++)
        {
            if (i > at && starts[i] > letterEnds[i - 1])
            {
                if (starts[i] - letterEnds[i - 1] > WidestGap)
                {
                    break;
                }

                gaps |= 1UL << (i - at - 1);
            }

            node = Child(node, letters[i]);
            if (node == 0)
            {
                break;
            }

            if (_nodes[node].Pattern is > 0 and var ends
                && _patterns[ends - 1] is var (entity, classes, fit)
                && !classes.And(wanted).IsEmpty
                && Extent(fit, text, original, at, i, gaps) is > 0 and var length && length >= best.Length)
            {
                best = (entity, length, classes);
            }
        }

        return best;
    }

    // How many letters of the text a pattern covers that is spelled there, or 0 when it does not fit.
    private static int Extent(in PatternFit fit, FoldedText text, string original, int first, int last, ulong gaps)
    {
        if (!fit.GapsAnywhere && (gaps & ~fit.Gaps) != 0)
        {
            return 0;
        }

        var length = last - first + 1;
        if (fit.Endings > 0 && EndingAt(fit, text, original, first, last) is >= 0 and var ending)
        {
            return length + ending;
        }

        // The genitive of names ("Lisas") counts as a word's end.
        var isWord = !Glued(text, first - 1)
            && (!Glued(text, last) || (text.Letters[last + 1] == 's' && !Glued(text, last + 1)));
        return !fit.IsStem && (isWord || !fit.WholeWord) ? length : 0;
    }

    // Letters of an ending behind a stem that begins a word, or -1. Of short stems only words with a capital are names.
    private static int EndingAt(in PatternFit fit, FoldedText text, string original, int first, int last)
    {
        if (Glued(text, first - 1) || (last - first + 1 < ShortestPlainStem && !char.IsUpper(original[text.Starts[first]])))
        {
            return -1;
        }

        var ending = 0;
        while (ending <= fit.Endings && Glued(text, last + ending))
        {
            ending++;
        }

        return ending <= fit.Endings ? ending : -1;
    }

    // True when the letter and the next one stand directly together and belong to one word or one number.
    private static bool Glued(FoldedText text, int at)
    {
        var letters = text.Letters;
        if (at < 0 || at + 1 >= letters.Length || text.Starts[at + 1] > text.Ends[at])
        {
            return false;
        }

        var (left, right) = (letters[at], letters[at + 1]);
        return char.IsAsciiDigit(left) == char.IsAsciiDigit(right)
            && left != FoldedText.Break && right != FoldedText.Break
            && !Folding.IsUnspaced(left) && !Folding.IsUnspaced(right);
    }

    private static ulong Key(int node, char letter) => ((ulong)(uint)node << 16) | letter;

    private int Child(int node, char letter)
    {
        ref readonly var parent = ref _nodes[node];
        return parent.Letter == letter && parent.FirstChild != 0 ? parent.FirstChild
            : parent.HasOthers ? _otherChildren.GetValueOrDefault(Key(node, letter))
            : 0;
    }

    private int AddChild(int node, char letter)
    {
        if (_count == _nodes.Length)
        {
            Array.Resize(ref _nodes, _count * 2);
        }

        ref var parent = ref _nodes[node];
        if (parent.FirstChild == 0)
        {
            parent.FirstChild = _count;
            parent.Letter = letter;
        }
        else
        {
            parent.HasOthers = true;
            _otherChildren.Add(Key(node, letter), _count);
        }

        _nodes[_count] = default;
        return _count++;
    }

    private readonly record struct Pattern(int Entity, ClassSet Classes, PatternFit Fit);

    /// <summary>A prefix of patterns.</summary>
    private struct Node
    {
        /// <summary>0 when there is none: no node leads back to the root.</summary>
        public int FirstChild;

        /// <summary>One more than the index of the pattern that ends here; 0 when none does.</summary>
        public int Pattern;

        /// <summary>Of the first child.</summary>
        public char Letter;

        public bool HasOthers;
    }
}
