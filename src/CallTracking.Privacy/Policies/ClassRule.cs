using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>What a value becomes less exact to.</summary>
public enum Generalization
{
    None,

    /// <summary>A date to its month: <c>1980-05</c>.</summary>
    Month,

    /// <summary>A date to its year: <c>1980</c>.</summary>
    Year,

    /// <summary>A birth date to a band of ten years of age when the case was opened: <c>40-49</c>.</summary>
    AgeBand,

    /// <summary>Any text to its first characters; <see cref="ActionParameters.Length"/> says how many.</summary>
    Prefix,

    /// <summary>A phone number to its country calling code: <c>+81</c>.</summary>
    CountryCode,

    /// <summary>An e-mail address to what stands after the @.</summary>
    Domain,

    /// <summary>A serial number without its last five characters, at most its first half.</summary>
    Lot,

    /// <summary>An IP address to its network: /24 of version 4, /48 of version 6.</summary>
    Network,

    /// <summary>Coordinates to whole degrees.</summary>
    Degree,
}

/// <summary>What an action needs to know beside itself.</summary>
/// <param name="To">For <c>generalize</c>.</param>
/// <param name="Length">Characters kept by <see cref="Generalization.Prefix"/>; else 0.</param>
/// <param name="Purpose">For <c>pseudonymize</c>: values of different purposes cannot be linked. Else empty.</param>
public sealed record ActionParameters(Generalization To, int Length, string Purpose);

/// <summary>The rule for one data class.</summary>
/// <param name="Action">What happens to a value.</param>
/// <param name="Place">Where; of no meaning for <c>keep</c>.</param>
/// <param name="Jurisdiction">The document that says so.</param>
/// <param name="Parameters">Null for actions without any.</param>
public readonly record struct ClassRule(
    RedactionAction Action, RedactionPlace Place, string Jurisdiction, ActionParameters? Parameters)
{
    /// <summary>The purposes of processing that the rule is for, as people read them; null for one without condition. Of no meaning for what it does.</summary>
    public string? For { get; init; }

    /// <summary>True when the class must be hidden before a case leaves the region.</summary>
    internal bool HidesAtEdge => Place == RedactionPlace.Edge && Action != RedactionAction.Keep;

    internal static ClassRule Drop(string jurisdiction) =>
        new(RedactionAction.Drop, RedactionPlace.Edge, jurisdiction, null);
}
