using CallTracking.Agent.Commands;
using CallTracking.Agent.Sources;
using Xunit;

namespace CallTracking.Agent.Tests.Sync;

// A file that was read comes again shorter, and begins as it did.
public sealed partial class FoldFilesTests
{
    private static readonly string[] Whole = ["A,1,open", "B,1,open", "C,1,open", "A,2,open", "B,2,closed", "D,1,open"];

    [Theory]
    [InlineData(4, 3)]
    [InlineData(3, 2)]
    [InlineData(0, 1)]
    public async Task DriftAndSync_FileWasCut_CasesKeepWhatItsLostRowsToldUntilItIsBack(int left, int whole)
    {
        Log("d0", "Z,1,open");
        Log("d1", Whole);
        await NightAsync();
        var stored = Stored();
        Log("d1", Whole[..left]);

        var drift = await AgentProgram.RunAsync("drift", "--config", _agent.Config);
        var cut = await NightAsync();
        var known = await NightAsync();
        var held = Stored();
        Log("d1", Whole);
        var back = await NightAsync();

        Assert.Equal(ExitCode.Drift, drift.Code);
        Assert.Contains("  doubtful  1 file is smaller than when it was read, and begins as it did (inbox/d1.csv): was it cut off?", drift.Output, StringComparison.Ordinal);
        Assert.Single(_agent.Said, line => line.StartsWith("WARNING  desk: 1 file is smaller than when it was read", StringComparison.Ordinal));
        Assert.Equal((1UL + (ulong)left, (ulong)whole, 0UL, 0UL), (cut.Rows, cut.Unchanged, cut.Changed, cut.Quarantined));
        Assert.Equal(0UL, known.Rows);
        Assert.Equal(stored, held);
        Assert.Equal((7UL, 5UL, 0UL), (back.Rows, back.Unchanged, back.Quarantined));
        Assert.Equal(["1 open", "1 open", "1 open", "2 open closed", "2 open open"], Stored());
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.93)]
    [InlineData(0.999)]
    public async Task Sync_LargeFileWasCutWithinARow_NoCaseBecomesAnother(double share)
    {
        var text = Text([.. Enumerable.Range(0, 1500).Select(row => $"K{100 + (row % 300)},{row / 300},open")]);
        _agent.WriteText("d1.csv", text);
        await NightAsync();
        _agent.WriteText("d1.csv", text[..(int)(text.Length * share)]);

        var night = await NightAsync();

        Assert.Equal((0UL, 0UL, 300), (night.New, night.Changed, Stored().Count(record => record.StartsWith("5 ", StringComparison.Ordinal))));
        Assert.Single(_agent.Said, line => line.StartsWith("WARNING  desk: 1 file is smaller than when it was read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DriftAndSync_FileWasCutBeforeItsFooter_NothingOfTheSourceIsTaken()
    {
        _agent.WriteMapping(text => text.Replace("{type: delimited}", "{type: delimited, footer: {from: ^TOTAL}}", StringComparison.Ordinal));
        _agent.WriteText("d1.csv", Text(Whole) + "TOTAL,6\n");
        await NightAsync();
        Log("d1", Whole[..4]);

        var drift = await AgentProgram.RunAsync("drift", "--config", _agent.Config);
        var sync = await _agent.SyncAsync(wish: ReadingWish.Everything);

        Assert.Equal((ExitCode.Source, ExitCode.Source), (drift.Code, sync.Code));
        Assert.StartsWith("inbox/d1.csv:6:1: The file ends here without what footer.from looks for", Assert.Single(sync.Faults).ToString(), StringComparison.Ordinal);
        Assert.Equal(["1 open", "1 open", "2 open closed", "2 open open"], Stored());
    }

    [Fact]
    public async Task Sync_PackedFileCameShorter_IsCutToo()
    {
        Log("d0", "Z,1,open");
        Pack("d1.gz", Whole);
        await NightAsync();
        Pack("d1.gz", Whole[..4]);

        var night = await NightAsync();

        Assert.Equal((0UL, 3UL, 0UL, 2UL), (night.Changed, night.Unchanged, night.Quarantined, night.Folded));
    }

    [Fact]
    public async Task Sync_OnlyFileWasCutAndAnotherHasNewRows_HoldsThoseCasesInQuarantine()
    {
        Log("d1", Whole);
        await NightAsync();
        Log("d1", Whole[..3]);
        var cut = await NightAsync();
        Log("d2", "A,3,closed", "E,1,open", "C,2,closed");

        var night = await NightAsync();
        Log("d1", Whole);
        var back = await NightAsync();

        Assert.Equal((0UL, 0UL, 2UL), (cut.Changed, cut.Quarantined, cut.Folded));
        // C lost nothing, and goes on.
        Assert.Equal((1UL, 1UL, 1UL), (night.New, night.Changed, night.Quarantined));
        Assert.Equal("incomplete-case", Assert.Single(night.QuarantineReasons).Reason);
        Assert.Equal((1UL, 0UL), (back.Changed, back.Quarantined));
        Assert.Equal(["1 open", "1 open", "2 open closed", "2 open closed", "3 open open closed"], Stored());
    }

    [Fact]
    public async Task Sync_FileWasCutAndIncompleteIsAccepted_MakesCasesOfWhatIsLeftAndSaysSo()
    {
        _agent.WriteMapping(text => text.Replace("order: step}", "order: step, incomplete: accept}", StringComparison.Ordinal));
        Log("d1", Whole);
        await NightAsync();
        Log("d1", Whole[..4]);

        var night = await NightAsync();

        Assert.Equal(1UL, night.Changed);
        Assert.Single(_agent.Said, line => line.StartsWith("WARNING  desk: 1 file is smaller than when it was read", StringComparison.Ordinal) && line.Contains("are made of the rows that are left", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sync_LogWasRotatedAndItsOwnFileBegunAnew_IsNoCutFile()
    {
        Log("app.log", Whole);
        await NightAsync();
        Log("app.log.1", Whole);
        Log("app.log");
        await NightAsync();
        Log("app.log", "A,3,closed");

        var night = await NightAsync();

        Assert.Equal((1UL, 0UL), (night.Changed, night.Quarantined));
        Assert.DoesNotContain(_agent.Said, line => line.StartsWith("WARNING", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sync_CutFileIsAskedForAgainByTheHub_HoldsItsCasesInQuarantine()
    {
        Log("d1", Whole);
        await NightAsync();
        Log("d1", Whole[..4]);

        var again = await _agent.NightAsync(new ReadingWish(Reread: true));

        Assert.Equal((0UL, 1UL), (again.Changed, again.Quarantined));
        Assert.Equal(["1 open", "1 open", "2 open closed", "2 open open"], Stored());
    }
}
