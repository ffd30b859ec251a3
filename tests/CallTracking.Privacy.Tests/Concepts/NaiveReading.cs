namespace CallTracking.Privacy.Tests.Concepts;

/// <summary>A text as a list of words, in which patterns are looked for one by one: slow, and plain enough to be seen right.</summary>
internal sealed class NaiveReading
{
    private readonly List<Word> _words = [];

    public NaiveReading(string text)
    {
        var (word, clause, sentence, lines) = ("", 0, 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (char.IsLetterOrDigit(letter))
            {
                lines = 0;
                if (letter > '\u2E80')
                {
                    Flush();
                    Add(letter.ToString(), clause, sentence, true);
                    continue;
                }

                word += char.ToLowerInvariant(letter);
                continue;
            }

            var isWithin = word.Length > 0 && i + 1 < text.Length && char.IsAsciiLetterOrDigit(text[i + 1]);
            Flush();
            lines += letter == '\n' ? 1 : 0;
            if ((letter is '.' or ',' or '-' && !isWithin) || (letter == '\n' && lines > 1))
            {
                clause++;
                sentence += letter is ',' or '-' ? 0 : 1;
            }
        }

        Flush();

        void Flush()
        {
            if (word.Length > 0)
            {
                Add(word, clause, sentence, false);
                word = "";
            }
        }
    }

    /// <summary>First and last word of each find, the shortest for each end.</summary>
    public IEnumerable<(int Start, int End)> Spans(string pattern, List<string> except, List<string> before, List<string> after, List<string> stop, int window)
    {
        var parts = Parts(pattern).ToList();
        var ends = Occurrences(parts[0].Literal).Where(Stands).Select(span => (span.Start, span.End)).ToList();
        foreach (var (literal, gap) in parts.Skip(1))
        {
            ends = [.. Occurrences(literal).Where(Stands)
                .Select(next => (Next: next, Before: ends.Where(earlier => earlier.End < next.Start && next.Start - earlier.End - 1 <= gap && _words[earlier.End].Sentence == _words[next.End].Sentence).ToList()))
                .Where(chain => chain.Before.Count > 0)
                .Select(chain => (chain.Before.Max(earlier => earlier.Start), chain.Next.End))];
        }

        return ends;

        bool Stands((int Start, int End) span) =>
            !except.Any(exception => Occurrences(exception).Any(other => other.Start <= span.End && other.End >= span.Start))
            && !Reaches(before, stop, span, true, window)
            && !Reaches(after, stop, span, false, window);
    }

    private bool Reaches(List<string> guards, List<string> stops, (int Start, int End) span, bool isBefore, int window)
    {
        int Nearest(List<string> patterns) => patterns.SelectMany(Occurrences)
            .Where(other => _words[other.End].Clause == _words[span.End].Clause)
            .Select(other => isBefore ? span.Start - other.End - 1 : other.Start - span.End - 1)
            .Where(distance => distance >= 0 && distance <= window)
            .DefaultIfEmpty(int.MaxValue)
            .Min();
        return Nearest(guards) < Nearest(stops);
    }

    // Words up to a gap, and where a star leaves a word open.
    private static IEnumerable<(string Literal, int Gap)> Parts(string pattern)
    {
        var (words, gap) = (new List<string>(), 0);
        foreach (var token in pattern.Split(' '))
        {
            if (token[0] == '~' || (words.Count > 0 && (words[^1].EndsWith('*') || token.StartsWith('*'))))
            {
                if (words.Count > 0)
                {
                    yield return (string.Join(' ', words), gap);
                }

                words.Clear();
                gap = token[0] == '~' ? int.Parse(token.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture) : gap is var kept && kept > 0 && words.Count == 0 ? kept : 0;
                if (token[0] == '~')
                {
                    continue;
                }
            }

            words.Add(token);
        }

        yield return (string.Join(' ', words), gap);
    }

    private IEnumerable<(int Start, int End)> Occurrences(string literal)
    {
        var wanted = new NaiveReading(literal.Replace("*", "", StringComparison.Ordinal))._words;
        for (var start = 0; start + wanted.Count <= _words.Count; start++)
        {
            var end = start + wanted.Count - 1;
            if (_words[start].Clause == _words[end].Clause && Enumerable.Range(0, wanted.Count).All(i => Is(_words[start + i], wanted[i].Text, i == 0 && literal[0] == '*', i == wanted.Count - 1 && literal[^1] == '*')))
            {
                yield return (start, end);
            }
        }
    }

    private static bool Is(Word word, string wanted, bool isOpenBefore, bool isOpenBehind) => (isOpenBefore, isOpenBehind) switch
    {
        (true, true) => word.Text.Contains(wanted, StringComparison.Ordinal),
        (true, false) => word.Text.EndsWith(wanted, StringComparison.Ordinal),
        (false, true) => word.Text.StartsWith(wanted, StringComparison.Ordinal),
        _ => word.Text == wanted,
    };

    private void Add(string text, int clause, int sentence, bool isUnspaced) => _words.Add(new Word(text, clause, sentence, isUnspaced));

    private sealed record Word(string Text, int Clause, int Sentence, bool IsUnspaced);
}
