using System.Text;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Tests.Sync;
using Xunit;

namespace CallTracking.Agent.Tests.Quarantine;

/// <summary>What is said of rows that are kept when their file is gone: why they cannot be read, and where they stood.</summary>
public sealed class KeptRowTests
{
    [Fact]
    public async Task Retry_KeptUnderAHeaderThatTheMappingDoesNotFit_SaysThatAndNotThatItIsNotKept()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub, "id,subject,status,updated\nA,It hums,Klärung,2024-11-20 10:00\nB,It hums,open,2024-11-20 10:00\n"u8);
        agent.Delete("cases.csv");
        agent.WriteText("next.csv", "id,subject,state,updated\nC,It hums,open,2024-11-20 10:00\n");
        agent.WriteMapping(text => text.Replace("status: {from: status, values: {open: open,", "status: {from: state, values: {open: open, Klärung: open,", StringComparison.Ordinal));

        var (code, _, error) = await RunAsync(agent, "retry");
        agent.WriteMapping(text => text.Replace("status: {from: state,", "status: {from: state, optional: true,", StringComparison.Ordinal));
        var cured = await RunAsync(agent, "retry");

        Assert.Equal(ExitCode.Source, code);
        Assert.Contains("1 row is kept whole, but the header kept with it does not fit the mapping any more (", error, StringComparison.Ordinal);
        Assert.Contains("'state'", error, StringComparison.Ordinal);
        Assert.DoesNotContain("not kept whole", error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, cured.Code);
    }

    [Theory]
    [InlineData("It h\u00ffms,open", " of the file is not utf-8")]
    [InlineData("It hums,strange", "'status'")]
    public async Task Retry_RowThatStaysBad_KeepsTheLineAndByteOfItsFile(string cells, string what)
    {
        await using var hub = await TestHub.StartAsync();
        byte[] content = [.. Encoding.Latin1.GetBytes($"id,subject,status,updated\nB,It hums,open,2024-11-20 10:00\nA,{cells},2024-11-20 10:00\n")];
        using var agent = await StartAsync(hub, content);
        var before = Assert.Single(await agent.QuarantinedAsync(entry => $"{entry.Place} {entry.Message}"));
        agent.Delete("cases.csv");
        agent.WriteText("next.csv", "id,subject,status,updated\nC,It hums,open,2024-11-20 10:00\n");

        await RunAsync(agent, "retry");
        await RunAsync(agent, "retry");

        Assert.StartsWith("row 2 line 3: ", before, StringComparison.Ordinal);
        Assert.Contains(what, before, StringComparison.Ordinal);
        Assert.Equal(before, Assert.Single(await agent.QuarantinedAsync(entry => $"{entry.Place} {entry.Message}")));
    }

    [Fact]
    public async Task ListAndShow_FileIsGone_SendNobodyToExplainARowInIt()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub, "id,subject,status,updated\nA,It hums,strange,2024-11-20 10:00\nB,It hums,open,2024-11-20 10:00\n"u8);
        agent.Delete("cases.csv");

        var (_, table, _) = await RunAsync(agent, "list");
        var hint = table.Split('\n').Single(line => line.StartsWith("To see what a row holds", StringComparison.Ordinal));
        var shown = await AgentProgram.RunAsync([.. hint[(hint.IndexOf("calltracking-agent ", StringComparison.Ordinal) + "calltracking-agent ".Length)..].TrimEnd().Split(' ')]);

        Assert.DoesNotContain("mapping explain", table + shown.Output, StringComparison.Ordinal);
        Assert.Contains("A,It hums,strange", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_OneUndecodableCellBesideTheKey_IsOfItsCaseAndHidesNoOther()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.PointTo(hub, more: "    snapshot: true");
        agent.Write(AgentBench.Rows(50));
        await agent.NightAsync();
        agent.Write(AgentBench.Rows(48));
        agent.WriteBytes("cases.csv", [.. await File.ReadAllBytesAsync(agent.Inbox("cases.csv")), .. "C49,It h"u8, 0xFF, .. "ms,open,2024-11-20 10:00\n"u8]);

        var report = await agent.NightAsync();

        Assert.Equal((1UL, 1UL), (report.Vanished, report.Quarantined));
        Assert.Equal(49, hub.Stored.Count);
    }

    private static Task<AgentBench> StartAsync(TestHub hub, ReadOnlySpan<byte> content) => StartAsync(hub, content.ToArray());

    private static async Task<AgentBench> StartAsync(TestHub hub, byte[] content)
    {
        var agent = await AgentBench.AtAsync(hub);
        agent.WriteBytes("cases.csv", content);
        await agent.NightAsync(ReadingWish.Everything);
        return agent;
    }

    private static Task<(ExitCode Code, string Output, string Error)> RunAsync(AgentBench agent, params string[] arguments) =>
        AgentProgram.RunAsync(["quarantine", .. arguments, "--config", agent.Config]);
}
