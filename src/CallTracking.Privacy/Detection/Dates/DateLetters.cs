namespace CallTracking.Privacy;

/// <summary>The letters around the numbers of a text, and what of dates' words stands among them.</summary>
internal readonly ref struct DateLetters(FoldedText text, string original)
{
    // "septiembre del año de", with room to spare.
    private const int LongestJoint = 40;
    private const int LongestMonth = 20;
    private const int MostWords = 5;
    private const int WidestGap = PatternIndex.WidestGap;

    // Of words in their cases: märzes, maaliskuussa, październiku.
    private const int LongestEnding = 6;
    private const int None = -1;

    private readonly ReadOnlySpan<char> _letters = text.Letters;
    private readonly ReadOnlySpan<int> _starts = text.Starts;
    private readonly ReadOnlySpan<int> _ends = text.Ends;

    public FoldedText Text => text;

    public int StartOf(int letter) => _starts[letter];

    public int EndOf(int letter) => _ends[letter];

    /// <summary>What stands between two numbers as it is written.</summary>
    public ReadOnlySpan<char> Between(in DateNumber left, in DateNumber right) => original.AsSpan(_ends[left.End - 1].._starts[right.First]);

    /// <summary>Whether a letter of a script with spaces and a digit stand directly together here.</summary>
    public bool IsGlued(int at) => at > 0 && at < _letters.Length && _starts[at] <= _ends[at - 1]
        && !(IsFree(_letters[at - 1]) || IsFree(_letters[at]));

    /// <summary>A comma behind a year that would begin a date: "05/07/1980, 7. Mai 1980" has two.</summary>
    public bool EndsPart(in DateNumber number) => _ends[number.End - 1] is var end && end < original.Length && original[end] is ',' or ';' or ':' or '،' or '、' or '，';

    /// <summary>Only what parts the numbers of a date stands here, besides letters: no colon of a time, no comma of a list.</summary>
    public bool IsParted(int from, int to)
    {
        for (var at = from; at <= to; at++)
        {
            for (var i = _ends[at - 1]; i < _starts[at]; i++)
            {
                if (TextSigns.Of(original[i]) is not (TextSigns.Space or TextSigns.Line or TextSigns.Dash or TextSigns.Dot or TextSigns.Slash) && original[i] is not ('\'' or '’' or '\\' or '_' or '。' or '、' or '٫'))
                {
                    return false;
                }
            }
        }

        return Gap(to) > 0 || to > from;
    }

    /// <summary>What the words between two numbers mean together, 0 when there is none; negative where anything else stands there.</summary>
    public int Join(int from, int to) => to - from > LongestJoint ? None : Words(from, to, MostWords);

    /// <summary>The month right before a number, and where its word begins.</summary>
    public (int Word, int At) MonthBefore(int number)
    {
        for (var at = number - 1; at >= 0 && number - at <= LongestMonth && Gap(at + 1) <= WidestGap; at--)
        {
            if (DateWords.MayBegin(_letters[at]) && (at == 0 || Gap(at) > 0 || Folding.IsUnspaced(_letters[at]))
                && Words(at, number, 2) is > 0 and var word && (word & DateWords.Months) != 0)
            {
                return (word, at);
            }
        }

        return default;
    }

    /// <summary>The month right behind a number, and where its word ends.</summary>
    public (int Word, int At) MonthBehind(int number)
    {
        var last = Math.Min(_letters.Length, number + LongestMonth);
        for (var to = number + 1; to <= last && Gap(to - 1) <= WidestGap; to++)
        {
            if ((to == _letters.Length || Gap(to) > 0 || Folding.IsUnspaced(_letters[to]) || char.IsAsciiDigit(_letters[to]))
                && Words(number, to, 2, isLast: true) is > 0 and var word && (word & DateWords.Months) != 0)
            {
                return (word, to);
            }
        }

        return default;
    }

    /// <summary>One past the letter at which a date ends whose day ends here: 日 is part of it.</summary>
    public int PastDayUnit(int at)
    {
        var node = 0;
        for (var i = at; i < _letters.Length && i < at + 3 && Gap(i) <= 1; i++)
        {
            node = DateWords.Next(node, _letters[i]);
            if (node == 0)
            {
                break;
            }

            if ((DateWords.At(node) & DateWords.DayUnit) != 0)
            {
                return i + 1;
            }
        }

        return at;
    }

    // The longest word first; where the rest is none of dates', a shorter one. At most so many words, so that this is bounded.
    private int Words(int from, int to, int most, bool isLast = false)
    {
        if (from == to)
        {
            return isLast || Gap(to) <= WidestGap ? 0 : None;
        }

        if (most == 0 || !DateWords.MayBegin(_letters[from]))
        {
            return None;
        }

        Span<(int End, int Word)> found = stackalloc (int, int)[8];
        var (count, node) = (0, 0);
        for (var i = from; i < to && Gap(i) <= WidestGap; i++)
        {
            node = DateWords.Next(node, _letters[i]);
            if (node == 0)
            {
                break;
            }

            if (DateWords.At(node) is > 0 and var word && count < found.Length)
            {
                found[count++] = (i + 1, word);
            }
        }

        while (count > 0)
        {
            var (end, word) = found[--count];
            if (Rest(end, to, word, most - 1, isLast) is >= 0 and var all)
            {
                return all;
            }
        }

        return None;
    }

    private int Rest(int end, int to, int word, int most, bool isLast)
    {
        var rest = Words(end, to, most, isLast);
        if (rest < 0 && (word & DateWords.Months) != 0)
        {
            var past = end;
            while (past < to && past - end < LongestEnding && Gap(past) <= 0)
            {
                past++;
            }

            rest = past > end ? Words(past, to, most, isLast) : None;
        }

        if (rest < 0)
        {
            return None;
        }

        // "des" is a German article and a Norwegian December: one month stands in a date.
        return (rest & DateWords.Months) == 0 || (word & DateWords.Months) == 0 ? rest | word
            : (word & DateWords.Joint) != 0 ? rest | DateWords.Joint : None;
    }

    // Characters between a letter and the one before it.
    private int Gap(int at) => at == 0 || at == _letters.Length ? 0 : _starts[at] - _ends[at - 1];

    private static bool IsFree(char letter) => letter == FoldedText.Break || Folding.IsUnspaced(letter) || !(char.IsLetter(letter) || char.IsAsciiDigit(letter));
}
