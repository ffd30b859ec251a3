namespace CallTracking.Mapping.Proposals;

/// <summary>What becomes of a column that the case has no field for: its likely data class.</summary>
internal sealed class CustomFieldGuess(FieldValues values)
{
    private const int LongestName = 64;
    private const int Prose = 25;

    public ProposedField Of(ColumnSample column)
    {
        var (dataClass, confidence, evidence) = Class(column);
        var name = column.Name.Length > LongestName ? column.Name[..LongestName] : column.Name;
        var from = YamlText.Of(column.Name);
        var value = $"{{from: {from}, class: {dataClass}}}";
        string? question = confidence < 0.6 ? $"What does '{column.Name}' tell about a person? Until a class is chosen it stays here." : null;
        if (dataClass == "technical" && column.Time.IsTime)
        {
            (value, question) = values.Time(column, ", class: technical, type: instant");
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

        if (column.IsNamed && ColumnCandidates.HeaderMatches(column.Label).Select(match => (match, Class: FieldKinds.ClassOf(match.Key))).FirstOrDefault(entry => entry.Class is not null) is { Class: { } named } like
            && !(named == "free_text" && column.IsOfFewWords))
        {
            return (named, Math.Max(0.6, like.match.Score * 0.9), $"header resembles '{like.match.Word}' ({like.match.Language})");
        }

        if (column.Time.IsTime)
        {
            return ("technical", 0.75, FormattableString.Invariant($"times, {column.Time.Share:P0} {column.Time.Format}"));
        }

        // A few words may still be sexes, ages, people: without a name of the column nobody says which.
        if (column.IsOfFewWords && column.IsNamed)
        {
            return ("technical", 0.7, FormattableString.Invariant($"{column.Distinct} words in {column.Count} rows"));
        }

        if (column.Length >= Prose)
        {
            return ("free_text", 0.7, FormattableString.Invariant($"texts of {column.Length:0} characters"));
        }

        return column.Share(ColumnSample.IsPhone) > 0.8 && column.Length >= 9
            ? ("phone", 0.6, "like telephone numbers")
            : ("unspecified", 0.4, FormattableString.Invariant($"{column.Distinct} different of {column.Count}"));
    }
}
