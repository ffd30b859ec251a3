namespace CallTracking.Privacy;

/// <summary>All identifiers, found by the length of their forms.</summary>
internal static class IdentifierTable
{
    public static IReadOnlyList<Identifier> Rows { get; } = [.. IdentifiersOfAsia.Rows, .. IdentifiersOfEurope.Rows, .. IdentifiersOfGermany.Rows, .. IdentifiersOfAmerica.Rows, .. IdentifiersElsewhere.Rows];

    // By length, by what the value begins and ends with, for values of digits apart: most numbers of a text are, and few forms take them.
    private static readonly FormRow[][] Every = Index(static _ => true);
    private static readonly FormRow[][] OnSight = Index(static pair => pair.Row.Kind.Tier == DetectionTier.OnSight);

    /// <summary>The forms that a value may have.</summary>
    /// <param name="candidate">The value.</param>
    /// <param name="onSight">Only those that are found without a word beside them.</param>
    public static FormRow[] Of(in Candidate candidate, bool onSight)
    {
        var length = candidate.Value.Length;
        var sort = (int)(candidate.Digits & 1) | ((int)(candidate.Digits >> (length - 1)) << 1) | (candidate.IsDigits ? 4 : 0);
        return (onSight ? OnSight : Every)[(length << 3) | sort];
    }

    private static FormRow[][] Index(Func<FormRow, bool> belongs)
    {
        var pairs = Rows.SelectMany(row => row.Forms.Select(form => new FormRow(form, row))).Where(belongs).ToArray();
        return [.. Enumerable.Range(0, (Form.Longest + 1) << 3).Select(key => pairs.Where(pair => pair.Form.Length == key >> 3 && MayBe(pair.Form, key & 7)).ToArray())];
    }

    private static bool MayBe(Form form, int sort)
    {
        var last = 1UL << (form.Length - 1);
        return ((sort & 4) == 0 || form.Letters == 0)
            && ((sort & 1) == 0 ? (form.Digits & 1) == 0 : (form.Letters & 1) == 0)
            && ((sort & 2) == 0 ? (form.Digits & last) == 0 : (form.Letters & last) == 0);
    }
}

/// <summary>One form of one row.</summary>
internal readonly record struct FormRow(Form Form, Identifier Row);
