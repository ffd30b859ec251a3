using CallTracking.Contracts;

namespace CallTracking.Hub.Cases;

/// <summary>Whose rows a question may see. Every query carries one, and SQL enforces it beside whatever filter is asked.</summary>
internal sealed class CaseScope
{
    private CaseScope(string[]? regions) => Regions = regions;

    /// <summary>Headquarters: every region.</summary>
    public static CaseScope AllRegions { get; } = new(null);

    /// <summary>The codes of the regions that may be seen; null for all. An empty list sees nothing.</summary>
    public string[]? Regions { get; }

    /// <summary>A region's own certificate, or a person who is bound to regions, sees the rows of these only.</summary>
    public static CaseScope Only(params IEnumerable<RegionCode> regions) => new([.. regions.Select(region => region.Value)]);
}
