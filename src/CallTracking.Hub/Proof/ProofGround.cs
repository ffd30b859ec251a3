using CallTracking.Contracts;
using CallTracking.Privacy;

namespace CallTracking.Hub.Proof;

/// <summary>
/// Whose law holds for stored cases, as a report groups them: the customer's country, which a centre elsewhere can only make stricter; for cases
/// without it the countries of collection and centre, by which their rules were composed.
/// </summary>
internal readonly record struct ProofGround(string Customer, string Collection, string Centre)
{
    public static ProofGround Of(Case value) => Of(value.CustomerCountry, value.CollectionCountry, value.CentreCountry);

    public static ProofGround Of(string customer, string collection, string centre) => customer.Length > 0 ? new(customer, "", "") : new("", collection, centre);

    /// <summary>The country, or in words which countries stand in for it.</summary>
    public string Name => (Customer, Collection, Centre) switch
    {
        ({ Length: > 0 }, _, _) => Customer,
        (_, "", "") => "none",
        (_, "", _) => $"none (centre in {Centre})",
        (_, _, "") => $"none (collected in {Collection})",
        _ => $"none (collected in {Collection}, centre in {Centre})",
    };

    public CompiledRules RulesOf(PolicySet policies) => policies.RulesFor(Customer, Centre, Collection);
}
