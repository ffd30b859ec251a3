using System.Collections.Concurrent;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Sync;
using CallTracking.Contracts;
using CallTracking.Testing;
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
        progress.Begin(1, TimeProvider.System);
        progress.Expect(expected);
        for (var row = 0; row < 300; row++)
        {
            progress.RowRead();
        }

        progress.Passed(passed);

        Assert.Equal(line, ProgressLine.Text(progress, new RunReport { Cases = 290, SentCases = 200 }, TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public void Elapsed_OfARunBehindAnother_CountsFromWhereItBegan()
    {
        var clock = new ManualClock();
        var progress = new RunProgress();
        Assert.Equal(TimeSpan.Zero, progress.Elapsed);

        progress.Begin(1, clock);
        clock.Advance(TimeSpan.FromMinutes(5));
        progress.Begin(2, clock);
        clock.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(TimeSpan.FromSeconds(4), progress.Elapsed);
    }

    [Fact]
    public async Task Sync_ShownFromItsFirstLineOn_HasTheRateSinceTheRunBegan()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub, outbox: "4MB");
        agent.Write(AgentBench.Rows(3000, string.Concat(Enumerable.Repeat("It hums. ", 300))));
        var shown = new TaskCompletionSource();
        hub.BeforeBatch = (_, _) => shown.Task;

        await using var run = AgentProgram.Start("sync", "--config", agent.Config, "--progress", "plain");
        await Eventually.TrueAsync(() => run.HasExited || run.Error.Contains("/s", StringComparison.Ordinal));
        shown.SetResult();
        await run.WaitForExitAsync(TimeSpan.FromSeconds(60));

        // The first line comes five seconds after the start, and a run is as old as that but for the connection.
        var line = run.Error.Split('\n').First(text => text.Contains("/s", StringComparison.Ordinal));
        var (rows, rate) = (Number(line, "read ", " rows"), Number(line[line.LastIndexOf("· ", line.IndexOf("/s", StringComparison.Ordinal), StringComparison.Ordinal)..], "· ", "/s"));
        Assert.True(rate < rows, line);
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

    private static long Number(string line, string before, string behind)
    {
        var start = line.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return long.Parse(line[start..line.IndexOf(behind, start, StringComparison.Ordinal)], System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture);
    }
}
