namespace CallTracking.Privacy;

/// <summary>All identifiers, found by the length of their forms.</summary>
internal static class IdentifierTable
{
    public static IReadOnlyList<Identifier> Rows { get; } = [.. IdentifiersOfAsia.Rows, .. IdentifiersOfEurope.Rows, .. IdentifiersOfGermany.Rows, .. IdentifiersOfAmerica.Rows, .. IdentifiersElsewhere.Rows];

    /// <summary>By length: rows with the forms of that length.</summary>
    public static IReadOnlyList<(Form Form, Identifier Row)[]> ByLength { get; } =
        [.. Enumerable.Range(0, Form.Longest + 1).Select(length => Rows.SelectMany(row => row.Forms.Select(form => (form, row))).Where(pair => pair.form.Length == length).ToArray())];
}
