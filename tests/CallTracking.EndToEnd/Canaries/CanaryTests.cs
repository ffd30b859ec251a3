using CallTracking.Testing;
using Xunit;

namespace CallTracking.EndToEnd.Canaries;

/// <summary>
/// What a law forbids is nowhere: not on the hub's disk in any file, not on the wire, not in an agent's folder or log. <c>ops/test --canary</c> runs a
/// thousand persons in twelve encodings, the usual run forty in three; <c>--plant</c> hides one value at headquarters, which must be found.
/// </summary>
public sealed class CanaryTests
{
    private const int UsualCentres = 3;
    private const int UsualPeople = 14;
    private const int WholePeople = 84;
    private static readonly bool IsWhole = Environment.GetEnvironmentVariable("CALLTRACKING_CANARY") == "1";
    private static readonly bool IsPlanted = Environment.GetEnvironmentVariable("CALLTRACKING_CANARY_PLANT") == "1";

    [PostgresFact]
    public async Task Nights_WithEveryTrouble_LeaveNoCanaryWhereTheLawForbidsIt()
    {
        await using var night = await CanaryNight.StartAsync([.. CanaryCentre.All.Take(IsWhole ? int.MaxValue : UsualCentres)], IsWhole ? WholePeople : UsualPeople);
        if (IsPlanted)
        {
            await night.PlantAsync();
        }

        await night.RunAsync(IsWhole);
        var search = CanarySearch.Of(night);
        var report = new CanaryReport(night, search);
        await report.WriteAsync(RepositoryRoot.Path(".run", "canary"));

        Assert.Equal(night.People.Values.Sum(people => people.Count), night.Stored);
        Assert.All(night.People.Keys, centre => Assert.All(
            (string[])[CanarySearch.Database, CanarySearch.Log, CanarySearch.Export, CanarySearch.Wire],
            place => Assert.True(report.KeptIn(centre, place), $"{centre.Code}: what is kept was not found in {place}, so the search shows nothing.")));
        Assert.Contains("trce:", night.HubLog, StringComparison.Ordinal);
        Assert.Empty(night.FieldsInClear);
        Assert.Empty(report.Leaks);
    }
}
