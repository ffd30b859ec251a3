using System.Globalization;
using System.Text;

namespace CallTracking.Mapping.Proposals;

/// <summary>Writes what stands behind a field's name, and the question where that is not sure.</summary>
internal sealed class FieldValues(RegionSetting region)
{
    private const double Sure = 0.7;
    private const double LeastParted = 0.1;
    private const int LongestLabel = 40;

    private static readonly string[] Signs = [",", ";", "|"];

    private static readonly Dictionary<string, string> NationalIds = new()
    {
        ["DE"] = "DE_TAX_ID",
        ["JP"] = "JP_MY_NUMBER",
        ["US"] = "US_SSN",
        ["FR"] = "FR_NIR",
        ["ES"] = "ES_DNI",
        ["IT"] = "IT_CF",
        ["BR"] = "BR_CPF",
        ["PL"] = "PL_PESEL",
    };

    /// <summary>The field of one column; of several for fields that are lists.</summary>
    public ProposedField Of(string target, IReadOnlyList<Candidate> candidates)
    {
        var best = candidates[0];
        var columns = string.Join(", ", candidates.Select(candidate => YamlText.Of(candidate.Column.Name)));
        var (value, question) = candidates.Count > 1 ? ($"[{columns}]", null) : Value(best);
        question ??= best.Score < Sure ? $"Is '{best.Column.Name}' really {target}?" : null;
        return new ProposedField(target, best.Column.Name, value, best.Score, string.Join("; ", candidates.Select(candidate => candidate.Evidence).Distinct()), question);
    }

    /// <summary>Where a time stands and how it is written; with a question where two formats read it.</summary>
    public (string Value, string? Question) Time(ColumnSample column, string rest = "")
    {
        var from = YamlText.Of(column.Name);
        if (column.Time.Format is not { } format)
        {
            return ($"{{from: {from}, format: {TimeShape.UnixOf(column) ?? TimeShape.RecentUnixOf(column) ?? "iso"}{rest}}}", null);
        }

        var other = column.Time.Other;
        string? question = null;
        if (other is not null)
        {
            var isDayFirst = format.IndexOf('d', StringComparison.Ordinal) < format.IndexOf('M', StringComparison.Ordinal);
            (format, other) = region.IsDayFirst is { } wanted && wanted != isDayFirst ? (other, format) : (format, other);
            question = region.IsDayFirst is null ? $"Which is first in '{column.Name}', day or month? Every value reads as {format} and as {other}." : null;
        }

        var culture = CultureOf(column, format) is { } named ? $", culture: {named}" : string.Empty;
        return (format == "iso" && rest.Length == 0 ? from : $"{{from: {from}, format: {YamlText.Of(format)}{(column.Time.Calendar is { } calendar ? $", calendar: {calendar}" : culture)}{rest}}}", question);
    }

    /// <summary>A time's own culture, where its words are not those of the file's.</summary>
    public string? CultureOf(ColumnSample column, string format)
    {
        if (!format.Contains("tt", StringComparison.Ordinal) && !format.Contains("MMM", StringComparison.Ordinal))
        {
            return null;
        }

        return column.Time.Cultures is [var first, ..] cultures ? region.Culture is { } known && cultures.Contains(known) ? null : first
            : region.Culture?.StartsWith("en", StringComparison.Ordinal) == true ? null : "en-US";
    }

    private (string Value, string? Question) Value(Candidate candidate)
    {
        var (column, target) = (candidate.Column, candidate.Target);
        var name = YamlText.Of(column.Name);
        return FieldKinds.Of(target) switch
        {
            FieldKind.Time => Time(column),
            FieldKind.Date when column.Time.IsTime => column.Time.Format == "iso" ? ($"{{from: {name}, format: iso}}", null) : Time(column),
            FieldKind.Date when column.Time is { IsTime: false } && TimeShape.HasDayNumbers(column) => ($"{{from: {name}, format: excel}}", $"Are the numbers of '{column.Name}' days since 1900, as a spreadsheet counts them? Since 1904 they are format: excel_1904; others are no dates."),
            FieldKind.Date when TimeShape.UnixOfBirths(column) is { } unix => ($"{{from: {name}, format: {unix}}}", null),
            FieldKind.Word when target != "customer.gender" && !(target == "customer_country" && column.Words.All(word => ColumnCandidates.IsCountryCode(word.Key))) => Table(column, target),
            FieldKind.Score when target == "satisfaction.csat" => Score(column),
            FieldKind.Money => Amount(column),
            _ when target == "customer.national_ids" => region.Country is { } country && NationalIds.TryGetValue(country, out var kind)
                ? ($"[{{kind: {{const: {kind}}}, value: {name}}}]", null)
                : ($"[{{kind: {{const: UNKNOWN}}, value: {name}}}]", $"Which kind of number is '{column.Name}'?"),
            _ when target == "tags" && SignBetween(column) is { } sign => ($"{{from: {name}, split: {YamlText.Of(sign)}}}", null),
            _ when target == "language" && column.Share(value => value.Length is 2 or 5) < 1 => (name, $"Which words of '{column.Name}' mean which language? Codes such as de or en are wanted."),
            _ when SheetDamage.IsOfFormulas(column) => ($"{{from: {name}, {SheetDamage.Unwrapping}}}", null),
            _ => (name, null),
        };
    }

    private (string Value, string? Question) Amount(ColumnSample column)
    {
        var culture = AmountShape.CultureOf(column, region.Culture) is { } other ? $", culture: {other}" : string.Empty;
        var currency = AmountShape.CurrencyOf(column, region.Currency) ?? region.Currency;
        return ($"{{from: {YamlText.Of(column.Name)}, currency: {currency ?? "EUR"}{culture}}}", currency is null ? $"In which currency is '{column.Name}'?" : null);
    }

    // Several labels in one cell: most such cells have the sign, and what it parts is short.
    private static string? SignBetween(ColumnSample column) => column.IsList ? null
        : Array.Find(Signs, sign => column.Share(value => value.Contains(sign, StringComparison.Ordinal)) > LeastParted
            && column.Share(value => Array.TrueForAll(value.Split(sign), part => part.Trim().Length is > 0 and <= LongestLabel)) > 0.9);

    private static (string Value, string? Question) Score(ColumnSample column)
    {
        var name = YamlText.Of(column.Name);
        if (column.Largest() > 0 && column.Share(ColumnSample.IsPointNumber) > 0.9)
        {
            return ($"{{from: {name}, scale: [{(column.Largest() > 5 && column.Words.Any(word => word.Key == "0") ? 0 : 1)}, {(column.Largest() > 5 ? 10 : 5)}]}}", null);
        }

        var words = new StringBuilder($"{Environment.NewLine}    from: {name}{Environment.NewLine}    scale: [1, 5]{Environment.NewLine}    values:");
        Lines(column, "satisfaction.csat", words);
        return (words.ToString(), null);
    }

    private static (string Value, string? Question) Table(ColumnSample column, string target)
    {
        var isNumbered = target == "priority" && column.Words.All(word => ColumnSample.IsInteger(word.Key));
        var text = new StringBuilder($"{Environment.NewLine}    from: {YamlText.Of(column.Name)}{Environment.NewLine}    values:");
        Lines(column, target, text);
        return (text.ToString(), isNumbered ? $"Which number of '{column.Name}' is the most urgent? Systems differ." : null);
    }

    // A word that nobody knows leaves the field empty for now, and the mapping says so; words that come later are rejected.
    private static void Lines(ColumnSample column, string target, StringBuilder into)
    {
        foreach (var (word, count) in column.Words)
        {
            var meant = ColumnCandidates.ValueOf(target, word);
            into.Append(CultureInfo.InvariantCulture, $"{Environment.NewLine}      {YamlText.Of(word)}: {meant?.Key ?? "null"}");
            into.Append(meant is { } known
                ? known.IsWhole ? string.Empty : $"   # holds '{known.Word}' ({known.Language})"
                : FormattableString.Invariant($"   # ? {count} rows have it, and no dictionary knows it: which {target}?"));
        }
    }
}
