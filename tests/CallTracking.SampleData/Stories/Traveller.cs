using System.Globalization;

namespace CallTracking.SampleData.Stories;

/// <summary>A few customers bought in more than one region: their e-mail address is the same everywhere.</summary>
internal static class Traveller
{
    /// <summary>The address shared by all regions, or null for the many who stay at home.</summary>
    public static string? EmailOf(long personKey) =>
        personKey % 500 == 8 ? string.Create(CultureInfo.InvariantCulture, $"traveller{personKey}@example.com") : null;
}
