using System.Collections.Concurrent;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Sync;
using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Agent.Tests.Sync;

/// <summary>How far a sync is: by bytes where files tell how much there is to read, by rows alone elsewhere.</summary>
public sealed class RunProgressTests
{
    [Fact]
    public async Task Sync_OfFiles_GoesFromNothingToAllOfThem()
    {
        await using var hub = await TestHub.StartAsync();
        // More than the outbox holds: while the hub has not answered, not all can have been read.
        using var agent = await AgentBench.AtAsync(hub, outbox: "4MB");
        var subject = string.Concat(Enumerable.Repeat("It hums. ", 300));
        agent.Write(AgentBench.Rows(3000, subject), "a.csv");
        agent.Write(AgentBench.Rows(3000, subject).Select(row => row with { Id = $"B{row.Id}" }), "b.csv");
        var shares = new ConcurrentQueue<double?>();
        hub.BeforeBatch = (_, _) =>
        {
            shares.Enqueue(agent.Workplace!.Progress.Share);
            return Task.CompletedTask;
        };

        await agent.NightAsync();

        Assert.Equal(1, agent.Workplace!.Progress.Share);
        Assert.Equal(shares.Order(), shares);
        Assert.Contains(shares, share => share is > 0 and < 1);
    }

    [Fact]
    public async Task Sync_OneFileKnownAnotherGrown_CountsOnlyWhatIsRead()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub, duplicates: "latest");
        agent.Write(AgentBench.Rows(3000), "a.csv");
        agent.Write([new("B1")], "b.csv");
        await agent.NightAsync(ReadingWish.Everything);
        await File.AppendAllTextAsync(agent.Inbox("b.csv"), "B2,It hums,open,2024-11-20 10:00\n");

        var report = await agent.NightAsync(ReadingWish.Everything);

        Assert.Equal((1UL, 1D), (report.Rows, agent.Workplace!.Progress.Share));
    }

    [Theory]
    [InlineData(0, 0, "read 300 rows · 290 cases · sent 200 · 100/s")]
    [InlineData(1000, 250, "█████░░░░░░░░░░░░░░░ 25 % · read 300 rows · 290 cases · sent 200 · 100/s · 0:09 left")]
    [InlineData(1000, 1000, "████████████████████ 100 % · read 300 rows · 290 cases · sent 200 · 100/s")]
    public void Text_OfASync_HasRateAndTimeLeftWhereTheSizeIsKnown(long expected, long passed, string line)
    {
        var progress = new RunProgress();
        progress.Begin(1);
        progress.Expect(expected);
        for (var row = 0; row < 300; row++)
        {
            progress.RowRead();
        }

        progress.Passed(passed);

        Assert.Equal(line, ProgressLine.Text(progress, new RunReport { Cases = 290, SentCases = 200 }, TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public void Share_AnExpectationThatProvesWrong_IsCorrected()
    {
        var progress = new RunProgress();
        progress.Expect(1000);

        progress.Correct(600, 100);
        progress.RowRead(125);

        Assert.Equal(0.25, progress.Share);
    }
}
