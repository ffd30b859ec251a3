namespace CallTracking.Privacy;

/// <summary>
/// Korean names, by lists and signs, for there are no texts to learn from: a family name and one or two syllables that given
/// names are made of, with particles or a title written on; a family name alone before a title; foreign names that are known.
/// </summary>
internal sealed class KoreanNames(NameLists lists, KoreanWords words)
{
    private const int Enough = 29;
    private const int LongestUnit = 24;

    // A given name of a list of usual ones, and one that some persons of a dictionary have.
    private const int Listed = 18;
    private const int Known = 12;

    private const int Title = 30;
    private const int Label = 30;

    private const int ShortestWhole = 2;
    private const int LongestWhole = 4;
    private const int Ending = 6;

    // "연기나": a noun of two syllables and a particle look like a person, but seldom are one.
    private const int NounAndEnding = -24;

    // "연행자": so is a noun with a syllable that makes another noun of it.
    private const int NounAndKind = -12;
    private const int ShortestNoun = 2;
    private const int LongNoun = 3;
    private const int LongestNoun = 6;

    // "전", before an office that somebody held.
    private static readonly uint Former = NameHash.OfWord("전");

    private const int LongestAge = 2;

    private readonly KoreanForeignNames _foreign = new(words);
    private readonly KoreanEchoes _echoes = new(words);

    public void Find(string text, UnitReader reader, List<NameSpan> spans)
    {
        var units = reader.Units;
        for (var i = UnitReader.First; i < reader.End; i++)
        {
            if (units[i] is { Kind: UnitKind.Hangul, Length: <= LongestUnit })
            {
                i = FindAt(text, units, i, spans);
            }
            else if (units[i].Shape == UnitShape.Initial && (IsAddressed(text, units[i + 1]) || IsAged(text, units, i + 1)))
            {
                // "A씨", "A(25)씨", as news and records call someone whose name is kept back.
                spans.Add(new NameSpan(units[i].Start, units[i].End, 0.6f));
            }
        }

        _echoes.Find(text, reader, spans);
    }

    // An age in brackets, and who is called so.
    private static bool IsAged(string text, NameUnit[] units, int at) =>
        units[at].Hash == '(' && units[at + 1] is { Kind: UnitKind.Number, Length: <= LongestAge } && units[at + 2].Hash == ')' && IsAddressed(text, units[at + 3]);

    // Gives the last unit that is done with. A word of three syllables or more that a dictionary has is none of these, whatever it looks like.
    private int FindAt(string text, NameUnit[] units, int at, List<NameSpan> spans)
    {
        var unit = units[at];
        var word = text.AsSpan(unit.Start, unit.Length);
        var noun = NounOf(word);
        if (noun < LongNoun && _foreign.FindAt(text, units, at, spans) is var last && last >= at)
        {
            return last;
        }

        if (units[at + 1] is { Kind: UnitKind.Hangul, IsSpaced: true } next && word.Length is >= 2 and <= 6 && KoreanWords.IsForeignSounding(word)
            && text.AsSpan(next.Start, next.Length) is var office && office.Length > 1 && words.StartsWithTitle(office) && !words.Endings.Contains(NameHash.OfWord(word[^1..])))
        {
            spans.Add(new NameSpan(unit.Start, unit.End, 0.6f));
            return at;
        }

        if (words.Ordinary.Contains(NameHash.OfWord(word[..Math.Min(3, word.Length)])) && !words.IsTitle(word[Math.Min(3, word.Length)..]))
        {
            return at;
        }

        if (noun >= LongNoun)
        {
            return at;
        }

        if (IsBeforePerson(text, units, at, word) || IsInHan(units, at, word))
        {
            spans.Add(new NameSpan(unit.Start, unit.End, 0.8f));
            return at;
        }

        var (best, bestLength) = (0, 0);
        for (var length = 1; length <= 4 && length <= word.Length; length++)
        {
            var score = NameScore(word[..length]) is > 0 and var name ? name + Signs(text, units, at, word[length..], length) + LooksOfNoun(word, length, noun) : 0;
            (best, bestLength) = score > best ? (score, length) : (best, bestLength);
        }

        if (best >= Enough)
        {
            spans.Add(new NameSpan(unit.Start, unit.Start + bestLength, 1f / (1f + MathF.Exp((Enough - 5 - best) / 10f))));
        }

        return at;
    }

    // "왕가위(王家卫)": as many ideographs behind it, of which the first is a family name; a place goes on ("선양(沈陽)시").
    private bool IsInHan(NameUnit[] units, int at, ReadOnlySpan<char> word)
    {
        var end = at + 2 + word.Length;
        if (word.Length is < ShortestWhole or > LongestWhole || !IsFamily(word[..1]) || units[at + 1].Hash != '(' || end + 1 >= units.Length || units[end].Hash != ')'
            || (units[end + 1] is { Kind: UnitKind.Hangul, IsSpaced: false }) || (units[at + 2].Begins & 0xF) == 0)
        {
            return false;
        }

        for (var i = at + 2; i < end; i++)
        {
            if (units[i].Kind != UnitKind.Ideograph)
            {
                return false;
            }
        }

        return true;
    }

    // "씨" behind a space follows persons only, whatever their given names are made of.
    private bool IsBeforePerson(string text, NameUnit[] units, int at, ReadOnlySpan<char> word) =>
        word.Length is >= ShortestWhole and <= LongestWhole
        && units[at + 1] is { Kind: UnitKind.Hangul, IsSpaced: true } next && text[next.Start] == '씨' && AreEndings(text.AsSpan(next.Start + 1, next.Length - 1))
        && (IsFamily(word[..1]) || IsFamily(word[..2]) || word.Length == ShortestWhole);

    // Nothing, an ending, or two: "에게도".
    private bool AreEndings(ReadOnlySpan<char> rest)
    {
        for (var first = rest.Length; first > 0; first--)
        {
            if (words.Endings.Contains(NameHash.OfWord(rest[..first])) && (first == rest.Length || words.Endings.Contains(NameHash.OfWord(rest[first..]))))
            {
                return true;
            }
        }

        return rest.IsEmpty;
    }

    // "윤 모 씨": someone whose given name is kept back.
    private static bool IsAddressed(string text, NameUnit unit) => unit.Kind == UnitKind.Hangul && text[unit.Start] == '씨';

    private bool IsFamily(ReadOnlySpan<char> start) => NameHash.OfWord(start) is var hash && (words.Usual.Contains(hash) || words.Rare.Contains(hash));

    private int LooksOfNoun(ReadOnlySpan<char> word, int length, int noun) =>
        noun > 0 && (length > noun || length == ShortestNoun) ? NounAndEnding
        : length == LongNoun && words.Makings.Contains(NameHash.OfWord(word[ShortestNoun..length])) && DictionaryWords.Korean.Has(NameHash.OfWord(word[..ShortestNoun])) ? NounAndKind
        : 0;

    // How long the noun is that the word is, but for what is written on to nouns; 0 where it is none.
    private int NounOf(ReadOnlySpan<char> word)
    {
        for (var length = Math.Min(LongestNoun, word.Length); length >= ShortestNoun; length--)
        {
            if (DictionaryWords.Korean.Has(NameHash.OfWord(word[..length])) && (length == word.Length || words.Endings.Contains(NameHash.OfWord(word[length..])) || words.Verbs.Contains(NameHash.OfWord(word.Slice(length, 1)))))
            {
                return length;
            }
        }

        return 0;
    }

    // How much syllables look like a family name and a given name.
    private int NameScore(ReadOnlySpan<char> name)
    {
        var best = 0;
        for (var family = 1; family <= 2 && family <= name.Length; family++)
        {
            var hash = NameHash.OfWord(name[..family]);
            var known = words.Usual.Contains(hash) ? 14 : words.Rare.Contains(hash) ? 6 : 0;
            if (known > 0)
            {
                best = Math.Max(best, known + (name.Length == family ? family == 1 ? -2 : 0 : GivenScore(name[family..])));
            }
        }

        return best;
    }

    private int GivenScore(ReadOnlySpan<char> given)
    {
        if (given.Length == 1)
        {
            return SyllableScore(given[0], 2) > 0 || SyllableScore(given[0], 1) > 0 ? 6 : -20;
        }

        if (given.Length > 2)
        {
            return -40;
        }

        // 하 and 되 make verbs of nouns.
        var verb = given[1] is '하' or '되' or '시' or '지' or '이' ? -10 : 0;
        var hash = NameHash.OfWord(given);
        var whole = verb + (NameLists.ForenameOf(lists.Of(hash)) > 0 ? Listed : DictionaryWords.KoreanGiven.Has(hash) ? Known : 0);
        return whole + SyllableScore(given[0], 1) + SyllableScore(given[1], 2);
    }

    private int SyllableScore(char syllable, uint place) => NameLists.ForenameOf(lists.Of(NameHash.OfSyllable(syllable, place))) switch
    {
        NameLists.Usual => 12,
        NameLists.Weak => 10,
        _ => (place == 1 ? words.FirstSyllables : words.SecondSyllables).Contains(NameHash.OfWord([syllable])) ? 7 : -8,
    };

    private int Signs(string text, NameUnit[] units, int at, ReadOnlySpan<char> rest, int length)
    {
        ref var next = ref units[at + 1];
        var isLabelled = units[at - 1].Hash == ':' && units[at - 2].Kind == UnitKind.Hangul && words.Labels.Contains(units[at - 2].Hash);
        var score = isLabelled ? Label : 0;
        if (rest.IsEmpty)
        {
            var isBeforeTitle = next.Kind == UnitKind.Hangul && next.IsSpaced && words.StartsWithTitle(text.AsSpan(next.Start, next.Length));
            var isBeforeFormer = length == 1 && next.Hash == Former && units[at + 2] is { Kind: UnitKind.Hangul } office && words.StartsWithTitle(text.AsSpan(office.Start, office.Length));
            var isAlone = length == 3 && (next.Kind != UnitKind.Hangul || units[at - 1].Kind != UnitKind.Hangul);
            var isKeptBack = length == 1 && next is { Kind: UnitKind.Hangul, IsSpaced: true } && text[next.Start] == '모' && (next.Length == 1 ? IsAddressed(text, units[at + 2]) : text[next.Start + 1] == '씨');
            var isNotWord = length > 1 || !(units[at - 1].Kind == UnitKind.Hangul && text[units[at].Start] is '전' or '지' or '반' or '모' or '명' or '소' or '어' or '주' or '한' or '두');
            return score + (((isBeforeTitle || isBeforeFormer) && isNotWord) || isKeptBack ? Title : 0) + (isAlone ? 6 : 2) - (length == 2 && !isBeforeTitle ? 10 : 0);
        }

        // "강모(48)씨", "윤모씨": someone whose given name is kept back.
        if (length == 1 && rest[0] == '모' && (rest.Length > 1 ? rest[1] == '씨' : next.Hash is '(' or '씨'))
        {
            return score + Title;
        }

        // "곽시양" is a person of three syllables, not a young lady of two.
        if (words.StartsWithTitle(rest) && !(length == 2 && rest[0] is ('양' or '군')))
        {
            var isWord = length == 1 && rest[0] != '씨' && !words.Joint.Contains(NameHash.OfWord(text.AsSpan(units[at].Start, 1)));
            return score + (isWord ? -40 : Title);
        }

        var isEnding = words.Endings.Contains(NameHash.OfWord(rest));
        return length < 3 ? -40 : score + (isEnding ? Ending : words.Endings.Contains(NameHash.OfWord(rest[..1])) ? -6 : -30);
    }
}
