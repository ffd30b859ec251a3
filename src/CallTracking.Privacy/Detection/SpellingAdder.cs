namespace CallTracking.Privacy;

/// <summary>Adds the spellings of one entity, each with the freedom that its length can bear.</summary>
internal readonly struct SpellingAdder(PatternIndex patterns, LetterPairs texts, int entity, ClassSet classes, List<char> scratch)
{
    // From here on a value is distinctive: it is found inside longer words and with separators anywhere.
    private const int DistinctiveLetters = 6;
    private const int DistinctiveDigits = 7;

    public int Entity => entity;

    /// <summary>False when no text of the case can hold a spelling with these folded letters in it.</summary>
    public bool IsWorthwhile(ReadOnlySpan<char> letters) => texts.MayHold(letters);

    /// <summary>A spelling whose separators stand where the value has them, or, when it is long enough, anywhere.</summary>
    /// <param name="letters">Folded letters and digits.</param>
    /// <param name="gaps">Bit i: a separator may follow letter i.</param>
    public void AddExact(ReadOnlySpan<char> letters, ulong gaps)
    {
        if (letters.Length < 2)
        {
            return;
        }

        var distinctive = letters.Length >= (letters.IndexOfAnyExceptInRange('0', '9') < 0 ? DistinctiveDigits : DistinctiveLetters);
        var unspaced = Folding.IsUnspaced(letters[0]) && Folding.IsUnspaced(letters[^1]);
        var fit = new PatternFit(WholeWord: !distinctive, GapsAnywhere: distinctive || unspaced, gaps);
        if (letters.Length <= PatternIndex.Longest)
        {
            AddPiece(letters, fit);
            return;
        }

        for (var at = 0; at < letters.Length; at += PatternIndex.Longest)
        {
            var from = Math.Min(at, letters.Length - PatternIndex.Longest);
            AddPiece(letters.Slice(from, PatternIndex.Longest), fit);
        }
    }

    /// <summary>What of a name stays the same in all its cases: found as a word with up to so many letters more.</summary>
    public void AddStem(ReadOnlySpan<char> letters, byte endings)
    {
        if (letters.Length <= PatternIndex.Longest)
        {
            AddPiece(letters, new PatternFit(WholeWord: true, GapsAnywhere: false, 0) { Endings = endings, IsStem = true });
        }
    }

    private void AddPiece(ReadOnlySpan<char> letters, in PatternFit fit)
    {
        if (texts.MayHold(letters))
        {
            patterns.Add(letters, entity, classes, fit);
        }
    }

    /// <summary>A number of at least seven digits, with separators anywhere.</summary>
    public void AddNumber(ReadOnlySpan<char> digits)
    {
        if (digits.Length >= DistinctiveDigits)
        {
            AddExact(digits, 0);
        }
    }

    /// <summary>The end of a number, which is one only by itself, with separators anywhere.</summary>
    public void AddNumberAlone(ReadOnlySpan<char> digits) => AddPiece(digits, new PatternFit(WholeWord: true, GapsAnywhere: true, 0));

    /// <summary>Several words as one spelling, with a separator between any two of them or none.</summary>
    public void AddWords(FoldedText text, ReadOnlySpan<Range> words)
    {
        scratch.Clear();
        var gaps = 0UL;
        foreach (var word in words)
        {
            scratch.AddRange(text.Letters[word]);
            if (scratch.Count <= PatternIndex.Longest)
            {
                gaps |= 1UL << (scratch.Count - 1);
            }
        }

        AddExact(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(scratch), gaps);
    }
}
