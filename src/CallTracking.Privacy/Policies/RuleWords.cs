using System.Globalization;
using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>Rules as people read them.</summary>
public static class RuleWords
{
    /// <summary>The action with what belongs to it: <c>generalize to prefix:2</c>.</summary>
    public static string Of(in ClassRule rule) => rule switch
    {
        { Action: RedactionAction.Generalize, Parameters: { } to } => $"generalize to {To(to)}",
        { Action: RedactionAction.Pseudonymize, Parameters: { } linked } => $"pseudonymize for {linked.Purpose}",
        _ => Of(rule.Action),
    };

    /// <summary>The action and where it is done: <c>drop at the edge</c>, with the purposes that the rule is for.</summary>
    public static string WithPlace(in ClassRule rule) => rule.Action == RedactionAction.Keep
        ? $"keep{Bound(rule)}"
        : $"{Of(rule)} {(rule.Place == RedactionPlace.Edge ? "at the edge" : "at the hub")}{Bound(rule)}";

    /// <summary>What follows a rule that is for certain purposes: <c> (for product-safety)</c>; else nothing.</summary>
    public static string Bound(in ClassRule rule) => rule.For is { } purposes ? $" (for {purposes})" : "";

    /// <summary>Headquarters' purposes: <c>product-safety, warranty</c>.</summary>
    public static string Purposes(HubSite hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        return hub.Purposes.Count > 0 ? string.Join(", ", hub.Purposes) : "any purpose (none is declared)";
    }

    /// <summary>The action alone, as documents write it.</summary>
    public static string Of(RedactionAction action) => action.ToString().ToLowerInvariant();

    private static string To(ActionParameters parameters) => parameters.To switch
    {
        Generalization.Prefix => string.Create(CultureInfo.InvariantCulture, $"prefix:{parameters.Length}"),
        Generalization.AgeBand => "age_band",
        Generalization.CountryCode => "country_code",
        var to => to.ToString().ToLowerInvariant(),
    };
}
