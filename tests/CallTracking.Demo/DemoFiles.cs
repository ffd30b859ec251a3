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

    /// <summary>A region with the sources and the mapping that it comes with.</summary>
    public static RegionSetup Setup(SampleRegion region) =>
        new(region.Code, region.Name, region.Centre, region.Country, region.CentreZone, [])
        {
            SourceEntries = region.AgentSources,
            HasDatabase = region.Place == SamplePlace.Postgres,
        };

    private static string Example(string name) => RepositoryRoot.Path("ops", "examples", "policies", name);
}
