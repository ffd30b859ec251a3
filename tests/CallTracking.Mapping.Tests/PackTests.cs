using CallTracking.Mapping.Checks;
using CallTracking.Mapping.Packs;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>The packs of known help desks, each against records shaped like its export (Packs/…/*.tests.yaml).</summary>
public sealed class PackTests
{
    public static TheoryData<string> Names => [.. MappingPack.All.Select(pack => pack.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Pack_OnItsExport_MakesTheCases(string name)
    {
        var tests = RepositoryRoot.Path("tests", "CallTracking.Mapping.Tests", "Packs", name + MappingTestFile.Suffix);

        var run = await MappingTestRun.RunAsync(tests, CancellationToken.None);

        Assert.Equal(string.Empty, string.Join(Environment.NewLine, run.Faults));
        Assert.Equal(string.Empty, string.Join(Environment.NewLine, run.Results.SelectMany(result => result.Differences.Select(difference => $"{result.Name}: {difference}"))));
        Assert.Contains($"extends: {MappingPack.Prefix}{name}\n", await File.ReadAllTextAsync(Path.ChangeExtension(tests[..^MappingTestFile.Suffix.Length], ".yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Override_WithinAList_LeavesTheRestOfThePackAsItIs()
    {
        var run = await MappingTestRun.RunAsync(RepositoryRoot.Path("tests", "CallTracking.Mapping.Tests", "Packs", "zendesk", "roles" + MappingTestFile.Suffix), CancellationToken.None);

        Assert.Empty(run.Faults);
        Assert.All(run.Results, result => Assert.Empty(result.Differences));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Pack_Always_HasARowInItsReadmeAndSaysWhatUnknownWordsBecome(string name)
    {
        var readme = File.ReadAllText(RepositoryRoot.Path("src", "CallTracking.Mapping", "Packs", name.Split('/')[0], "README.md"));
        var load = SourceMapping.Parse("own.yaml", $"extends: pack:{name}\ntime_zone: Etc/UTC\n");

        Assert.Contains($"| `{name}` |", readme, StringComparison.Ordinal);
        Assert.Contains("[K]", readme, StringComparison.Ordinal);
        Assert.Empty(load.Faults);
        Assert.Empty(load.Mapping!.Notes);
        Assert.True(MappingPack.Find(name)[0] is { Extensions.Count: > 0 } or { Http: not null } or { Sql: not null });
    }
}
