using System.Globalization;
using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>What stood in the texts of one case. Used again from case to case; one thread at a time.</summary>
internal sealed class ConceptReading
{
    private const int ExcerptBefore = 60;

    // Shorter values are too common to be told from others.
    private const int FewestPersonal = 4;

    // As a piece of a find: a version such as 2.1 stands in any telephone number.
    private const int FewestOfFind = 6;
    private static readonly string[] DayForms = ["yyyyMMdd", "ddMMyyyy", "MMddyyyy", "yyMMdd", "ddMMyy", "MMddyy"];
    private readonly ConceptMatcher _matcher;
    private readonly ConceptScan _scan;
    private readonly List<Leaf> _leaves = [];
    private readonly List<(string Field, string Text, ConceptHit Hit)> _hits = [];
    private readonly Dictionary<int, (uint Count, int Text, int End)> _counts = [];
    private readonly Dictionary<int, List<string>> _values = [];
    private readonly List<string> _valueTexts = [];
    private readonly StructuredDetector _detector = new();
    private readonly List<Finding> _findings = [];
    private (Leaf Leaf, string Text, int Number) _at;

    public ConceptReading(ConceptMatcher matcher, ConceptAutomaton automaton)
    {
        (_matcher, _scan) = (matcher, new ConceptScan(automaton, new ConceptFinder(matcher.Windows, Take), matcher.MostGathered));
    }

    public bool HasFound => _counts.Count > 0;

    /// <summary>Whether each find is kept, for <see cref="Findings"/>.</summary>
    public bool KeepsFindings { get; set; }

    public IEnumerable<ConceptFinding> Findings => _hits.Select(hit =>
    {
        var pattern = _matcher.Patterns[hit.Hit.Pattern];
        var concept = _matcher.Concepts[hit.Hit.Concept];
        var (name, version) = _matcher.DictionaryOf(concept);
        return new ConceptFinding(hit.Field, name, version, concept.Code, pattern.Language, pattern.Pattern.Text, Excerpt(hit.Text, hit.Hit.Position));
    });

    /// <summary>Reads every free text, custom fields of that class too.</summary>
    public void Read(Case value)
    {
        var languages = _matcher.LanguagesOf(value.Language);
        CaseShape.Texts.Collect(value, _leaves);
        foreach (var leaf in _leaves)
        {
            if (leaf.DataClass == DataClass.FreeText && leaf.Text is { FormCase: PersonalText.FormOneofCase.Clear, Clear: { Length: > 0 } text })
            {
                _at = (leaf, text, _at.Number + 1);
                _scan.Read(text, languages);
            }
        }
    }

    /// <summary>Forgets the case.</summary>
    public void Forget()
    {
        _scan.Forget();
        _leaves.Clear();
        _hits.Clear();
        _counts.Clear();
        _values.Clear();
        _valueTexts.Clear();
        _findings.Clear();
        _at = default;
    }

    /// <summary>Sets what may be told of the case.</summary>
    public void Tell(Case value, EdgeRedactor? rules)
    {
        foreach (var (place, values) in _values)
        {
            var concept = _matcher.Concepts[place];
            if (values is [var only] && ConceptFields.Read(value, concept.Into).Length == 0 && (rules is null || rules.LetsTell(value, concept.DataClass)) && !IsPersonal(value, only) && !IsFoundAsPersonal(value, only))
            {
                ConceptFields.Write(value, concept.Into, only);
            }
            else
            {
                _counts.Remove(place);
            }
        }

        var told = _counts
            .Select(entry => (Concept: _matcher.Concepts[entry.Key], entry.Value.Count))
            .Where(entry => entry.Concept.Into.Length > 0 || rules is null || rules.LetsTell(value, entry.Concept.DataClass))
            .OrderBy(entry => entry.Concept.Dictionary).ThenBy(entry => entry.Concept.Code, StringComparer.Ordinal);
        value.Concepts.AddRange(told.Select(entry => new ConceptCode { Dictionary = _matcher.DictionaryOf(entry.Concept).Name, Code = entry.Concept.Code, Count = entry.Count }));
    }

    // Finds that share a word are one.
    private void Take(ConceptHit hit)
    {
        var pattern = _matcher.Patterns[hit.Pattern].Pattern;
        if (pattern.Value is { } form)
        {
            if (form.Find(_at.Text, hit.Position, pattern.ValueGap) is not { } value)
            {
                return;
            }

            if (_valueTexts.Count == 0 || !ReferenceEquals(_valueTexts[^1], _at.Text))
            {
                _valueTexts.Add(_at.Text);
            }

            var values = _values.TryGetValue(hit.Concept, out var known) ? known : _values[hit.Concept] = [];
            // Two are one too many.
            if (values.Count < 2 && !values.Contains(value))
            {
                values.Add(value);
            }
        }

        if (KeepsFindings)
        {
            _hits.Add((_at.Leaf.Custom is { } custom ? $"custom_fields.{custom.Name}" : _at.Leaf.Slot.Path, _at.Text, hit));
        }

        var before = _counts.GetValueOrDefault(hit.Concept);
        if (before.Count == 0 || before.Text != _at.Number || hit.Start > before.End)
        {
            _counts[hit.Concept] = (before.Count + 1, _at.Number, hit.End);
        }
    }

    // Whoever writes a customer's or a serial number where a lot is asked for must not have it told. A lot may be a piece of the serial number.
    private static bool IsPersonal(Case value, string found)
    {
        var leaves = new List<Leaf>();
        CaseShape.Instance.Collect(value, leaves);
        var wanted = Plain(found);
        return leaves
            .Where(leaf => !RuleFit.IsText(leaf.DataClass) && leaf.DataClass != DataClass.Technical && leaf.Text is { FormCase: PersonalText.FormOneofCase.Clear })
            .Any(leaf => RuleFit.IsDate(leaf.DataClass) && DateOnly.TryParseExact(leaf.Text!.Clear, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? IsDay(found, wanted, day)
                : Plain(leaf.Text!.Clear) is { Length: >= FewestPersonal } own
                    && (wanted.Contains(own, StringComparison.Ordinal)
                        || (leaf.DataClass != DataClass.SerialNumber && wanted.Length >= FewestPersonal && own.Contains(wanted, StringComparison.Ordinal))));
    }

    // What redaction takes out of the text must not travel beside it: "batch NRIC S8193036H". A piece of a day says nothing of it.
    private bool IsFoundAsPersonal(Case value, string found)
    {
        var (wanted, origin) = (Plain(found), CaseContext.Of(value).Origin);
        foreach (var text in _valueTexts)
        {
            _findings.Clear();
            _detector.Find(text, origin, new ClassSet(ulong.MaxValue), _findings);
            if (_findings.Exists(finding => Plain(text[finding.Start..finding.End]) is { Length: >= FewestPersonal } personal
                && finding.DataClass != DataClass.Technical
                && (wanted.Contains(personal, StringComparison.Ordinal) || (!RuleFit.IsDate(finding.DataClass) && wanted.Length >= FewestOfFind && personal.Contains(wanted, StringComparison.Ordinal)))))
            {
                return true;
            }
        }

        return false;
    }

    // A day is told by all its numbers only, whatever stands around them ("V12.3.1980.1"): "3.1.2" is a piece of 1980-03-12 and says nothing of it.
    private static bool IsDay(string found, string wanted, DateOnly day)
    {
        if (DayForms.Any(form => wanted.Contains(day.ToString(form, CultureInfo.InvariantCulture), StringComparison.Ordinal)))
        {
            return true;
        }

        var numbers = NumbersOf(found);
        return Enumerable.Range(0, Math.Max(0, numbers.Count - 2)).Any(first =>
            new[] { day.Year, day.Year % 100 }.Any(year => numbers.Skip(first).Take(3).Order().SequenceEqual(new[] { year, day.Month, day.Day }.Order())));
    }

    private static List<int> NumbersOf(string found)
    {
        var numbers = new List<int>();
        for (var at = 0; at < found.Length; at++)
        {
            var start = at;
            while (at < found.Length && char.IsAsciiDigit(found[at]))
            {
                at++;
            }

            if (at > start)
            {
                numbers.Add(int.TryParse(found.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1);
            }
        }

        return numbers;
    }

    private static string Plain(string text)
    {
        var folded = new FoldedText();
        folded.Load(text);
        return folded.Letters.ToString();
    }

    private static string Excerpt(string text, int end)
    {
        var start = Math.Max(0, end - ExcerptBefore);
        return text[(start > 0 && char.IsLowSurrogate(text[start]) ? start + 1 : start)..end];
    }
}
