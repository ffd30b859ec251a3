using System.Globalization;
using CallTracking.Hub.Cases;

namespace CallTracking.Hub.Policies;

/// <summary>Cases that regions hold back because their agent is older than the rules.</summary>
internal static class HeldCases
{
    private const string Reason = "policy-not-understood";

    /// <summary>A line for each region of whose last run cases are held, with the cure.</summary>
    public static IEnumerable<string> Lines(IEnumerable<RegionOverview> regions) =>
        from region in regions
        let held = region.LastRun?.Report.HeldReasons.FirstOrDefault(reason => reason.Reason == Reason)
        where held is { Count: > 0 }
        select string.Create(
            CultureInfo.InvariantCulture,
            $"Region {region.Code} holds {held.Count:N0} cases: its agent ({region.AgentVersion}) does not know every word of its policies. Upgrade it to version {BundleSource.Version}.");
}
