using System.Buffers;
using System.Text;
using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>
/// Replaces personal values in a text by placeholders. Order of overlaps: findings that overlap become one, so nothing of any of
/// them is left; it is named as <see cref="Finding.Outranks"/> says. Reusable.
/// </summary>
internal sealed class TextRedactor(IReadOnlyList<ITextDetector> detectors)
{
    private static readonly SearchValues<char> MentionJoints = SearchValues.Create(" \t\r\n\u3000-.");

    private readonly FoldedText _folded = new();
    private readonly List<string> _texts = [];
    private readonly List<Finding> _findings = [];
    private readonly StringBuilder _result = new();

    /// <summary>Which classes to look for, and whose.</summary>
    /// <param name="Own">The case's own values of the wanted classes.</param>
    /// <param name="Placeholders">The case's placeholders.</param>
    /// <param name="Origin">Whose text it is.</param>
    /// <param name="Jurisdiction">Stands in the counts of what is found.</param>
    public readonly record struct Scope(OwnValues Own, Placeholders Placeholders, TextOrigin Origin, string Jurisdiction);

    public bool IsEmpty => _texts.Count == 0;

    /// <summary>Forgets one case.</summary>
    public void Clear()
    {
        _folded.Clear();
        _texts.Clear();
    }

    /// <summary>Takes in a text of the case, and notes which pairs of letters it has; gives the text's number.</summary>
    public int Take(string text, LetterPairs pairs)
    {
        _texts.Add(text);
        var number = _folded.Add(text);
        pairs.Add(_folded.Letters);
        return number;
    }

    /// <summary>A text without the wanted values, or the same instance when it holds none.</summary>
    /// <param name="number">The text's, from <see cref="Take"/>.</param>
    /// <param name="scope">Whose text it is.</param>
    /// <param name="ownWanted">The classes of own values to replace.</param>
    /// <param name="foundWanted">The classes to detect.</param>
    /// <param name="tally">Counts what is replaced.</param>
    public string Redact(int number, in Scope scope, ClassSet ownWanted, ClassSet foundWanted, RedactionTally tally)
    {
        var text = _texts[number];
        _findings.Clear();
        if (!scope.Own.IsEmpty)
        {
            FindOwn(number, scope.Own, ownWanted);
        }

        var (own, seen) = (_findings.Count, SpreadText.Of(text));
        // By number: an enumerator of each text would be garbage.
        for (var i = 0; i < detectors.Count; i++)
        {
            detectors[i].Find(seen.Text, scope.Origin, foundWanted, _findings);
        }

        seen.BringBack(_findings, own);
        return _findings.Count == 0 ? text : Replace(text, scope, tally);
    }

    private void FindOwn(int number, OwnValues own, ClassSet wanted)
    {
        var text = _texts[number];
        _folded.Show(number);
        var lastEnd = -1;
        for (var at = own.Patterns.NextStart(_folded.Letters, 0); at < _folded.Count; at = own.Patterns.NextStart(_folded.Letters, at + 1))
        {
            var (entity, length, classes) = own.Patterns.MatchAt(_folded, text, at, wanted);
            if (length == 0)
            {
                continue;
            }

            var start = _folded.Starts[at];
            var end = _folded.Ends[at + length - 1];
            if (lastEnd >= at && _findings[^1] is var last && last.Own == entity && (lastEnd > at || IsOneMention(text, last.End, start)))
            {
                _findings[^1] = last with { End = Math.Max(end, last.End) };
            }
            else
            {
                _findings.Add(new Finding(start, end, classes.And(wanted).First, entity, ""));
            }

            // A piece of a longer value overlaps the next piece, so the search goes on inside it.
            lastEnd = at + length;
            at += length == PatternIndex.Longest ? 0 : length - 1;
        }

        if (!own.Dates.IsEmpty)
        {
            own.Dates.FindIn(_folded, text, wanted, _findings);
        }
    }

    // "Max Mustermann-Meier" where only the parts are known: nothing but white space or a dash between them.
    private static bool IsOneMention(string text, int from, int to) =>
        to - from <= PatternIndex.WidestGap && !text.AsSpan(from, to - from).ContainsAnyExcept(MentionJoints);

    private string Replace(string text, in Scope scope, RedactionTally tally)
    {
        _result.Clear();
        var copied = 0;
        foreach (var place in FindingPlaces.Of(_findings))
        {
            var start = WithPrefix(text, place.Start, place.Named.DataClass);
            _result.Append(text, copied, Math.Max(0, start - copied));
            WritePlaceholder(text, place, scope);
            tally.Add(place.Named.DataClass, RedactionAction.Detect, scope.Jurisdiction);
            copied = place.End;
        }

        return _result.Append(text, copied, text.Length - copied).ToString();
    }

    // The + of an own phone number is no letter or digit, so the match begins after it.
    private static int WithPrefix(string text, int start, DataClass dataClass) =>
        dataClass == DataClass.Phone && start > 0 && text[start - 1] is '+' or '＋' ? start - 1 : start;

    private void WritePlaceholder(string text, in FindingPlace place, in Scope scope)
    {
        var finding = IsSomebodyElse(text, place, scope.Own) ? place.Person!.Value : place.Named;
        if (finding.Own >= 0)
        {
            Placeholders.Write(_result, scope.Own.KindOf(finding.Own), scope.Own.NumberOf(finding.Own, scope.Placeholders));
        }
        else
        {
            Placeholders.Write(_result, Placeholders.KindOf(finding.DataClass), scope.Placeholders.NumberOf(finding));
        }
    }

    // Of "Ann Smith" one part is the customer Jane Smith's, the other is not: a relative or a namesake.
    private static bool IsSomebodyElse(string text, in FindingPlace place, OwnValues own) =>
        place is { OwnMentions: 1, Named: { Own: >= 0 } mine, Person: { } person }
        && own.HasSeveralParts(mine.Own)
        && person.Length > mine.Length + 1
        && person.Key.Contains(' ', StringComparison.Ordinal)
        && !text.AsSpan(mine.Start, mine.Length).ContainsAny(MentionJoints)
        && HasOtherPart(text.AsSpan(person.Start, person.Length), mine.Start - person.Start, mine.Length);

    // A word of two letters or more beside the own one, which an initial or a particle is not.
    private static bool HasOtherPart(ReadOnlySpan<char> person, int start, int length)
    {
        foreach (var word in person.SplitAny(MentionJoints))
        {
            var (from, to) = (word.Start.Value, word.End.Value);
            if ((to <= start || from >= start + length) && to - from > 1 && char.IsUpper(person[from]))
            {
                return true;
            }
        }

        return false;
    }
}
