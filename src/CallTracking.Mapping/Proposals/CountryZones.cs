namespace CallTracking.Mapping.Proposals;

/// <summary>The time zones of countries.</summary>
public static class CountryZones
{
    /// <summary>The IANA name of a country's only zone; null for one that has several, or that is not known.</summary>
    /// <param name="country">ISO 3166-1 alpha-2.</param>
    public static string? Of(string country) =>
        WordTable.Lines("proposals.countries.tsv").FirstOrDefault(cells => cells[0] == country) is [_, not "?" and var zone, ..] ? zone : null;
}
