namespace CallTracking.Mapping.Proposals;

/// <summary>What becomes of a column that the case has no field for: its likely data class.</summary>
internal sealed class CustomFieldGuess(FieldValues values)
{
    /// <summary>What stands behind a time that tells nothing of a person.</summary>
    public const string Instant = ", class: technical, type: instant";

    private const int LongestName = 64;
    private const int Prose = 25;
    private const int Sentence = 12;

    // Dates of a help desk lie closer together, and later, than those of the lives of its customers.
    private const int MostYears = 15;
    private const int OldestDesk = 1995;

    public ProposedField Of(ColumnSample column)
    {
        var (dataClass, confidence, evidence) = Class(column);
        if (column.IsOfElements)
        {
            (confidence, evidence) = (Math.Min(confidence, 0.4), $"{evidence}; some records have several");
        }

        var name = column.Name.Length > LongestName ? column.Name[..LongestName] : column.Name;
        var from = YamlText.Of(column.Name);
        var value = $"{{from: {from}, class: {dataClass}}}";
        string? question = column.IsOfElements ? $"Some records have several elements where '{column.Name}' leads: write the path with [*] behind the one that repeats, or each."
            : dataClass == "unspecified" && column.Time.IsTime && !PersonalWords.Has(column.Label) ? $"Is '{column.Name}' a time of the case, or a day of a purchase or of a life? Until it is a field or has a class it stays here."
            : confidence < 0.6 ? $"What does '{column.Name}' tell about a person? Until a class is chosen it stays here." : null;
        if (column.IsOfElements)
        {
            return new ProposedField("custom_fields", name, value, confidence, evidence, question);
        }

        if (dataClass == "technical" && column.Time.IsTime)
        {
            (value, question) = values.Time(column, Instant);
        }
        else if (dataClass == "technical" && TimeShape.RecentUnixOf(column) is not null)
        {
            (value, question) = (values.Time(column, Instant).Value, $"Are the numbers of '{column.Name}' times?");
        }
        else if (dataClass == "technical" && column.Share(ColumnSample.IsInteger) >= 1)
        {
            value = $"{{from: {from}, class: technical, type: integer}}";
        }

        return new ProposedField("custom_fields", name, value, confidence, evidence, question);
    }

    private static (string Class, double Confidence, string Evidence) Class(ColumnSample column)
    {
        if (column.Share(ColumnSample.IsEmail) > 0.5)
        {
            return ("email", 0.95, "e-mail addresses");
        }

        if (ByHeader(column) is { } named)
        {
            return named;
        }

        if (column.Time.IsTime)
        {
            return PersonalWords.Has(column.Label) || SpansALife(column) ? Unspecified("times that may be days of a life")
                : column.Time.IsOfDays(column) && !IsNamedTime(column) ? Unspecified("days without a time of day, which may be of a purchase or of a life")
                : ("technical", 0.75, FormattableString.Invariant($"times, {column.Time.Share:P0} {column.Time.Format}"));
        }

        if (TimeShape.RecentUnixOf(column) is { } unix && !PersonalWords.Has(column.Label))
        {
            return ("technical", 0.5, $"whole numbers that read as {unix}");
        }

        if (TechnicalSigns.Of(column) is { } proof)
        {
            return ("technical", 0.7, FormattableString.Invariant($"{column.Distinct} words in {column.Count} rows; {proof}"));
        }

        if (column.Length >= Prose && !column.IsOfFewWords && !PersonalWords.Has(column.Label))
        {
            return ("free_text", 0.7, FormattableString.Invariant($"texts of {column.Length:0} characters"));
        }

        return column.Share(ColumnSample.IsPhone) > 0.8 && column.Share(IsWrittenAsPhone) > 0.5 && column.Length >= 9
            ? ("phone", 0.6, "like telephone numbers")
            : Unspecified(FormattableString.Invariant($"{column.Distinct} different of {column.Count}"));
    }

    // A text of few words is a list of something, perhaps of people; a class that is no protection needs more than a header.
    private static (string Class, double Confidence, string Evidence)? ByHeader(ColumnSample column)
    {
        var match = column.IsNamed ? ColumnCandidates.HeaderMatches(column.Label).FirstOrDefault(match => FieldKinds.ClassOf(match.Key) is not (null or "technical") && !(match.Key == "customer.name" && !ColumnCandidates.MayBeName(column)) && !(match.Key.EndsWith(".postcode", StringComparison.Ordinal) && column.IsOfTelephones)) : default;
        if (match.Key is null)
        {
            return null;
        }

        var dataClass = FieldKinds.ClassOf(match.Key)!;
        var evidence = $"header resembles '{match.Word}' ({match.Language})";
        return dataClass == "unspecified" || ForeignNumber.Is(column.Label, match) || (dataClass == "free_text" && (column.IsOfFewWords || column.Length < Sentence))
            ? Unspecified(evidence)
            : (dataClass, Math.Max(0.6, match.Score * 0.9), evidence);
    }

    // Digits alone may number a person.
    private static bool IsWrittenAsPhone(string value) => !value.All(char.IsAsciiDigit);

    private static (string Class, double Confidence, string Evidence) Unspecified(string evidence) => ("unspecified", 0.4, evidence);

    private static bool IsNamedTime(ColumnSample column) => column.IsNamed && ColumnCandidates.HeaderMatches(column.Label).Any(match => FieldKinds.Of(match.Key) == FieldKind.Time);

    private static bool SpansALife(ColumnSample column) => column.Time.Years(column) is var (oldest, newest) && (newest - oldest > MostYears || oldest < OldestDesk);
}
