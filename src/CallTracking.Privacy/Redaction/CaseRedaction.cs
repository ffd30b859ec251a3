using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>
/// One redaction of one case, at either place: collects the values, then works on texts while the own values are still known,
/// then on single values, last to first. Holds buffers that are used again from case to case; one thread at a time.
/// </summary>
internal sealed class CaseRedaction(IReadOnlyList<ITextDetector> detectors)
{
    private readonly List<Leaf> _leaves = [];
    private readonly List<int> _textAt = [];
    private readonly List<(CustomField Field, int Number)> _names = [];
    private readonly OwnValues _own = new();
    private readonly Placeholders _placeholders = new();
    private readonly TextRedactor _texts = new(detectors);

    public IReadOnlyList<Leaf> Leaves => _leaves;

    /// <summary>For the receipt of the last run.</summary>
    public string DetectorVersion { get; private set; } = Detectors.Version;

    public void Collect(Case value)
    {
        _leaves.Clear();
        CaseShape.Instance.Collect(value, _leaves);
    }

    /// <summary>Does the rules of a place to the collected values of the case.</summary>
    public RedactionTally Run(Case value, CompiledRules rules, RedactionPlace place, RegionKeys? keys)
    {
        var tally = new RedactionTally();
        var context = CaseContext.Of(value);
        Forget();
        CollectTexts(rules, place);
        CollectOwn(rules, place, context);
        var hasNames = NeedsNames(value, rules, place);
        RedactTexts(rules, place, context, hasNames, tally);
        var isRenamed = RedactNames(rules, place, context, tally);
        RedactValues(value, rules, place, context, keys, tally);
        if (isRenamed)
        {
            Sort(value.CustomFields);
        }

        return tally;
    }

    /// <summary>Forgets the case.</summary>
    public void Clear()
    {
        _leaves.Clear();
        Forget();
    }

    private void Forget()
    {
        _own.Reset();
        _placeholders.Reset();
        _texts.Clear();
        _textAt.Clear();
        _names.Clear();
    }

    // The texts that stay, and the names of custom fields: no rule acts on these, yet a source may write values as names.
    private void CollectTexts(CompiledRules rules, RedactionPlace place)
    {
        foreach (var leaf in _leaves)
        {
            if (TextSearch.IsSearched(leaf, rules, place))
            {
                _textAt.Add(Take(TextOf(leaf.Text!)));
            }
            else
            {
                _textAt.Add(-1);
            }

            if (leaf.Custom is { } custom)
            {
                _names.Add((custom, Take(custom.Name)));
            }
        }

        int Take(string text)
        {
            _placeholders.Notice(text);
            return _texts.Take(text, _own.Texts);
        }
    }

    private void CollectOwn(CompiledRules rules, RedactionPlace place, in CaseContext context)
    {
        if (_texts.IsEmpty)
        {
            return;
        }

        // Wanted for any text; each text's own needs decide which kinds are replaced.
        var hidden = rules[DataClass.FreeText].HidesAtEdge || rules[DataClass.FileName].HidesAtEdge ? rules.Hidden : TextSearch.Hidden(rules, place);
        foreach (var leaf in _leaves)
        {
            if (leaf.Text is { FormCase: PersonalText.FormOneofCase.Clear, Clear.Length: > 1 } text
                && leaf.DataClass is not DataClass.Technical
                && !RuleFit.IsText(leaf.DataClass)
                && hidden.Contains(leaf.DataClass))
            {
                _own.Add(leaf.DataClass, text.Clear, leaf.Parent, context.Origin);
            }
        }
    }

    // Whether names have to be looked for: not again where a receipt says that it was done in all texts of the case.
    private bool NeedsNames(Case value, CompiledRules rules, RedactionPlace place)
    {
        var (texts, named) = (0, 0);
        for (var i = 0; i < _leaves.Count; i++)
        {
            if (_textAt[i] >= 0 && RuleFit.IsText(_leaves[i].DataClass))
            {
                texts++;
                named += TextSearch.Wanted(rules, place, _leaves[i].DataClass).Contains(DataClass.Name) ? 1 : 0;
            }
        }

        var isDone = named > 0 && value.Redactions.Any(receipt => receipt.DetectorVersion == Detectors.VersionWithNames);
        DetectorVersion = named > 0 && (isDone || named == texts) ? Detectors.VersionWithNames : Detectors.Version;
        return named > 0 && !isDone;
    }

    private void RedactTexts(CompiledRules rules, RedactionPlace place, in CaseContext context, bool hasNames, RedactionTally tally)
    {
        for (var i = 0; i < _leaves.Count; i++)
        {
            if (_textAt[i] < 0)
            {
                continue;
            }

            var leaf = _leaves[i];
            ref readonly var rule = ref rules[leaf.DataClass];
            var detectsHere = rule.Action == RedactionAction.Detect && (rule.Place == place || place == RedactionPlace.Hub);
            var scope = new TextRedactor.Scope(_own, _placeholders, context.Origin, rule.Jurisdiction);
            var wanted = TextSearch.Wanted(rules, place, leaf.DataClass);
            var found = !RuleFit.IsText(leaf.DataClass) ? default : hasNames ? wanted : wanted.Without(DataClass.Name);
            RedactText(leaf.Text!, _textAt[i], leaf.DataClass, scope, (wanted, found), detectsHere, rule, tally);
        }
    }

    private void RedactText(
        PersonalText text,
        int number,
        DataClass dataClass,
        in TextRedactor.Scope scope,
        (ClassSet Own, ClassSet Found) wanted,
        bool detects,
        in ClassRule rule,
        RedactionTally tally)
    {
        var before = TextOf(text);
        string after;
        try
        {
            after = _texts.Redact(number, scope, wanted.Own, wanted.Found, tally);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Fail closed: what could not be looked through does not pass. The removal itself is done with the other values.
            text.ClearForm();
            tally.Add(dataClass, RedactionAction.Drop, rule.Jurisdiction);
            return;
        }

        if (!ReferenceEquals(before, after) || (detects && text.FormCase == PersonalText.FormOneofCase.Clear))
        {
            text.Masked = after;
            if (detects)
            {
                tally.Add(dataClass, RedactionAction.Detect, rule.Jurisdiction);
            }
        }
    }

    private bool RedactNames(CompiledRules rules, RedactionPlace place, in CaseContext context, RedactionTally tally)
    {
        var isRenamed = false;
        foreach (var (custom, number) in _names)
        {
            var scope = new TextRedactor.Scope(_own, _placeholders, context.Origin, rules[DataClass.FreeText].Jurisdiction);
            var name = SafeName(number, scope, TextSearch.Wanted(rules, place, DataClass.FreeText), tally);
            isRenamed |= !ReferenceEquals(name, custom.Name);
            custom.Name = name;
        }

        return isRenamed;
    }

    private string SafeName(int number, in TextRedactor.Scope scope, ClassSet wanted, RedactionTally tally)
    {
        try
        {
            // Headings with capitals and no sentence around them look like names; persons who are names of columns are own values.
            return _texts.Redact(number, scope, wanted, wanted.Without(DataClass.Name), tally);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Fail closed, as with texts; the value stands under its own rule.
            tally.Add(DataClass.FreeText, RedactionAction.Mask, scope.Jurisdiction);
            return Placeholders.Mask(DataClass.FreeText);
        }
    }

    // The contract's order, which other names may have changed.
    private static void Sort(Google.Protobuf.Collections.RepeatedField<CustomField> fields)
    {
        var sorted = fields.OrderBy(field => field.Name, StringComparer.Ordinal).ToList();
        fields.Clear();
        fields.AddRange(sorted);
    }

    private void RedactValues(
        Case value, CompiledRules rules, RedactionPlace place, in CaseContext context, RegionKeys? keys, RedactionTally tally)
    {
        var subject = NeedsSubject(rules) ? CaseContext.SubjectOf(value) : "";
        for (var i = _leaves.Count - 1; i >= 0; i--)
        {
            var leaf = _leaves[i];
            var outcome = ValueActions.Outcome.Unchanged;
            ref readonly var rule = ref RuleOf(rules, leaf);
            if (leaf.Text is null)
            {
                outcome = TypedValue(leaf, rule);
            }
            else if (FormCheck.AtEdge(leaf.Text, rule) is var state && state == FormState.Absent)
            {
                leaf.Remove();
                continue;
            }
            else if (rule.Action is not (RedactionAction.Keep or RedactionAction.Detect) && (rule.Place == place || place == RedactionPlace.Hub))
            {
                outcome = ApplySafely(leaf, state, rule, context, keys, subject);
            }

            if (outcome == ValueActions.Outcome.Gone)
            {
                leaf.Remove();
                tally.Add(Known(leaf.DataClass), RedactionAction.Drop, rule.Jurisdiction);
            }
            else if (outcome == ValueActions.Outcome.Changed)
            {
                tally.Add(leaf.DataClass, rule.Action, rule.Jurisdiction);
            }
        }
    }

    private static ValueActions.Outcome ApplySafely(
        in Leaf leaf, FormState state, in ClassRule rule, in CaseContext context, RegionKeys? keys, string subject)
    {
        // A form that protects enough stays, but a mask is looked at (it must be whole) and a generalization (it must be coarse).
        if (state == FormState.Fine && rule.Action is not (RedactionAction.Mask or RedactionAction.Generalize))
        {
            return ValueActions.Outcome.Unchanged;
        }

        if (state == FormState.Fine && !SameForm(leaf.Text!, rule.Action))
        {
            return ValueActions.Outcome.Unchanged;
        }

        try
        {
            return ValueActions.Apply(leaf.Text!, leaf.DataClass, rule, context, keys, subject);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Fail closed: a value that an action cannot bear does not pass.
            return ValueActions.Outcome.Gone;
        }
    }

    private static bool SameForm(PersonalText text, RedactionAction action) => text.FormCase switch
    {
        PersonalText.FormOneofCase.Masked => action == RedactionAction.Mask,
        PersonalText.FormOneofCase.Generalized => action == RedactionAction.Generalize,
        _ => false,
    };

    // A typed value says what it is only by its field's class: anything but a technical one is dropped, kept classes too.
    private static ValueActions.Outcome TypedValue(in Leaf leaf, in ClassRule rule) =>
        leaf.Custom is { ValueCase: not CustomField.ValueOneofCase.None } && rule.Action != RedactionAction.Keep
            ? ValueActions.Outcome.Gone
            : ValueActions.Outcome.Unchanged;

    /// <summary>The rule of a leaf: of its class, but for a typed custom value that of "no class given".</summary>
    internal static ref readonly ClassRule RuleOf(CompiledRules rules, in Leaf leaf) =>
        ref rules[leaf.Text is null && leaf.DataClass != DataClass.Technical ? DataClass.Unspecified : leaf.DataClass];

    private static bool NeedsSubject(CompiledRules rules) =>
        rules[DataClass.BirthDate].Action == RedactionAction.Shift || rules[DataClass.PersonalDate].Action == RedactionAction.Shift;

    private static DataClass Known(DataClass dataClass) => (DataClass)DataClassNames.IndexOf(dataClass);

    private static string TextOf(PersonalText text) => text.FormCase switch
    {
        PersonalText.FormOneofCase.Clear => text.Clear,
        PersonalText.FormOneofCase.Masked => text.Masked,
        _ => "",
    };
}
