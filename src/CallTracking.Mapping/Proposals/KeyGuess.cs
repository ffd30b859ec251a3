using CallTracking.Mapping.Reading.Json;

namespace CallTracking.Mapping.Proposals;

/// <summary>The columns that name a case.</summary>
internal sealed record KeyGuess(string Yaml, string Evidence, string? Duplicates, string? Question)
{
    private const int LongestKey = 64;
    private const double Sure = 0.7;
    private const double MostlyFilled = 0.98;
    private const string WholeRow = "{hash_of: row}";
    private const string Unique = "in every row, and no value twice";

    // Of an event log more rows than these follow an earlier one of their case; in a list of cases, a few do.
    private const double MostFirst = 0.7;

    public bool IsWholeRow => Yaml == WholeRow;

    /// <summary>A mapping's <c>fold</c>, where rows look like the steps of cases.</summary>
    public string? Fold { get; private init; }

    public static KeyGuess Of(IReadOnlyList<ColumnSample> columns, IReadOnlyList<Candidate> chosen, int rows, bool isTree, FieldValues values)
    {
        var candidate = chosen.FirstOrDefault(candidate => candidate.Target == "case_number");
        var number = candidate?.Column;
        var (isSure, isFilled) = (candidate?.Score >= Sure, number?.Count >= MostlyFilled * rows);
        if (isSure && number is { IsUnique: true } && number.Count == rows)
        {
            return new KeyGuess(YamlText.Of(number.Name), Unique, null, null);
        }

        var unique = columns.Where(column => MayName(column, rows)).OrderByDescending(column => IsCode(column, chosen, rows)).ThenBy(DepthOf).ThenByDescending(column => column == number).FirstOrDefault();
        if (isSure && isFilled)
        {
            return !number!.IsUnique && unique is not null && IsCode(unique, chosen, rows) ? Repeated(number, columns, rows, values).YieldingTo(unique, number, rows) : Repeated(number, columns, rows, values);
        }

        if (columns.FirstOrDefault(column => column.Name == JsonPath.Member && column.IsUnique) is { } member)
        {
            return new KeyGuess(YamlText.Of(member.Name), "the name under which each record stands", null, null);
        }

        if (unique is not null)
        {
            return new KeyGuess(YamlText.Of(unique.Name), Unique, null, $"Nothing but uniqueness says that '{unique.Name}' names a case. Does it?");
        }

        return isFilled ? Repeated(number!, columns, rows, values)
            : isTree ? new KeyGuess("id", "no value is in every record and unique", null, "Which value names a case?")
            : new KeyGuess(WholeRow, "no column is filled and unique in every row", "number", "No column names a case: each different row is one. Do some columns together name it? key: [a, b].");
    }

    private static KeyGuess Repeated(ColumnSample number, IReadOnlyList<ColumnSample> columns, int rows, FieldValues values) =>
        number.Distinct <= MostFirst * rows ? OfSteps(number, columns, rows, values) : OfStates(number, rows);

    private static bool MayName(ColumnSample column, int rows) => column.IsUnique && column.Count == rows && rows > 1 && !column.Time.IsTime && !column.IsList
        && column.Length <= LongestKey && column.Share(ColumnSample.IsEmail) == 0;

    // Written as numbers of cases are, and nothing else by its header: it outdoes a number that repeats. What counts rows is another one in each export.
    private static bool IsCode(ColumnSample column, IReadOnlyList<Candidate> chosen, int rows) =>
        !(column.Share(ColumnSample.IsInteger) >= 1 && column.Largest() <= rows)
        && column.Share(value => value.Any(char.IsDigit) && !value.Any(sign => char.IsWhiteSpace(sign) || sign is ',' or '@')) > 0.9 && TimeShape.RecentUnixOf(column) is null
        && !chosen.Any(candidate => candidate.Column == column && candidate.Target != "case_number") && !PersonalWords.Has(column.Label);

    private static int DepthOf(ColumnSample column) => column.Name.Count(sign => sign == '.');

    private static KeyGuess OfStates(ColumnSample number, int rows) =>
        new(YamlText.Of(number.Name), FormattableString.Invariant($"{number.Distinct} different in {number.Count} of {rows} rows"), "latest",
            number.IsUnique ? null : FormattableString.Invariant($"{number.Count - number.Distinct} of {rows} rows repeat a '{number.Name}' of another row: is each a later state of one case? Otherwise name more columns: key: [{YamlText.Of(number.Name)}, …]."));

    private KeyGuess YieldingTo(ColumnSample unique, ColumnSample number, int rows) => new(YamlText.Of(unique.Name), Unique, null,
        FormattableString.Invariant($"'{unique.Name}' is in every row, and no value twice; {number.Count - number.Distinct} of {rows} rows repeat a '{number.Name}' of another row. Does '{unique.Name}' name a case? If each row is a step or a later state of one, write key: {YamlText.Of(number.Name)}{(Fold is null ? string.Empty : ", and for steps take the line with fold")}."))
    {
        Fold = Fold,
    };

    private static KeyGuess OfSteps(ColumnSample number, IReadOnlyList<ColumnSample> columns, int rows, FieldValues values)
    {
        var name = YamlText.Of(number.Name);
        var at = columns.FirstOrDefault(column => column.Count == rows && column.Time is { IsTime: true, Other: null });
        var order = at switch
        {
            null => string.Empty,
            { Time.Format: "iso" } => $", order: {YamlText.Of(at.Name)}",
            _ => $", order: {{from: {YamlText.Of(at.Name)}, format: {YamlText.Of(at.Time.Format!)}{(at.Time.Calendar is { } calendar ? $", calendar: {calendar}" : values.CultureOf(at, at.Time.Format!) is { } culture ? $", culture: {culture}" : string.Empty)}}}",
        };
        return new KeyGuess(name, FormattableString.Invariant($"{number.Distinct} different in {number.Count} of {rows} rows"), "latest",
            FormattableString.Invariant($"{number.Count - number.Distinct} of {rows} rows repeat a '{number.Name}' of another row. If each row is one step of a case, take the line with fold, which makes one case of its rows; if the rows are cases, name more columns: key: [{name}, …]."))
        {
            Fold = $"{{by: {name}{order}}}",
        };
    }
}
