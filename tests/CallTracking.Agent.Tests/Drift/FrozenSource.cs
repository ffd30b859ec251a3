using CallTracking.Agent.Commands;
using CallTracking.Agent.Tests.Sync;
using Xunit;

namespace CallTracking.Agent.Tests.Drift;

/// <summary>What holds of every source that its contract stops.</summary>
internal static class FrozenSource
{
    /// <summary><c>check</c>, <c>drift</c> and each sync say so, and nothing is sent; gives the sync's only fault.</summary>
    public static async Task<string> HeldAsync(AgentBench agent, TestHub hub)
    {
        hub.Received.Clear();
        var check = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);
        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        var held = await agent.SyncAsync();
        var again = await agent.SyncAsync();

        Assert.Equal((ExitCode.Source, ExitCode.Source, ExitCode.Source, ExitCode.Source), (check.Code, drift.Code, held.Code, again.Code));
        Assert.Contains("A sync would stop here.", drift.Output, StringComparison.Ordinal);
        Assert.Empty(hub.Received);
        return Assert.Single(held.Faults).Message;
    }
}
