using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>Where headquarters receives, and on what legal grounds cases may come there.</summary>
/// <param name="Country">ISO 3166-1; empty when no document says, and then nothing personal crosses a border unchanged.</param>
/// <param name="Entity">The legal entity.</param>
/// <param name="Transfers">Recorded grounds.</param>
public sealed record HubSite(string Country, string Entity, IReadOnlyList<TransferBasis> Transfers)
{
    /// <summary>For what headquarters processes cases, in order; empty when no document says, and then it may be for anything.</summary>
    public IReadOnlyList<string> Purposes { get; init; } = [];

    /// <summary>No hub document was given.</summary>
    public static HubSite Unknown { get; } = new("", "", []);

    /// <summary>The same place with the grounds that hold on a day.</summary>
    internal HubSite On(DateOnly day) => this with { Transfers = [.. Transfers.Where(basis => basis.Validity.Includes(day))] };

    /// <summary>True when values of the class may come unchanged from the country.</summary>
    internal bool MayReceive(string country, DataClass dataClass) =>
        Country.Length > 0
        && (Countries.Same(country, Country) || Transfers.Any(basis => basis.Covers(country, Country, dataClass)));
}

/// <summary>Why personal data may go from some countries to the hub's.</summary>
/// <param name="From">ISO 3166-1 or 3166-2.</param>
/// <param name="To">The hub's country.</param>
/// <param name="Basis">adequacy, clauses, consent, binding_rules, no_restriction, derogation.</param>
/// <param name="Reference">The instrument, for the record.</param>
/// <param name="Since">The day from which it holds.</param>
/// <param name="Except">Classes that it does not cover.</param>
public sealed record TransferBasis(
    IReadOnlyList<string> From, string To, string Basis, string Reference, DateOnly Since, IReadOnlyList<DataClass> Except)
{
    /// <summary>The first day on which it no longer holds; null without end.</summary>
    public DateOnly? Until { get; init; }

    internal Validity Validity => new(Since, Until);

    internal bool Covers(string from, string to, DataClass dataClass) =>
        Countries.Same(to, To) && !Except.Contains(dataClass) && From.Any(named => Countries.IsWithin(from, named));
}
