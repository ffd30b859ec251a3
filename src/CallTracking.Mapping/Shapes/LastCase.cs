using System.Globalization;
using CallTracking.Mapping.Proposals;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Shapes;

/// <summary>
/// Goes with the cases of one table, and says where the last of them looks like totals or a note below it: with fewer values than the others, and a key of a
/// form that none of them has, or one that begins with a word for totals. Not thread-safe.
/// </summary>
internal sealed class LastCase
{
    // Of fewer cases nothing can be expected to tell; a word for totals tells more.
    private const int Fewest = 5;
    private const int FewestBesideAWord = 3;

    // Of the values that cases have on average; totals have some, a note has one.
    private const double MostOfTotals = 0.75;
    private const double MostOfOthers = 0.5;

    // Keys of random signs have as many forms: forms that came once tell how likely the next is a new one.
    private const int MostForms = 256;
    private const int CasesPerSingle = 50;

    private readonly Dictionary<string, int> _forms = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _byForm;
    private (string Key, int Values, RowPosition Position)? _last;
    private long _cases;
    private long _values;
    private long _numbered;

    public LastCase() => _byForm = _forms.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="key">Of the case.</param>
    /// <param name="values">How many cells of its row are not empty.</param>
    /// <param name="position">Where its row stands.</param>
    public void Add(string key, int values, RowPosition position)
    {
        if (_last is { } before)
        {
            Count(before.Key, before.Values);
        }

        _last = (key, values, position);
    }

    /// <summary>Asked at the end of the table: where the last case stands and why it may be none, without its key; null where it is like the others.</summary>
    public string? Doubt()
    {
        if (_last is not { } last || _cases < FewestBesideAWord)
        {
            return null;
        }

        var form = KeyForm.Of(last.Key);
        var isNumbered = _numbered * 2 > _cases;
        var isOther = isNumbered && !_forms.ContainsKey(form);
        var isTotals = (isOther || !isNumbered) && FooterGuess.IsTotals(last.Key) && last.Values < MostOfTotals * Usual;
        var isNote = isOther && _cases >= Fewest && IsTelling && last.Values <= MostOfOthers * Usual;
        return !isTotals && !isNote ? null
            : Say($"{Place(last.Position)}, the last that became a case, looks like {(isTotals ? "totals" : "a note")}: its key {Key(form, isOther, isTotals)}, and it has {last.Values:N0} {(last.Values == 1 ? "value" : "values")} where the others have {Usual:0.#} on average");
    }

    private double Usual => (double)_values / _cases;

    private bool IsTelling => _forms.Count < MostForms && _forms.Values.Count(count => count == 1) * CasesPerSingle <= _cases;

    private void Count(string key, int values)
    {
        _cases++;
        _values += values;
        var form = KeyForm.Of(key, stackalloc char[KeyForm.Most]);
        _numbered += form.Contains('9') ? 1 : 0;
        if (_byForm.TryGetValue(form, out var count) || _forms.Count < MostForms)
        {
            _byForm[form] = count + 1;
        }
    }

    private string Key(string form, bool isOther, bool isTotals) => string.Join(", and ", (string[])
    [
        .. isOther ? [Say($"is of the form {form}, that of the others is mostly {_forms.MaxBy(known => known.Value).Key} (A letters, 9 digits)")] : (string[])[],
        .. isTotals ? ["begins with a word for totals"] : (string[])[],
    ]);

    private static string Place(RowPosition at) => Say($"{at.File}: row {at.Row}{(at.Line == at.Row ? string.Empty : Say($" (line {at.Line})"))}");

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
