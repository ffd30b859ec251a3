namespace CallTracking.Mapping.Proposals;

/// <summary>The columns that name a case.</summary>
internal sealed record KeyGuess(string Yaml, string Evidence, string? Duplicates, string? Question)
{
    private const int LongestKey = 64;

    // Of an event log more rows than these follow an earlier one of their case; in a list of cases, a few do.
    private const double MostFirst = 0.7;

    /// <summary>A mapping's <c>fold</c>, where rows look like the steps of cases.</summary>
    public string? Fold { get; private init; }

    public static KeyGuess Of(IReadOnlyList<ColumnSample> columns, IReadOnlyList<Candidate> chosen, int rows, bool isTree)
    {
        var number = chosen.FirstOrDefault(candidate => candidate.Target == "case_number")?.Column;
        if (number is { IsUnique: true } && number.Count == rows)
        {
            return new KeyGuess(YamlText.Of(number.Name), "in every row, and no value twice", null, null);
        }

        if (number is not null && number.Count >= 0.98 * rows && number.Distinct <= MostFirst * rows)
        {
            return OfSteps(number, columns, rows);
        }

        if (number is not null && number.Count >= 0.98 * rows)
        {
            return new KeyGuess(YamlText.Of(number.Name), FormattableString.Invariant($"{number.Distinct} different in {number.Count} of {rows} rows"), "latest",
                number.IsUnique ? null : FormattableString.Invariant($"{number.Count - number.Distinct} of {rows} rows repeat a '{number.Name}' of another row: is each a later state of one case? Otherwise name more columns: key: [{YamlText.Of(number.Name)}, …]."));
        }

        var unique = columns.FirstOrDefault(column => column.IsUnique && column.Count == rows && rows > 1 && !column.Time.IsTime && !column.IsList
            && column.Length <= LongestKey && column.Share(ColumnSample.IsEmail) == 0);
        if (unique is not null)
        {
            return new KeyGuess(YamlText.Of(unique.Name), "in every row, and no value twice", null, $"Nothing but uniqueness says that '{unique.Name}' names a case. Does it?");
        }

        return isTree
            ? new KeyGuess("id", "no value is in every record and unique", null, "Which value names a case?")
            : new KeyGuess("{hash_of: row}", "no column is filled and unique in every row", "number", "No column names a case: each different row is one. Do some columns together name it? key: [a, b].");
    }

    private static KeyGuess OfSteps(ColumnSample number, IReadOnlyList<ColumnSample> columns, int rows)
    {
        var name = YamlText.Of(number.Name);
        var at = columns.FirstOrDefault(column => column.Count == rows && column.Time is { IsTime: true, Other: null });
        var order = at switch
        {
            null => string.Empty,
            { Time.Format: "iso" } => $", order: {YamlText.Of(at.Name)}",
            _ => $", order: {{from: {YamlText.Of(at.Name)}, format: {YamlText.Of(at.Time.Format!)}{(at.Time.Calendar is { } calendar ? $", calendar: {calendar}" : string.Empty)}}}",
        };
        return new KeyGuess(name, FormattableString.Invariant($"{number.Distinct} different in {number.Count} of {rows} rows"), "latest",
            FormattableString.Invariant($"{number.Count - number.Distinct} of {rows} rows repeat a '{number.Name}' of another row. If each row is one step of a case, take the line with fold, which makes one case of its rows; if the rows are cases, name more columns: key: [{name}, …]."))
        {
            Fold = $"{{by: {name}{order}}}",
        };
    }
}
