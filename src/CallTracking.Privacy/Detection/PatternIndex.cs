namespace CallTracking.Privacy;

/// <summary>How freely a pattern may be spelled in a text.</summary>
/// <param name="WholeWord">Must not stand inside a longer word or number.</param>
/// <param name="GapsAnywhere">Separators may stand between any two characters.</param>
/// <param name="Gaps">Else: bit i allows one after character i.</param>
internal readonly record struct PatternFit(bool WholeWord, bool GapsAnywhere, ulong Gaps);

/// <summary>
/// All spellings of a case's own values in one trie, looked up at every letter of a folded text. A spelling is at most
/// <see cref="Longest"/> letters, so a look-up is bounded and a search linear, whatever the values and the text. Reusable.
/// </summary>
internal sealed class PatternIndex
{
    /// <summary>Longest pattern; longer values are added in overlapping pieces.</summary>
    public const int Longest = 64;

    /// <summary>Most separating characters between two letters of a match: ") - ", a line break with "> ".</summary>
    public const int WidestGap = 4;

    private const int SmallestTable = 1024;

    private ulong[] _keys = new ulong[SmallestTable];
    private int[] _children = new int[SmallestTable];
    private int[] _entityAt = new int[256];
    private ClassSet[] _classesAt = new ClassSet[256];
    private PatternFit[] _fitAt = new PatternFit[256];
    private readonly ulong[] _firstPairs = new ulong[256];
    private int _nodes;

    public bool IsEmpty => _nodes <= 1;

    public void Reset()
    {
        if (_keys.Length > 64 * SmallestTable)
        {
            _keys = new ulong[SmallestTable];
            _children = new int[SmallestTable];
        }
        else if (_nodes > 1)
        {
            Array.Clear(_keys);
        }

        Array.Clear(_firstPairs);
        _nodes = 1;
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

        return node == 0 ? -1 : _entityAt[node] - 1;
    }

    /// <summary>
    /// Adds a pattern of 2 to <see cref="Longest"/> letters. One that is there already keeps its entity, belongs to both values'
    /// classes, and takes the freer fit.
    /// </summary>
    public void Add(ReadOnlySpan<char> pattern, int entity, ClassSet classes, in PatternFit fit)
    {
        var pair = PairBit(pattern[0], pattern[1]);
        _firstPairs[pair >> 6] |= 1UL << (pair & 63);

        var node = 0;
        foreach (var letter in pattern)
        {
            var child = Child(node, letter);
            node = child != 0 ? child : AddChild(node, letter);
        }

        if (_entityAt[node] == 0)
        {
            _entityAt[node] = entity + 1;
            _classesAt[node] = classes;
            _fitAt[node] = fit;
            return;
        }

        _classesAt[node] = _classesAt[node].Or(classes);

        var other = _fitAt[node];
        _fitAt[node] = new PatternFit(fit.WholeWord && other.WholeWord, fit.GapsAnywhere || other.GapsAnywhere, fit.Gaps | other.Gaps);
    }

    /// <summary>The next place at or after another where some pattern could start; the text's length when there is none.</summary>
    public int NextStart(ReadOnlySpan<char> letters, int at)
    {
        var pairs = _firstPairs;
        for (; at + 1 < letters.Length; at++)
        {
            var pair = PairBit(letters[at], letters[at + 1]);
            if ((pairs[pair >> 6] & (1UL << (pair & 63))) != 0)
            {
                return at;
            }
        }

        return letters.Length;
    }

    /// <summary>The longest pattern of a wanted class that fits at a letter of the text: its entity, length and classes, or length 0.</summary>
    public (int Entity, int Length, ClassSet Classes) MatchAt(FoldedText text, int at, ClassSet wanted)
    {
        var letters = text.Letters;
        var starts = text.Starts;
        var ends = text.Ends;
        var best = (Entity: 0, Length: 0, Classes: default(ClassSet));
        var node = 0;
        var gaps = 0UL;
        var last = Math.Min(letters.Length, at + Longest);
        for (var i = at; i < last; i++)
        {
            if (i > at && starts[i] > ends[i - 1])
            {
                if (starts[i] - ends[i - 1] > WidestGap)
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

            if (_entityAt[node] > 0 && !_classesAt[node].And(wanted).IsEmpty && Fits(_fitAt[node], text, at, i, gaps))
            {
                best = (_entityAt[node] - 1, i - at + 1, _classesAt[node]);
            }
        }

        return best;
    }

    private static bool Fits(in PatternFit fit, FoldedText text, int first, int last, ulong gaps)
    {
        if (!fit.GapsAnywhere && (gaps & ~fit.Gaps) != 0)
        {
            return false;
        }

        // The genitive of names ("Lisas") counts as a word's end.
        return !fit.WholeWord
            || (!Glued(text, first - 1)
                && (!Glued(text, last) || (text.Letters[last + 1] == 's' && !Glued(text, last + 1))));
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

    private static int PairBit(char first, char second) => (int)(unchecked(((uint)first * 0x9E3779B1) ^ ((uint)second * 0x85EBCA77)) >> 18);

    private int Child(int node, char letter)
    {
        var key = ((ulong)(uint)node << 16) | letter;
        for (var slot = Slot(key, _keys.Length); _keys[slot] != 0; slot = (slot + 1) & (_keys.Length - 1))
        {
            if (_keys[slot] == key + 1)
            {
                return _children[slot];
            }
        }

        return 0;
    }

    private int AddChild(int node, char letter)
    {
        if (_nodes * 2 >= _keys.Length)
        {
            Grow();
        }

        if (_nodes == _entityAt.Length)
        {
            Array.Resize(ref _entityAt, _nodes * 2);
            Array.Resize(ref _classesAt, _nodes * 2);
            Array.Resize(ref _fitAt, _nodes * 2);
        }

        _entityAt[_nodes] = 0;
        Put(((ulong)(uint)node << 16) | letter, _nodes);
        return _nodes++;
    }

    private void Put(ulong key, int child)
    {
        var slot = Slot(key, _keys.Length);
        while (_keys[slot] != 0)
        {
            slot = (slot + 1) & (_keys.Length - 1);
        }

        _keys[slot] = key + 1;
        _children[slot] = child;
    }

    private void Grow()
    {
        var (keys, children) = (_keys, _children);
        _keys = new ulong[keys.Length * 2];
        _children = new int[keys.Length * 2];
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i] != 0)
            {
                Put(keys[i] - 1, children[i]);
            }
        }
    }

    private static int Slot(ulong key, int size) => (int)(unchecked(key * 0x9E3779B97F4A7C15UL) >> 33) & (size - 1);
}
