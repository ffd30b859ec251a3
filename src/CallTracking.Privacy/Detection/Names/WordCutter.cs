namespace CallTracking.Privacy;

/// <summary>
/// Cuts runs of Han and hiragana into the likeliest words and marks what lists say, in one walk: most characters of most texts are in
/// ordinary words, and are no candidates for names. Reusable, not thread-safe.
/// </summary>
internal sealed class WordCutter(NameWords words)
{
    private const int LongestSurname = 3;
    private const int LongestForename = 4;
    private const int ManySigns = 256;

    private readonly RecentWords _words = new(words);
    private int[] _costs = new int[ManySigns];
    private Word[] _best = new Word[ManySigns];
    private Start[] _starts = new Start[ManySigns];

    private readonly record struct Word(int Length, uint Value, uint Hash);

    private readonly record struct Known(uint Hash, uint Value);

    // What is known of the first character at a place, and of the first two.
    private record struct Start(Known One, Known Two);

    /// <summary>Cuts units from one on, as far as they are ideographs; gives the index behind them.</summary>
    public int Cut(NameUnit[] units, int first, int end)
    {
        var last = first;
        while (last < end && units[last].Kind == UnitKind.Ideograph)
        {
            last++;
        }

        var length = last - first;
        if (_costs.Length <= length)
        {
            (_costs, _best, _starts) = (new int[length * 2], new Word[length * 2], new Start[length * 2]);
        }

        Array.Fill(_costs, int.MaxValue, 1, length);
        _costs[0] = 0;
        var run = units.AsSpan(first, length);
        LookUp(run);
        for (var i = 0; i < length; i++)
        {
            Extend(run, i);
        }

        Mark(units, first, length);
        return last;
    }

    // Before anything depends on them, so that memory answers many at once: most look-ups are of one character and of two.
    private void LookUp(ReadOnlySpan<NameUnit> run)
    {
        var starts = _starts.AsSpan(0, run.Length);
        for (var i = 0; i < run.Length; i++)
        {
            var one = NameHash.Mix(NameHash.Start, run[i].Hash);
            starts[i].One = new Known(one, _words.Of(one));
            if (i + 1 < run.Length)
            {
                var two = NameHash.Mix(one, run[i + 1].Hash);
                starts[i].Two = new Known(two, _words.Of(two));
            }
            else
            {
                starts[i].Two = default;
            }
        }
    }

    private void Extend(Span<NameUnit> run, int at)
    {
        ref readonly var start = ref _starts[at];
        var (one, value) = (start.One.Hash, start.One.Value);
        run[at].Lists |= NameWords.ListsOf(value);
        Offer(at, 1, NameWords.ClassOf(value) == WordClass.None ? NameWords.Unknown : NameWords.CostOf(value), value, one);
        var (surname, forename) = (0, 0);
        NoteLists(run, at, 1, value, ref surname, ref forename);
        var (hash, length) = (start.Two.Hash, 2);
        for (var next = NameWords.IsBeginning(value) ? start.Two.Value : 0; next != 0;)
        {
            if (NameWords.ClassOf(next) != WordClass.None)
            {
                Offer(at, length, NameWords.CostOf(next), next, hash);
            }

            NoteLists(run, at, length, next, ref surname, ref forename);
            if (!NameWords.IsBeginning(next) || length == NameWords.Longest || at + length == run.Length)
            {
                break;
            }

            hash = NameHash.Mix(hash, run[at + length].Hash);
            next = _words.Of(hash);
            length++;
        }

        if ((surname | forename) != 0)
        {
            run[at].Begins = (byte)(surname | (forename << 4));
            Spread(run, at, surname >> 1, insideBit: 1, endBit: 2);
            Spread(run, at, forename >> 1, insideBit: 4, endBit: 8);
        }
    }

    private static void NoteLists(Span<NameUnit> run, int at, int length, uint value, ref int surname, ref int forename)
    {
        if (NameWords.ListsOf(value) is not 0 and var lists)
        {
            surname = NameLists.SurnameOf(lists) > 0 && length <= LongestSurname ? (length << 1) | (NameLists.SurnameOf(lists) - 1) : surname;
            forename = NameLists.ForenameOf(lists) > 0 && length <= LongestForename ? (length << 1) | (NameLists.ForenameOf(lists) - 1) : forename;
            MarkThing(run, at, length, lists);
        }
    }

    private void Offer(int at, int length, int cost, uint value, uint hash)
    {
        var whole = _costs[at] + cost + 1;
        if (whole < _costs[at + length])
        {
            _costs[at + length] = whole;
            _best[at + length] = new Word(length, value, hash);
        }
    }

    private void Mark(NameUnit[] units, int first, int length)
    {
        var isLoose = false;
        for (var end = length; end > 0;)
        {
            var word = _best[end];
            var start = end - word.Length;
            var kind = NameWords.ClassOf(word.Value);
            var isOrdinary = kind is > WordClass.None and < WordClass.Place && (NameWords.ListsOf(word.Value) & 15) == 0
                && !(BeginsName(units[first + start]) && (end == length || isLoose)) && !(word.Length == 2 && isLoose && BeginsName(units[first + end - 1]));
            isLoose = word.Length == 1 && kind != WordClass.Function;
            for (var i = start; i < end; i++)
            {
                ref var unit = ref units[first + i];
                unit.Segment = (byte)((int)kind | (word.Length == 1 ? 0 : i == start ? 16 : i == end - 1 ? 48 : 32));
                unit.Word = word.Hash;
                unit.IsCandidate = unit.Shape == UnitShape.Han && (!isOrdinary || word.Length == 1);
            }

            end = start;
        }

        Choose(units, first, first + length);
        MarkSounds(units, first, first + length);
    }

    // Characters that Chinese writes foreign names with, two or more in a row.
    private static void MarkSounds(NameUnit[] units, int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            var start = i;
            while (i < end && NameLists.WordOf(units[i].Lists) != 0)
            {
                i++;
            }

            for (var at = start; i - start > 1 && at < i; at++)
            {
                units[at].Sound = NameUnit.SoundOf(at - start, i - 1 - at);
            }
        }
    }

    // Hiragana are chosen by what is beside them; a little word alone among ordinary ones is nobody's name.
    private static void Choose(NameUnit[] units, int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            units[i].IsCandidate |= units[i].Shape == UnitShape.Hiragana && IsHiraganaCandidate(units, i);
        }

        var isAlone = !units[first - 1].IsCandidate;
        for (var i = first; i < end; i++)
        {
            var wasCandidate = units[i].IsCandidate;
            units[i].IsCandidate = wasCandidate && !(isAlone && !units[i + 1].IsCandidate && units[i + 1].Shape != UnitShape.Katakana && IsLittle(units[i]));
            isAlone = !wasCandidate;
        }
    }

    // A segment without a place in a word is a word of one character.
    private static bool IsLittle(in NameUnit unit) => (WordClass)unit.Segment is > WordClass.None and < WordClass.Place && (unit.Lists & 15) == 0;

    // Beside Han that may be a name and no particle, or in a name of three letters or more that lists have: most hiragana are endings and particles.
    private static bool IsHiraganaCandidate(NameUnit[] units, int at) =>
        ((WordClass)(units[at].Segment & 15) != WordClass.Function && (IsHan(units[at - 1]) || IsHan(units[at + 1])))
        || ((units[at].Begins >> 1) & 7) > 2 || (units[at].Begins >> 5) > 2 || (units[at].Within & 5) != 0
        || ((units[at].Within & 10) != 0 && (units[at - 1].Within & 5) != 0);

    // "王国宝": a surname and a given name may look like a word and a letter.
    private static bool BeginsName(in NameUnit unit) => NameLists.SurnameOf(unit.Lists) == NameLists.Usual;

    private static bool IsHan(in NameUnit unit) => unit.Shape == UnitShape.Han && unit.IsCandidate;

    private static void MarkThing(Span<NameUnit> units, int at, int length, byte lists)
    {
        if (length > 1 && NameLists.WordOf(lists) > 0)
        {
            units[at].Within |= 32;
            Spread(units, at, length, insideBit: 32, endBit: 32);
        }

        if (lists >= NameLists.Thing)
        {
            units[at].Lists |= NameLists.Thing;
            Spread(units, at, length, insideBit: 16, endBit: 16);
        }
    }

    private static void Spread(Span<NameUnit> units, int at, int length, int insideBit, int endBit)
    {
        for (var i = 1; i < length; i++)
        {
            units[at + i].Within |= (byte)(i == length - 1 ? endBit : insideBit);
        }
    }
}
