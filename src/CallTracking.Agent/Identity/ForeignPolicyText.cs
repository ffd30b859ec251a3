using System.Globalization;
using CallTracking.Agent.Sync;

namespace CallTracking.Agent.Identity;

/// <summary>A policy with words that this agent does not know, in words for the person who can upgrade it.</summary>
internal static class ForeignPolicyText
{
    private const int MostPlaces = 3;

    /// <summary>Null when every word is known.</summary>
    public static string? Of(ShapingRules rules)
    {
        var words = rules.Policies.Foreign;
        if (words.Count == 0)
        {
            return null;
        }

        var whose = string.Join(", ", words.Select(word => word.Jurisdiction).Distinct().Order(StringComparer.Ordinal));
        var places = string.Join("; ", words.Select(word => $"{word.Fault.File}:{word.Fault.Line}:{word.Fault.Column} {word.Fault.Message}").Distinct().Take(MostPlaces));
        var cure = rules.PublisherVersion.Length > 0 ? $"Upgrade this agent ({AgentVersion.Text}) to version {rules.PublisherVersion}" : $"Upgrade this agent ({AgentVersion.Text}) to headquarters' version";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"policy version {rules.Version} says what this agent does not understand ({places}). Cases under {whose} that it concerns are held, all others travel. {cure}, then sync: they go by themselves.");
    }
}
