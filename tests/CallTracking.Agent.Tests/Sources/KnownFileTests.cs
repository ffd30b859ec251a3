using CallTracking.Agent.Commands;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Tests.Sync;
using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Agent.Tests.Sources;

/// <summary>What is read again of files that were read before.</summary>
public sealed class KnownFileTests
{
    private const string Header = "id,subject,status,updated\n";
    private static readonly ReadingWish New = ReadingWish.Everything;

    [Fact]
    public async Task Sync_UnchangedAndMovedFiles_ArePassedOverAndCounted()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(5), "a.csv");
        agent.Write([new("D"), new("E", Status: "unheard of")], "b.csv");
        await agent.NightAsync(New);
        File.Move(agent.Inbox("b.csv"), agent.Inbox("c.csv"));
        File.SetLastWriteTimeUtc(agent.Inbox("a.csv"), DateTime.UtcNow);

        var second = await agent.NightAsync(New);
        var third = await agent.NightAsync(New);
        agent.Write([new("D"), new("E")], "c.csv");
        await agent.NightAsync(New);

        Assert.Equal((0UL, 0UL), (second.Rows + third.Rows, second.Quarantined));
        Assert.Equal(2, agent.Said.Count(text => text == "desk: 2 files unchanged, passed over"));
        Assert.Empty(LedgerGlance.Of(agent.LedgerFile, 1)!.Quarantine);
        Assert.Equal(7, hub.Stored.Count);
    }

    [Fact]
    public async Task Sync_AppendedFile_GivesTheNewRowsUnderTheirOwnNumbers()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.WriteText("cases.csv", $"{Header}A,one,unheard of,2024-11-20 10:00\nB,two,open,2024-11-20 10:00\n");
        await agent.NightAsync(New);
        await File.AppendAllTextAsync(agent.Inbox("cases.csv"), "C,three,open,2024-11-20 10:00\nD,four,strange,2024-11-20 10:00\n");

        var second = await agent.NightAsync(New);

        Assert.Equal((2UL, 1UL, 1UL), (second.Rows, second.New, second.Quarantined));
        Assert.Equal(["row 1", "row 4"], await agent.QueryAsync("select place from quarantine order by place"));
        Assert.Equal(0UL, (await agent.NightAsync(New)).Rows);
    }

    [Fact]
    public async Task Sync_RewrittenWithEqualSizeAndTime_IsReadAnew()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("A", "one"), new("B", "two")]);
        await agent.NightAsync(New);
        var time = File.GetLastWriteTimeUtc(agent.Inbox("cases.csv"));
        agent.Write([new("A", "one"), new("B", "six")]);
        File.SetLastWriteTimeUtc(agent.Inbox("cases.csv"), time);

        var second = await agent.NightAsync(New);

        Assert.Equal((2UL, 1UL), (second.Rows, second.Changed));
    }

    [Fact]
    public async Task Sync_OldContentComesBackInPlaceOfAnother_IsReadAnew()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        foreach (var status in new[] { "open", "closed" })
        {
            agent.Write([new("A", Status: status)]);
            await agent.NightAsync(New);
        }

        agent.Write([new("A", Status: "open")]);

        Assert.Equal(1UL, (await agent.NightAsync(New)).Changed);
        Assert.Equal(CaseStatus.Open, Assert.Single(hub.Stored.Values).Case.Status);
    }

    [Fact]
    public async Task Sync_FileMovedAndANewOneInItsPlace_OnlyTheNewOneIsRead()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(5), "a.csv");
        await agent.NightAsync(New);
        File.Move(agent.Inbox("a.csv"), agent.Inbox("old-a.csv"));
        agent.Write([new("N")], "a.csv");

        Assert.Equal(1UL, (await agent.NightAsync(New)).Rows);
        Assert.Equal(0UL, (await agent.NightAsync(New)).Rows);
    }

    [Fact]
    public async Task Sync_EditedMapping_ReadsAllAgainAlsoWhenItIsEditedBack()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(3));
        await agent.NightAsync(New);

        agent.WriteMapping(text => text.Replace("const: inquiry", "const: repair", StringComparison.Ordinal));
        var edited = await agent.NightAsync(New);
        agent.WriteMapping(text => text.Replace("const: repair", "const: inquiry", StringComparison.Ordinal));
        var back = await agent.NightAsync(New);

        Assert.Equal((3UL, 3UL), (edited.Changed, back.Changed));
    }

    [Fact]
    public async Task Sync_CasesAskedForAgain_KnownFilesAreRead()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(3));
        await agent.NightAsync(New);
        hub.Tasks.Enqueue(new RegionTask { TaskId = Google.Protobuf.ByteString.CopyFromUtf8("task"), SendAgain = new SendAgain { Everything = true } });

        Assert.Equal(3UL, (await agent.NightAsync(New)).SentCases);
    }

    [Fact]
    public async Task Sync_TimeFromTheFuture_ItsFileIsReadUntilTheTimeHasCome()
    {
        await using var hub = await TestHub.StartAsync();
        var clock = new ShiftedClock();
        using var agent = await AgentBench.AtAsync(hub, clock: clock);
        var later = clock.GetUtcNow().AddDays(3).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        agent.Write([new("A", Updated: later), new("B")]);
        await agent.NightAsync(New);
        clock.Set(TimeSpan.FromDays(2.5));

        Assert.Equal((1UL, 1UL), (await agent.NightAsync(New)) is var second ? (second.New, second.Unchanged) : default);
    }

    [Fact]
    public async Task Sync_Reread_ReadsAll()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(3));
        await agent.NightAsync(New);

        Assert.Equal(3UL, (await agent.NightAsync(new ReadingWish(Reread: true))).Unchanged);
    }

    [Theory]
    [InlineData("b*.csv")]
    [InlineData("inbox/b.csv")]
    public async Task Sync_FilePattern_ReadsOnlyThoseFiles(string pattern)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("A")], "a.csv");
        agent.Write([new("B")], "b.csv");

        var one = await agent.NightAsync(new ReadingWish(Files: pattern));
        var none = await agent.SyncAsync(wish: new ReadingWish(Files: "c.csv"));
        var rest = await agent.NightAsync(New);

        Assert.Equal((1UL, 1UL), (one.Rows, rest.Rows));
        Assert.Equal(ExitCode.Source, none.Code);
    }

    [Fact]
    public async Task Sync_OneCase_TakesItsRowsAndLeavesTheRestForLater()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("A"), new("B"), new("C", Status: "unheard of")]);

        var one = await agent.NightAsync(new ReadingWish(CaseId: "B"));
        var bad = await agent.NightAsync(new ReadingWish(CaseId: "C"));
        var none = await agent.SyncAsync(wish: new ReadingWish(CaseId: "Z"));
        var rest = await agent.NightAsync(New);

        Assert.Equal((1UL, 1UL), (one.Rows, one.New));
        Assert.Equal((1UL, 1UL), (bad.Rows, bad.Quarantined));
        Assert.Equal(ExitCode.Source, none.Code);
        Assert.Equal((3UL, 1UL, 1UL), (rest.Rows, rest.New, rest.Unchanged));
    }
}
