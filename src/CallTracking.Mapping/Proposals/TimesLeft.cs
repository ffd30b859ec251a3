namespace CallTracking.Mapping.Proposals;

/// <summary>
/// Columns of times that no field took, where no column was found for when a case was opened or last changed: one of them is likely that, under a name
/// that no dictionary has.
/// </summary>
internal sealed class TimesLeft
{
    private static readonly (string Target, string Words)[] Wanted = [("opened", "opened"), ("updated", "last changed"), ("closed", "closed")];

    private readonly string? _question;
    private readonly HashSet<string> _names;

    private TimesLeft(IReadOnlyList<ProposedField> left, IReadOnlyList<(string Target, string Words)> missing)
    {
        _names = [.. left.Select(field => field.Column)];
        var isAsked = left.Count > 0 && missing.Any(time => time.Target is "opened" or "updated");
        var which = left.Count == 1 ? $"Is '{left[0].Column}'" : $"Which of {string.Join(", ", left.Select(field => $"'{field.Column}'"))} is";
        _question = isAsked
            ? $"{which} when the case was {string.Join(" or ", missing.Select(time => time.Words))}? Write it under fields as {string.Join(", ", missing.Select(time => time.Target))}; what none of them is may stay here."
            : null;
    }

    /// <param name="fields">Those of the case that are proposed, asked or not.</param>
    /// <param name="custom">What the other columns become.</param>
    public static TimesLeft Of(IReadOnlyList<ProposedField> fields, IReadOnlyList<ProposedField> custom) =>
        new([.. custom.Where(field => field.Value.Contains(CustomFieldGuess.Instant, StringComparison.Ordinal))], [.. Wanted.Where(time => !fields.Any(field => field.Target == time.Target))]);

    /// <summary>The field as it is, or no longer in force but asked.</summary>
    public ProposedField Asked(ProposedField field) => _question is not null && _names.Contains(field.Column)
        ? field with { Question = field.Question is null || field.Value.Contains("format: unix", StringComparison.Ordinal) ? _question : $"{_question} {field.Question}" }
        : field;
}
