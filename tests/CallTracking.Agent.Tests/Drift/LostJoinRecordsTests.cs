using CallTracking.Agent.Commands;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Tests.Sync;
using Xunit;

namespace CallTracking.Agent.Tests.Drift;

/// <summary>A side file that lost some of a case's records takes them from the case: that is told of every case, however few they are, and held where somebody asked for it.</summary>
public sealed class LostJoinRecordsTests
{
    private const string Lost = "WARNING  desk: join 'notes' (notes.csv, mapping.yaml:5) no longer finds all that it found: ";

    [Theory]
    [InlineData(", many: true")]
    [InlineData("")] // The last one counts: with that gone the case would go back to an earlier one.
    public async Task Sync_SomeRecordsOfOneCaseAreGone_AreToldEveryNightUntilTheFileIsWhole(string more)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, more);
        var told = new List<string>();

        foreach (var notes in (int[][])[[3, 3], [2, 3], [2, 3], [2, 1], [3, 3], [4, 3], [3, 3]])
        {
            Notes(agent, notes);
            var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
            agent.Said.Clear();
            var report = await agent.NightAsync();
            var warning = agent.Said.SingleOrDefault(line => line.StartsWith(Lost, StringComparison.Ordinal));

            Assert.Equal(warning is null ? ExitCode.Done : ExitCode.Drift, drift.Code);
            Assert.Equal(warning is not null, drift.Output.Contains("  doubtful  join 'notes' (notes.csv, mapping.yaml:5) no longer finds all that it found: ", StringComparison.Ordinal));
            Assert.Equal(2UL, report.Cases);
            told.Add(warning?[Lost.Length..].Split(',')[0] ?? "-");
        }

        Assert.Equal(["-", "1 case lacks 1 of its records", "1 case lacks 1 of its records", "2 cases lack 3 of its records", "-", "-", "1 case lacks 1 of its records"], told);
    }

    [Fact]
    public async Task Sync_OneOfManyNoLongerFindsWhatItNames_IsTold()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, string.Empty);
        Notes(agent, 0, 3);

        await agent.NightAsync();

        Assert.Contains(agent.Said, line => line.StartsWith(Lost + "1 case lacks 3 of its records, of which subject is made. Cure: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sync_ContractFreezesWhatVanishes_HoldsUntilItIsWholeOrAccepted()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, ", many: true", "contract: {vanished: freeze}");
        Notes(agent, 3, 2);
        hub.Received.Clear();

        var (check, checkSaid, _) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);
        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        var held = await agent.SyncAsync();
        Notes(agent, 3, 3);
        var whole = await agent.SyncAsync();
        Notes(agent, 2, 2);
        var again = await agent.SyncAsync();
        var accepted = await AgentProgram.RunAsync("drift", "--accept", "--config", agent.Config);
        var after = await AgentProgram.RunAsync("drift", "--all", "--config", agent.Config);
        var night = await agent.SyncAsync();
        Notes(agent, 1, 2);
        var further = await agent.SyncAsync();

        Assert.Equal(ExitCode.Done, check);
        Assert.Contains("no longer finds all that it found: 1 case lacks 1 of its records, of which messages is made.", checkSaid, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Source, ExitCode.Source, 0UL), (drift.Code, held.Code, held.Runs[^1].Report.Rows));
        Assert.Equal("The join 'notes' (notes.csv) no longer finds all that it found: 1 case lacks 1 of its records, and the contract freezes what vanishes.", Assert.Single(held.Faults).Message);
        Assert.Contains("run calltracking-agent drift --accept", held.Faults[0].Cure, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Done, ExitCode.Source), (whole.Code, again.Code));
        Assert.Equal(ExitCode.Done, accepted.Code);
        Assert.Equal((ExitCode.Done, ExitCode.Done, 2UL), (after.Code, night.Code, night.Runs[^1].Report.Changed));
        Assert.Equal("The join 'notes' (notes.csv) no longer finds all that it found: 1 case lacks 1 of its records, and the contract freezes what vanishes.", Assert.Single(further.Faults).Message);
    }

    [Fact]
    public async Task Sync_JoinKeepsSuchCasesBack_TheyWaitAndTheOthersGo()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, ", many: true, incomplete: reject");
        Notes(agent, 4, 2);

        var cut = await agent.NightAsync();
        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        Notes(agent, 4, 3);
        var whole = await agent.NightAsync();

        Assert.Equal((1UL, 1UL), (cut.Changed, cut.Quarantined));
        Assert.Equal("incomplete-case", Assert.Single(cut.QuarantineReasons).Reason);
        Assert.Contains("1 case lacks 1 of its records, and those that change by it go to quarantine (incomplete-case). Cure: ", drift.Output, StringComparison.Ordinal);
        Assert.Equal((2UL, 0UL), (whole.Unchanged, whole.Quarantined));
        Assert.Empty(await agent.QueryAsync("select reason from quarantine"));
    }

    [Fact]
    public async Task DriftAndSync_RecordsThatComeAndGo_AreNoNewsWhereTheJoinSaysSo()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, ", many: true, incomplete: accept", "contract: {vanished: freeze}");
        Notes(agent, 1, 2);

        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        var report = await agent.NightAsync();

        Assert.Equal((ExitCode.Done, 2UL), (drift.Code, report.Changed));
        Assert.DoesNotContain(agent.Said, line => line.StartsWith("WARNING", StringComparison.Ordinal));
        Assert.Empty(await agent.QueryAsync("select 'x' from cases where joined is not null"));
    }

    [Fact]
    public async Task Sync_RecordThatNamesAnother_LosesNothing()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, ", many: true", on: "subject");
        agent.Write([new DeskRow("C1", "C2"), new DeskRow("C2", string.Empty)]);
        Notes(agent, 3, 1);

        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        await agent.NightAsync();

        Assert.Equal(ExitCode.Done, drift.Code);
        Assert.DoesNotContain(agent.Said, line => line.StartsWith("WARNING", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sync_WhatTheJoinLeadsToLostSome_IsToldByItsWholeName()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, ", many: true}, {as: parts, files: parts.csv, key: note, on: notes.text, many: true", parts: "messages: {each: notes, fields: {body: text}}", prepare: bench => bench.WriteText("parts.csv", "note,text\nn1,a\nn1,b\nn2,c\n"));
        agent.WriteText("parts.csv", "note,text\nn1,a\nn2,c\n");

        await agent.NightAsync();

        Assert.Equal("WARNING  desk: join 'notes.parts' (parts.csv, mapping.yaml:5) no longer finds all that it found: 2 cases lack 2 of its records", Assert.Single(agent.Said, line => line.StartsWith("WARNING", StringComparison.Ordinal)).Split(". Cure: ")[0]);
    }

    [Fact]
    public async Task Sync_OneFileOfTheNightOnly_TellsOfItsCasesToo()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, ", many: true");
        agent.Write([new DeskRow("C1", "C1")]);
        Notes(agent, 2, 0);

        await agent.NightAsync(new ReadingWish(Files: "cases.csv"));

        Assert.Contains(agent.Said, line => line.StartsWith(Lost + "1 case lacks 1 of its records, ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DriftAndSync_OlderRowInAFolderWithItsOwnSideFile_IsNotWhatTheCaseBecomes()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, ", many: true", prepare: bench =>
        {
            bench.PointTo(hub, files: "inbox/**/cases*.csv");
            bench.Write([new DeskRow("C1", "C1", Updated: "2024-11-19 10:00")], "older/cases.csv");
            bench.WriteText("older/notes.csv", "nr,text\nC1,n1\n");
        });

        var drift = await AgentProgram.RunAsync("drift", "--all", "--config", agent.Config);
        await agent.NightAsync();

        Assert.Contains("2 inputs", drift.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, drift.Code);
        Assert.DoesNotContain(agent.Said, line => line.StartsWith("WARNING", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Looks_LedgerOfAnEarlierProgram_KnowsNothingAndIsNoFault()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, ", many: true");
        await agent.QueryAsync("alter table cases drop column joined");
        await agent.QueryAsync("pragma user_version = 8");
        Notes(agent, 2, 3);

        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        var preview = await AgentProgram.RunAsync("preview", "--impact", "--config", agent.Config);
        await agent.NightAsync();
        Notes(agent, 1, 3);
        await agent.NightAsync();

        Assert.Equal((ExitCode.Done, ExitCode.Done), (drift.Code, preview.Code));
        Assert.Single(agent.Said, line => line.StartsWith(Lost + "1 case lacks 1 of its records", StringComparison.Ordinal));
    }

    private static async Task<AgentBench> DeskAsync(TestHub hub, string more, string contract = "", string on = "id", string? parts = null, Action<AgentBench>? prepare = null)
    {
        var agent = await AgentBench.AtAsync(hub);
        agent.PointTo(hub, files: "inbox/cases*.csv");
        var fields = parts ?? (more.Contains("many", StringComparison.Ordinal) ? "messages: {each: notes, fields: {body: text}}" : "subject: notes.text");
        agent.WriteMapping(text => text
            .Replace("key: id", $"key: id\njoin: [{{as: notes, files: notes.csv, key: nr, on: {on}{more}}}]\n{contract}", StringComparison.Ordinal)
            .Replace("subject: subject", fields, StringComparison.Ordinal));
        agent.Write([new DeskRow("C1", "C1"), new DeskRow("C2", "C2")]);
        Notes(agent, 3, 3);
        prepare?.Invoke(agent);
        await agent.NightAsync();
        agent.Said.Clear();
        return agent;
    }

    private static void Notes(AgentBench agent, params int[] ofEach) => agent.WriteText("notes.csv", string.Concat(ofEach
        .SelectMany((count, place) => Enumerable.Range(1, count).Select(note => $"C{place + 1},n{note}\n")).Prepend("nr,text\n")));
}
