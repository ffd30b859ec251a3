using CallTracking.Agent.Ledger;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Agent.Tests.Sync;

/// <summary>Ledger files that a failing disk, a torn copy or a stranger changed at random places.</summary>
public sealed class DamageTests
{
    private const int Cases = 700;
    private static readonly int Rounds = TestTier.IsLong ? 40 : 4;

    [Theory]
    [InlineData("flipped", 1)]
    [InlineData("flipped", 2)]
    [InlineData("overwritten", 3)]
    [InlineData("cut", 4)]
    public async Task Sync_LedgerDamagedAnywhere_LosesNothingAndDoublesNothing(string damage, int seed)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(Cases));
        await agent.NightAsync();
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            await InterruptAsync(hub, agent, round);
            File.Delete(agent.LedgerFile + "-sum"); // What is found without it.
            Damage(agent.LedgerFile, damage, random);

            var result = await agent.SyncAsync();

            Assert.True(RunSum.Closes(result.Runs[^1].Report) && result.Closes, $"round {round} does not close");
            Assert.Equal((ulong)Cases, result.Runs[^1].Report.Cases);
            Assert.Equal(Cases, hub.Stored.Count);
        }
    }

    /// <summary>What no check of the file's pages finds.</summary>
    [Theory]
    [InlineData("update runs set report = x'ffff'")]
    [InlineData("update outbox set run = 99")]
    [InlineData("update outbox set batch_id = x'00' where first_sequence = (select min(first_sequence) from outbox)")]
    [InlineData("update outbox set first_sequence = 1000000000, epoch = 77 where first_sequence = (select min(first_sequence) from outbox)")]
    [InlineData("update meta set next_sequence = 1")]
    [InlineData("update meta set lease = 'x', epoch = 'y'")]
    [InlineData("update cases set hash = x'00'")]
    [InlineData("alter table meta rename column next_sequence to nfxt_sequence")]
    [InlineData("drop table quarantine")]
    public async Task Sync_LedgerSaysWhatNobodyWrote_LosesNothingAndDoublesNothing(string sql)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(Cases));
        await agent.NightAsync();
        await InterruptAsync(hub, agent, 1);
        await agent.EditLedgerAsync(sql);

        var result = await agent.SyncAsync();

        Assert.True(RunSum.Closes(result.Runs[^1].Report) && result.Closes);
        Assert.Equal((ulong)Cases, result.Runs[^1].Report.Cases);
        Assert.Equal(Cases, hub.Stored.Count);
        Assert.All(hub.Stored.Values, record => Assert.Equal("It hums in night 1", record.Case.Subject.Masked.Length > 0 ? record.Case.Subject.Masked : record.Case.Subject.Clear));
    }

    /// <summary>Leaves a run in the middle, so that the file holds an outbox.</summary>
    private static async Task InterruptAsync(TestHub hub, AgentBench agent, int round)
    {
        agent.Write(AgentBench.Rows(Cases, $"It hums in night {round}"));
        using var stop = new CancellationTokenSource();
        hub.BeforeBatch = async (_, _) =>
        {
            hub.BeforeBatch = (_, _) => Task.CompletedTask;
            await stop.CancelAsync();
            throw new Rpc.RpcException(Rpc.RpcStatusCode.Unavailable, "the test broke the stream");
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => agent.SyncAsync(cancellationToken: stop.Token));
        hub.BeforeBatch = (_, _) => Task.CompletedTask;
    }

    private static void Damage(string file, string damage, Random random)
    {
        var bytes = File.ReadAllBytes(file);
        switch (damage)
        {
            case "cut":
                bytes = bytes[..random.Next(0, bytes.Length)];
                break;
            case "overwritten":
                random.NextBytes(bytes.AsSpan(random.Next(0, bytes.Length - 4096), 4096));
                break;
            default:
                for (var flip = 0; flip < 40; flip++)
                {
                    bytes[random.Next(0, bytes.Length)] ^= (byte)(1 << random.Next(8));
                }

                break;
        }

        File.WriteAllBytes(file, bytes);
    }
}
