using CallTracking.Agent.Ledger;
using CallTracking.Agent.Tests.Sync;
using Xunit;

namespace CallTracking.Agent.Tests.Commands;

/// <summary>A run whose process was killed is not under way for ever.</summary>
public sealed class InterruptedRunTests
{
    [Fact]
    public async Task StatusAndDoctor_ProcessWasKilled_CallItsRunInterrupted()
    {
        await using var hub = await TestHub.StartAsync();

        // More than the outbox holds: while the hub does not answer the reading waits.
        using var agent = await AgentBench.AtAsync(hub, outbox: "4MB");
        agent.Write(AgentBench.Rows(6000, string.Concat(Enumerable.Repeat("It hums. ", 300))));
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        hub.BeforeBatch = (_, _) =>
        {
            asked.TrySetResult();
            return answer.Task;
        };

        await using (var run = AgentProgram.Start("sync", "--config", agent.Config, "--progress", "none"))
        {
            await Eventually.TrueAsync(() => asked.Task.IsCompleted || run.HasExited);
            Assert.True(asked.Task.IsCompleted, run.Error);
            var (_, during, _) = await AgentProgram.RunAsync("status", "--config", agent.Config);
            Assert.Equal("running", OutcomeOf(during));
            await run.KillAsync(() => true, TimeSpan.Zero);
        }

        answer.SetResult();
        var (_, after, _) = await AgentProgram.RunAsync("status", "--config", agent.Config);
        var (_, json, _) = await AgentProgram.RunAsync("status", "--json", "--config", agent.Config);
        var (_, doctor, doctorError) = await AgentProgram.RunAsync("doctor", "--config", agent.Config);

        Assert.Equal(RunState.Reading, LedgerGlance.Of(agent.LedgerFile, 1)!.Runs[0].State);
        Assert.Equal("interrupted", OutcomeOf(after));
        Assert.Contains("\"Outcome\": \"interrupted\"", json, StringComparison.Ordinal);
        Assert.Contains(": interrupted, and the hub has not counted it yet", doctor + doctorError, StringComparison.Ordinal);
    }

    // The last line is the only run; its third word behind number, day and hour.
    private static string OutcomeOf(string status) => status.TrimEnd().Split('\n')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
}
