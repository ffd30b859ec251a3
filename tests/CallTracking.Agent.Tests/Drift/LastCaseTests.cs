using CallTracking.Agent.Commands;
using CallTracking.Agent.Tests.Sync;
using Xunit;

namespace CallTracking.Agent.Tests.Drift;

/// <summary>Totals below the table become a case like any other row; only what stands above them tells.</summary>
public sealed class LastCaseTests
{
    private const string Doubt = "inbox/cases.csv: row 13 (line 14), the last that became a case, looks like totals: its key is of the form A, that of the others is mostly A9";

    [Theory]
    [InlineData("Total,,,2024-11-20 10:00", true)]
    [InlineData("C13,,,2024-11-20 10:00", false)]
    public async Task Check_TheLastCaseLooksLikeTotals_WarnsAndDriftAndSyncToo(string last, bool isDoubted)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, "cases.csv", last);

        var check = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);
        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        var report = await agent.NightAsync();

        Assert.Equal(isDoubted ? (ExitCode.Done, ExitCode.Drift) : (ExitCode.Done, ExitCode.Done), (check.Code, drift.Code));
        Assert.Contains(isDoubted ? $"WARN   source desk: {Doubt}" : "All is ready", check.Output, StringComparison.Ordinal);
        Assert.Contains(isDoubted ? $"  doubtful  {Doubt}" : "Nothing has changed", drift.Output, StringComparison.Ordinal);
        Assert.Equal(isDoubted ? 1 : 0, agent.Said.Count(line => line.Contains($"WARNING  desk: {Doubt}", StringComparison.Ordinal)));
        Assert.Equal((13UL, 0UL), (report.Cases, report.Quarantined));
    }

    [Fact]
    public async Task Check_ManyFilesEndSo_NamesAFewAndCountsTheOthers()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, "a.csv", "Total,,,2024-11-20 10:00");
        for (var file = 'b'; file <= 'f'; file++)
        {
            File.Copy(agent.Inbox("a.csv"), agent.Inbox($"{file}.csv"));
        }

        var (code, output, _) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);

        Assert.Equal(ExitCode.Done, code);
        Assert.Equal(3, output.Split("looks like totals").Length - 1);
        Assert.Contains("WARN   source desk: 3 more files end so", output, StringComparison.Ordinal);
    }

    private static async Task<AgentBench> DeskAsync(TestHub hub, string file, string last)
    {
        var agent = await AgentBench.AtAsync(hub);
        agent.WriteMapping(mapping => mapping.Replace("reject", "latest", StringComparison.Ordinal));
        agent.WriteText(file, "id,subject,status,updated\n" + string.Concat(Enumerable.Range(1, 12).Select(row => $"C{row},It hums,open,2024-11-20 10:00\n")) + last + "\n");
        return agent;
    }
}
