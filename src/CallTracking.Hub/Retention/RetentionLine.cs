using System.Text.Json.Serialization;
using CallTracking.Privacy;

namespace CallTracking.Hub.Retention;

/// <summary>How many cases of a region one rule concerns: what a preview shows and a run's result is compared with.</summary>
/// <param name="Jurisdiction">The document whose rule decides.</param>
/// <param name="Rule">Clock, period and minimum: <c>closed + P3Y, at least P5Y</c>.</param>
/// <param name="Basis">Why, as legal wrote it.</param>
/// <param name="Region">Whose cases.</param>
/// <param name="Action"><c>delete</c> or <c>anonymize</c>.</param>
/// <param name="Count">Cases.</param>
internal sealed record RetentionLine(string Jurisdiction, string Rule, string Basis, string Region, string Action, long Count)
{
    /// <summary>What the line counts, without how many.</summary>
    [JsonIgnore]
    public (string Jurisdiction, string Rule, string Basis, string Region, string Action) Key => (Jurisdiction, Rule, Basis, Region, Action);

    public static RetentionLine Of(RetentionDecision decision, string region, long count) =>
        new(decision.Jurisdiction, Describe(decision), decision.Basis, region, decision.Action == RetentionAction.Delete ? "delete" : "anonymize", count);

    /// <summary>Adds counts of the same key together, in a stable order.</summary>
    public static IReadOnlyList<RetentionLine> Sum(IEnumerable<RetentionLine> lines) =>
        [.. lines
            .GroupBy(line => line.Key)
            .Select(group => group.First() with { Count = group.Sum(line => line.Count) })
            .Where(line => line.Count != 0)
            .OrderBy(line => line.Jurisdiction, StringComparer.Ordinal)
            .ThenBy(line => line.Rule, StringComparer.Ordinal)
            .ThenBy(line => line.Region, StringComparer.Ordinal)
            .ThenBy(line => line.Action, StringComparer.Ordinal)];

    /// <summary>The lines of <paramref name="result"/> less those of <paramref name="preview"/>; empty when they are equal.</summary>
    public static IReadOnlyList<RetentionLine> Difference(IReadOnlyList<RetentionLine> preview, IReadOnlyList<RetentionLine> result) =>
        Sum(result.Concat(preview.Select(line => line with { Count = -line.Count })));

    private static string Describe(RetentionDecision decision)
    {
        var clock = decision.Clock switch
        {
            RetentionClock.Opened => "opened",
            RetentionClock.Closed => "closed",
            RetentionClock.LastContact => "last contact",
            RetentionClock.Updated => "updated",
        };
        return $"{clock} + {decision.Period}{(decision.Minimum is { } minimum ? $", at least {minimum}" : string.Empty)}";
    }
}
