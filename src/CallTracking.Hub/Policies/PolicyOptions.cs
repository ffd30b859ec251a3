using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CallTracking.Privacy;

namespace CallTracking.Hub.Policies;

/// <summary>What several commands about policies take and write.</summary>
internal static class PolicyOptions
{
    /// <summary>Which policies; those in force where nothing is said.</summary>
    public static Option<string> Of(string otherwise = PolicyChoice.InForce) => new("--of")
    {
        Description = $"Which policies: {PolicyChoice.Words}. Default: {otherwise}.",
        DefaultValueFactory = _ => otherwise,
    };

    public static Option<DateOnly?> On() => new("--on") { Description = "As they hold on a day, 2026-12-01. Default: today.", CustomParser = result => Day(result) };

    public static Argument<DateOnly> Day(string name, string description) => new(name) { Description = description, CustomParser = result => Day(result) ?? default };

    /// <summary>Writes what changes between two policies, counted at the stored cases.</summary>
    public static async Task WriteEffectsAsync(PolicySet before, PolicySet after, IServiceProvider services, CancellationToken cancellationToken)
    {
        var report = await services.GetRequiredService<PolicyEffects>().CountAsync(before, after, cancellationToken);
        if (!before.Hub.Purposes.SequenceEqual(after.Hub.Purposes))
        {
            Console.WriteLine($"Headquarters processes cases for {RuleWords.Purposes(after.Hub)} instead of {RuleWords.Purposes(before.Hub)}.");
        }

        foreach (var line in EffectText.Lines(PolicyComparison.Between(before, after), report))
        {
            Console.WriteLine(line);
        }

        var reviews = await services.GetRequiredService<LawReviewStore>().LoadAsync(cancellationToken);
        if (NotReviewed(after, reviews) is { } warning)
        {
            Console.WriteLine(warning);
        }
    }

    /// <summary>Which documents nobody reviewed; null when all are.</summary>
    public static string? NotReviewed(PolicySet policies, LawReviews reviews)
    {
        var open = policies.Jurisdictions.Where(law => !reviews.IsReviewed(law) && law.Review == Unreviewed).Select(law => law.Code).Order(StringComparer.Ordinal).ToList();
        return open.Count > 0 ? $"{Unreviewed}: {string.Join(", ", open)}" : null;
    }

    private const string Unreviewed = "not reviewed by counsel";

    private static DateOnly? Day(ArgumentResult result)
    {
        if (DateOnly.TryParseExact(result.Tokens[^1].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        result.AddError($"Expected a day such as 2026-12-01, found '{result.Tokens[^1].Value}'.");
        return null;
    }
}
