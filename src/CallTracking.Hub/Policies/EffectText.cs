using System.Globalization;
using CallTracking.Privacy;

namespace CallTracking.Hub.Policies;

/// <summary>Effects in words.</summary>
internal static class EffectText
{
    /// <summary>What changes, by law and by stored cases.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<JurisdictionChange> changes, EffectReport report)
    {
        var isAny = report.Effects.Count + report.Withdrawn.Count > 0;
        if (changes.Count == 0 && !isAny)
        {
            yield return "Nothing changes.";
            yield break;
        }

        foreach (var change in changes)
        {
            yield return $"{string.Join(", ", change.Countries)}: {Documents(change)}";
            foreach (var words in change.Rules.Select(rule => $"{DataClassNames.Of(rule.DataClass)}: {rule.Words}").Concat(change.Retention))
            {
                yield return $"  {words}";
            }
        }

        yield return isAny ? "Stored cases:" : $"No stored case is concerned ({Number(report.Stored)} are stored).";
        foreach (var withdrawn in report.Withdrawn)
        {
            yield return $"  {Number(withdrawn.Cases)} cases of {withdrawn.Countries} leave headquarters: their records stay in the region";
        }

        foreach (var effect in report.Effects)
        {
            yield return $"  {Of(effect)}";
        }

        if (report.SentAgain > 0)
        {
            yield return $"{Number(report.SentAgain)} cases of {Number(report.Stored)} have another form at the edge: their regions send them again.";
        }
    }

    private static string Documents(JurisdictionChange change) => change.Before == change.After
        ? $"'{change.After}' says otherwise"
        : $"falls under '{change.After}' instead of '{change.Before}'";

    private static string Of(StoredEffect effect)
    {
        var (cases, name) = ($"{Number(effect.Cases)} cases of {effect.Countries}", DataClassNames.Of(effect.Change.DataClass));
        return effect.Change switch
        {
            { Loses: true } => $"{cases} lose {name}",
            { Tightens: true } => $"{cases} hold less of {name}: {effect.Change.Words}",
            { Loosens: true } => $"up to {cases} may bring {name}: {effect.Change.Words}",
            _ => $"{cases} have {name}: {effect.Change.Words}",
        };
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
