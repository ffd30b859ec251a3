using CallTracking.SampleData;
using CallTracking.Testing;
using CallTracking.Testing.Installations;

namespace CallTracking.Demo;

/// <summary>The files that the demo starts from; users may copy them for an installation of their own.</summary>
internal static class DemoFiles
{
    /// <summary>What the group's legal department wrote beside the built-in packs.</summary>
    public static IReadOnlyList<string> Policies { get; } = [Example("hub.yaml")];

    /// <summary>The change that legal makes in the middle of the demo.</summary>
    public static string ShorterRetention { get; } = Example("shorter-retention.yaml");

    public static IReadOnlyList<RegionSetup> Regions { get; } =
    [
        Region(SampleRegion.Jp, "Japan", "Tokyo", "Asia/Tokyo"),
        Region(SampleRegion.Us, "United States", "Chicago", "America/Chicago"),
        Region(SampleRegion.De, "Germany", "Berlin", "Europe/Berlin"),
    ];

    private static string Example(string name) => RepositoryRoot.Path("ops", "examples", "policies", name);

    private static RegionSetup Region(SampleRegion region, string name, string centre, string zone) =>
        new(region.Code, name, centre, region.Country, zone, [(region.MappingFile, $"inbox/cases.{region.Extension}")]);
}
