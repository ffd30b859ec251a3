using System.Text;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Tests.Sync;
using Xunit;

namespace CallTracking.Agent.Tests.Quarantine;

/// <summary>Who names exports after persons: their names stand nowhere in the ledger as they are.</summary>
public sealed class HiddenFileTests
{
    private const string Person = "Weissmueller-Beckedorf";

    [Fact]
    public async Task Night_FileNamedAfterAPerson_StandsInTheListAndNotInTheLedger()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await NightAsync(hub);

        Assert.Equal([$"inbox/{Person}.csv row 1"], await agent.QuarantinedAsync(entry => $"{entry.File} {entry.Place}"));
        Assert.False(IsInLedger(agent));
    }

    [Fact]
    public async Task Night_LedgerOfAnEarlierProgram_HidesItsNamesAndLeavesNoneInUnusedPages()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await NightAsync(hub);
        await agent.EditLedgerAsync($"update quarantine set file = 'inbox/{Person}.csv', name = null");
        await agent.EditLedgerAsync("pragma wal_checkpoint(truncate)");
        Assert.True(IsInLedger(agent));
        Assert.Equal([$"inbox/{Person}.csv row 1"], await agent.QuarantinedAsync(entry => $"{entry.File} {entry.Place}"));

        await agent.NightAsync();

        Assert.Equal([$"inbox/{Person}.csv row 1"], await agent.QuarantinedAsync(entry => $"{entry.File} {entry.Place}"));
        Assert.False(IsInLedger(agent));
    }

    [Fact]
    public async Task Night_KilledBetweenHidingAndWritingTheFileAnew_WritesItAnewThen()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await NightAsync(hub);
        await agent.EditLedgerAsync($"insert into quarantine select source, 'inbox/{Person}.csv', place, uid, reason, stage, field, message, at, run, payload, null from quarantine; delete from quarantine where name is null; update meta set stale_pages = 1");
        await agent.EditLedgerAsync("pragma wal_checkpoint(truncate)");
        Assert.True(IsInLedger(agent));

        await agent.NightAsync();

        Assert.False(IsInLedger(agent));
        Assert.Equal(["0"], await agent.QueryAsync("select cast(stale_pages as text) from meta"));
    }

    [Fact]
    public async Task Purge_EntryOfAnotherKey_CanStillBeSeenAndLetGo()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await NightAsync(hub);
        var secret = Path.Combine(agent.State, "keys", "region.secret");
        File.WriteAllBytes(secret, new byte[32]);

        var (_, list, _) = await AgentProgram.RunAsync("quarantine", "list", "--config", agent.Config);
        var (code, _, _) = await AgentProgram.RunAsync("quarantine", "purge", "--source", "desk", "--yes", "--config", agent.Config);

        Assert.Contains("name sealed with another key", list, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, code);
        Assert.Empty(await agent.QuarantinedAsync(entry => entry.Place));
    }

    private static async Task<AgentBench> NightAsync(TestHub hub)
    {
        var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("C1", Status: "on_ice"), new("C2")], $"{Person}.csv");
        await agent.NightAsync();
        return agent;
    }

    private static bool IsInLedger(AgentBench agent) =>
        Directory.EnumerateFiles(agent.State, "ledger.db*").Any(file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Person)) >= 0);
}
