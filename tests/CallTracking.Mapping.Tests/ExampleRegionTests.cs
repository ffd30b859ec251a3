using CallTracking.Testing;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>The example that users copy: what ops/docs/connect-a-help-desk.md says of it holds.</summary>
public sealed class ExampleRegionTests
{
    [Fact]
    public async Task ExampleRegion_Export_BecomesWhatTheGuideSays()
    {
        var folder = RepositoryRoot.Path("ops", "examples", "region-fr");
        var load = SourceMapping.Load(Path.Combine(folder, "mapping.yaml"));
        Assert.Empty(load.Faults);
        await using var reader = load.Mapping!.OpenReader(File.OpenRead(Path.Combine(folder, "export.csv")), "export.csv");
        var outcomes = new List<string>();
        while (await reader.ReadAsync(CancellationToken.None) is { } outcome)
        {
            outcomes.Add(outcome is RowOutcome.Rejected rejected ? rejected.Reason : outcome.GetType().Name);
        }

        Assert.Equal(
            ["Mapped", "Mapped", "Mapped", "Mapped", "Blank", "Filtered", "bad-time", "unmapped-value", "Mapped", "undecodable"],
            outcomes);
    }
}
