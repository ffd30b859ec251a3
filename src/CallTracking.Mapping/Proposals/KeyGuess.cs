namespace CallTracking.Mapping.Proposals;

/// <summary>The columns that name a case.</summary>
internal sealed record KeyGuess(string Yaml, string Evidence, string? Duplicates, string? Question)
{
    private const int LongestKey = 64;

    public static KeyGuess Of(IReadOnlyList<ColumnSample> columns, IReadOnlyList<Candidate> chosen, int rows, bool isTree)
    {
        var number = chosen.FirstOrDefault(candidate => candidate.Target == "case_number")?.Column;
        if (number is { IsUnique: true } && number.Count == rows)
        {
            return new KeyGuess(YamlText.Of(number.Name), "in every row, and no value twice", null, null);
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
            return new KeyGuess(YamlText.Of(unique.Name), "in every row, and no value twice", null, "Nothing but uniqueness says that this column names a case. Does it?");
        }

        return isTree
            ? new KeyGuess("id", "no value is in every record and unique", null, "Which value names a case?")
            : new KeyGuess("{hash_of: row}", "no column is filled and unique in every row", "number", "No column names a case: each different row is one. Do some columns together name it? key: [a, b].");
    }
}
