using CallTracking.Contracts;

namespace CallTracking.SampleData;

/// <summary>What one case of a sample file must become, and every personal value in it.</summary>
/// <param name="LocalId">The key the centre gave.</param>
/// <param name="CustomerCountry">ISO 3166-1, or 3166-2 in the United States and Canada.</param>
/// <param name="ProductCategory">Code of the group's dictionary.</param>
/// <param name="Model">Product model as the group names it.</param>
/// <param name="Status">Status after the last change.</param>
/// <param name="Opened">The instant as a reader of the file finds it: an ambiguous local time is the earlier one.</param>
/// <param name="Updated">Last change.</param>
/// <param name="Closed">When it was resolved; null while it is open.</param>
/// <param name="Hazard">Code of the danger that the text tells of; null when none.</param>
/// <param name="ChangedInNight">The night of the last change; the night of birth when it never changed.</param>
/// <param name="Planted">The personal values, those of fields first.</param>
public sealed record CaseTruth(
    string LocalId,
    string CustomerCountry,
    string ProductCategory,
    string Model,
    CaseStatus Status,
    DateTimeOffset Opened,
    DateTimeOffset Updated,
    DateTimeOffset? Closed,
    string? Hazard,
    int ChangedInNight,
    IReadOnlyList<Planted> Planted);

/// <summary>A personal value put into a case.</summary>
/// <param name="Class">What the value tells about the person.</param>
/// <param name="Place"><c>text</c>, or a field by its names in the contract, such as <c>customer.addresses.postcode</c>.</param>
/// <param name="Value">In a text exactly as it stands there; in a field as the region's mapping must deliver it.</param>
public sealed record Planted(DataClass Class, string Place, string Value)
{
    /// <summary>The place of every value that is woven into a text.</summary>
    public const string Text = "text";
}
