using CallTracking.Contracts;

namespace CallTracking.Hub.Cases;

/// <summary>Whose rows a question may see. Every query carries one, and SQL enforces it beside whatever filter is asked.</summary>
internal sealed class CaseScope
{
    private CaseScope(RegionCode? region) => Region = region;

    /// <summary>Headquarters: every region.</summary>
    public static CaseScope AllRegions { get; } = new(null);

    /// <summary>The one region that may be seen; null for all.</summary>
    public RegionCode? Region { get; }

    /// <summary>A region's own certificate sees its own rows only.</summary>
    public static CaseScope Only(RegionCode region) => new(region);
}
