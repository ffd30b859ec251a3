using CallTracking.SampleData;
using CallTracking.Testing.Installations;

namespace CallTracking.Demo;

/// <summary>One case in its local form, and what the hub holds of it, side by side.</summary>
internal static class BeforeAndAfter
{
    public static async Task TellAsync(Installation installation)
    {
        var region = installation.Regions[SampleRegion.De.Code];
        var preview = await region.RunAsync("preview", "--limit", "1", "--format", "table");
        Tell.Output(preview);
    }
}
