using CallTracking.Agent.Commands;
using CallTracking.Agent.Tests.Sync;
using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Agent.Tests.Commands;

public sealed class TraceCommandTests
{
    [Fact]
    public async Task Trace_ByKeyOrByTheHubsUid_ShowsFileRowMappingAndPolicy()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new DeskRow("C1")], "a.csv");
        agent.Write([new DeskRow("C2"), new DeskRow("C3")], "b.csv");
        await agent.NightAsync();

        var byKey = await AgentProgram.RunAsync("trace", "C3", "--config", agent.Config);
        var uid = byKey.Output.Split('\n')[0].Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)[1];
        var byUid = await AgentProgram.RunAsync("trace", uid, "--config", agent.Config);
        agent.WriteMapping(mapping => mapping + "\n# changed\n");
        var edited = await AgentProgram.RunAsync("trace", "C3", "--config", agent.Config);

        Assert.Equal(ExitCode.Done, byKey.Code);
        Assert.Contains(hub.Stored.Keys, stored => CaseUid.FromBytes(stored.Span).ToString() == uid);
        Assert.Matches(@"file +inbox/b\.csv\nrow +2 \(line 3\)\nmapping +.*mapping\.yaml, version [0-9a-f]{16}\nsent +Sent, .*with the mappings as they are now\npolicy +version 1 shaped", byKey.Output.ReplaceLineEndings("\n"));
        Assert.Equal(byKey.Output, byUid.Output);
        Assert.Contains("with other mappings than now", edited.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trace_OfWhatIsNotThere_SaysSo()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new DeskRow("C1")]);

        var unsent = await AgentProgram.RunAsync("trace", "C1", "--config", agent.Config);
        var nothing = await AgentProgram.RunAsync("trace", "C9", "--config", agent.Config);
        await hub.DisposeAsync();
        var away = await AgentProgram.RunAsync("trace", "C1", "--config", agent.Config);

        Assert.Contains("never: the ledger does not know it", unsent.Output, StringComparison.Ordinal);
        Assert.Contains("none: the hub does not hold the case", unsent.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.RunFailed, nothing.Code);
        Assert.Contains("connection refused", away.Output, StringComparison.Ordinal);
    }
}
