using CallTracking.Agent.Commands;
using CallTracking.Agent.Tests.Sync;
using Xunit;

namespace CallTracking.Agent.Tests.Drift;

/// <summary>Columns that were exchanged read as what they should be; only the order of their times tells.</summary>
public sealed class TimeOrderTests
{
    private const string Early = "2024-11-20 10:00";
    private const string Late = "2024-11-21 09:30";

    [Theory]
    [InlineData(12, Late, Early, "opened (Column 'created', mapping.yaml:9) is later than updated (Column 'updated', mapping.yaml:5) in 12 of 12 rows: were the columns exchanged?")]
    [InlineData(9, Late, Early, null)]
    [InlineData(12, Early, Late, null)]
    [InlineData(12, Early, Early, null)]
    [InlineData(12, "2024-11-20 10:00", "2024-11-20 00:00", null)]
    public async Task Check_OpenedLaterThanUpdatedInMostRows_WarnsOfExchangedColumnsAndDriftToo(int rows, string created, string updated, string? doubt)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, rows, row => $"C{row},{created},,{updated}");

        var check = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);
        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);

        Assert.Equal(doubt is null ? (ExitCode.Done, ExitCode.Done) : (ExitCode.Done, ExitCode.Drift), (check.Code, drift.Code));
        Assert.Equal(doubt is not null, check.Output.Contains("were the columns exchanged?", StringComparison.Ordinal));
        Assert.Equal(doubt is not null, drift.Output.Contains("  doubtful  ", StringComparison.Ordinal));
        Assert.Contains(doubt is null ? "All is ready" : $"WARN   source desk: {doubt}", check.Output, StringComparison.Ordinal);
        Assert.Contains(doubt ?? "Nothing has changed", drift.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_ClosedBeforeOpenedInMoreThanHalfOfTheRowsThatHaveBoth_WarnsWithTheirCount()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, 30, row => $"C{row},{Late},{(row > 20 ? string.Empty : row > 11 ? Late : Early)},{Late}");

        var (code, output, _) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("closed (Column 'closed', mapping.yaml:10) is before opened (Column 'created', mapping.yaml:9) in 11 of 20 rows: were the columns exchanged?", output, StringComparison.Ordinal);
    }

    private static async Task<AgentBench> DeskAsync(TestHub hub, int rows, Func<int, string> row)
    {
        var agent = await AgentBench.AtAsync(hub);
        agent.WriteMapping(_ => """
            source: desk
            format: {type: delimited, encoding: utf-8, delimiter: ","}
            time_zone: Europe/Berlin
            key: id
            updated: {from: updated, format: "yyyy-MM-dd HH:mm"}
            fields:
              case_number: id
              kind: {const: inquiry}
              opened: {from: created, format: "yyyy-MM-dd HH:mm"}
              closed: {from: closed, format: "yyyy-MM-dd HH:mm"}
            """);
        agent.WriteText("cases.csv", string.Concat(Enumerable.Range(1, rows).Select(row).Prepend("id,created,closed,updated").Select(line => line + "\n")));
        return agent;
    }
}
