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

    /// <summary>The action and where it is done: <c>drop at the edge</c>.</summary>
    public static string WithPlace(in ClassRule rule) =>
        rule.Action == RedactionAction.Keep ? "keep" : $"{Of(rule)} {(rule.Place == RedactionPlace.Edge ? "at the edge" : "at the hub")}";

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
