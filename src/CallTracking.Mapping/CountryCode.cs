using System.Globalization;
using CallTracking.Contracts;

namespace CallTracking.Mapping;

/// <summary>Finds a country's code by its name.</summary>
public static class CountryCode
{
    private const CompareOptions Loosely = CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace | CompareOptions.IgnoreWidth;

    /// <summary>
    /// The code of ISO 3166-1 of a country that is named in English, in a language that is spoken there, or by another of its codes; null when
    /// no country or more than one is called so.
    /// </summary>
    public static string? Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Iso3166.Instead(name.Trim()) is { Length: 2 } known)
        {
            return known;
        }

        var codes = CultureInfo.GetCultures(CultureTypes.SpecificCultures)
            .Select(culture => new RegionInfo(culture.Name))
            .Where(region => region.TwoLetterISORegionName.Length == 2 && region.TwoLetterISORegionName.All(char.IsAsciiLetterUpper))
            .Where(region => ((string[])[region.EnglishName, region.NativeName, region.ThreeLetterISORegionName, region.TwoLetterISORegionName])
                .Any(known => CultureInfo.InvariantCulture.CompareInfo.Compare(known, name.Trim(), Loosely) == 0))
            .Select(region => region.TwoLetterISORegionName)
            .Distinct()
            .Take(2)
            .ToList();
        return codes is [var only] ? only : null;
    }
}
