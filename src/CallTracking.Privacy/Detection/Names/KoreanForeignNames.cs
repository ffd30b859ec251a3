namespace CallTracking.Privacy;

/// <summary>
/// Foreign names in Hangul: parts that names of persons are made of, one behind the other ("멕 라이언", "빌리 밥 손튼") or written
/// together ("리암니슨"), with particles or a title written on. Of parts that are words, too, one at least must be none.
/// </summary>
internal sealed class KoreanForeignNames(KoreanWords words)
{
    private const int MostParts = 4;
    private const int LongestPart = 8;
    private const int LongestTogether = 14;
    private const int ShortestUnknown = 3;
    private const int LongestUnknown = 5;

    // "김 모" is no foreign person.
    private const int ShortestOfTwo = 4;

    private const float Several = 0.85f;
    private const float Together = 0.7f;
    private const float Alone = 0.65f;

    /// <summary>Looks for a name that begins with a unit.</summary>
    /// <returns>The name's last unit; less than <paramref name="at"/> where none begins here.</returns>
    public int FindAt(string text, NameUnit[] units, int at, List<NameSpan> spans)
    {
        var first = Word(text, units[at]);
        if (first.Length == 1 && (!units[at].IsSpaced || words.Before.Contains(NameHash.OfWord(first))))
        {
            return -1;
        }

        var (last, end, parts, best) = (at, 0, 0, KoreanPart.None);
        for (var i = at; parts < MostParts; i++)
        {
            var word = Word(text, units[i]);
            var length = PartLength(word);
            if (length == 0)
            {
                length = best > KoreanPart.Word ? UnknownLength(word) : 0;
                if (length == 0)
                {
                    break;
                }
            }

            // What begins with a maker's name is a thing of theirs ("보쉬 드릴").
            var isMaker = parts == 0 && words.Makers.Contains(NameHash.OfWord(word[..length]));
            var part = isMaker ? KoreanPart.Word : PartOf(word[..length]);
            if (parts > 0 && part < KoreanPart.Usual && words.StartsWithTitle(word))
            {
                break;
            }

            (last, end, parts, best) = (i, units[i].Start + length, parts + 1, part > best ? part : best);
            if (length < word.Length || units[i + 1] is not { Kind: UnitKind.Hangul, IsSpaced: true, Length: <= LongestTogether })
            {
                break;
            }
        }

        // One syllable alone ("존", "칼") is as often a word.
        var isBeforeTitle = parts > 1 && end - units[at].Start >= ShortestOfTwo && units[last + 1] is { Kind: UnitKind.Hangul, IsSpaced: true } next && words.StartsWithTitle(Word(text, next));
        var isPerson = parts > 1 ? best >= KoreanPart.Usual || isBeforeTitle : best == KoreanPart.Sure && end - units[at].Start > 1;
        if (isPerson)
        {
            spans.Add(new NameSpan(units[at].Start, end, parts > 1 ? Several : Alone));
            return last;
        }

        if (TogetherLength(first) is > 0 and var together)
        {
            spans.Add(new NameSpan(units[at].Start, units[at].Start + together, Together));
            return at;
        }

        return -1;
    }

    private static ReadOnlySpan<char> Word(string text, NameUnit unit) => text.AsSpan(unit.Start, unit.Length);

    private KoreanPart PartOf(ReadOnlySpan<char> word)
    {
        var hash = NameHash.OfWord(word);
        var part = KoreanParts.Default.Of(hash);
        return words.Loans.Contains(hash) ? KoreanPart.Word : part < KoreanPart.Usual && words.Foreign.Contains(hash) ? KoreanPart.Usual : part;
    }

    // The longest part that the word begins with, when nothing is behind it but what is written on to names.
    private int PartLength(ReadOnlySpan<char> word)
    {
        for (var length = Math.Min(word.Length, LongestPart); length > 0; length--)
        {
            if ((length == word.Length || words.IsWrittenOn(word[length..])) && PartOf(word[..length]) != KoreanPart.None)
            {
                return length;
            }
        }

        return 0;
    }

    // Two parts of two syllables or more.
    private int TogetherLength(ReadOnlySpan<char> word)
    {
        for (var first = 2; first <= LongestPart && first <= word.Length - 2; first++)
        {
            if (PartOf(word[..first]) is not KoreanPart.None and var part && PartLength(word[first..]) is >= 2 and var second
                && (part >= KoreanPart.Usual || PartOf(word.Slice(first, second)) >= KoreanPart.Usual))
            {
                return first + second;
            }
        }

        return 0;
    }

    // A surname that no list has, behind a forename that is known: without its particle.
    private int UnknownLength(ReadOnlySpan<char> word)
    {
        if (words.StartsWithTitle(word) || words.Ordinary.Contains(NameHash.OfWord(word[..Math.Min(3, word.Length)])))
        {
            return 0;
        }

        for (var length = 1; length < word.Length; length++)
        {
            if (words.Endings.Contains(NameHash.OfWord(word[length..])))
            {
                return length >= ShortestUnknown ? length : 0;
            }
        }

        return word.Length is >= ShortestUnknown and <= LongestUnknown && KoreanWords.IsForeignSounding(word) ? word.Length : 0;
    }
}
