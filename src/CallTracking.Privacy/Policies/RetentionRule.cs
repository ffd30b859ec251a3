using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>The business event from which a retention period runs; never a write of our own.</summary>
public enum RetentionClock
{
    Opened,
    Closed,
    LastContact,
    Updated,
}

/// <summary>What happens when the period is over.</summary>
public enum RetentionAction
{
    Anonymize,
    Delete,
}

/// <summary>One retention rule as a document states it.</summary>
/// <param name="Jurisdiction">The document.</param>
/// <param name="Products">Product categories, in capitals or small letters; empty means all.</param>
/// <param name="Statuses">Statuses; empty means all.</param>
/// <param name="Clock">Where the period starts.</param>
/// <param name="Period">How long a case is kept.</param>
/// <param name="Minimum">How long law demands that it is kept; it wins over any shorter period.</param>
/// <param name="Action">What happens then.</param>
/// <param name="Basis">Why, for the record.</param>
public sealed record RetentionRule(
    string Jurisdiction,
    IReadOnlyList<string> Products,
    IReadOnlyList<CaseStatus> Statuses,
    RetentionClock Clock,
    CalendarPeriod Period,
    CalendarPeriod? Minimum,
    RetentionAction Action,
    string Basis)
{
    internal bool Matches(string product, CaseStatus status) =>
        (Products.Count == 0 || Products.Contains(product, StringComparer.OrdinalIgnoreCase)) && (Statuses.Count == 0 || Statuses.Contains(status));

    /// <summary>A rule that names products beats one that names statuses, and that one a rule for everything.</summary>
    internal int Specificity => (Products.Count > 0 ? 2 : 0) + (Statuses.Count > 0 ? 1 : 0);
}

/// <summary>The retention that holds for a case: the shortest period of all rules that apply, never under the longest minimum.</summary>
public sealed record RetentionDecision(
    RetentionClock Clock,
    CalendarPeriod Period,
    CalendarPeriod? Minimum,
    RetentionAction Action,
    string Jurisdiction,
    string Basis)
{
    /// <summary>When the case expires, if its clock started then.</summary>
    public DateTimeOffset ExpiresAt(DateTimeOffset clockStartedAt)
    {
        var end = Period.AddTo(clockStartedAt);
        return Minimum is { } minimum && minimum.AddTo(clockStartedAt) is var least && least > end ? least : end;
    }
}
