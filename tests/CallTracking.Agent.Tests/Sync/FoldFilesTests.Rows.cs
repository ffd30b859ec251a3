using CallTracking.Agent.Commands;
using CallTracking.Agent.Sources;
using Xunit;

namespace CallTracking.Agent.Tests.Sync;

// Whatever becomes of the files, a row that is nowhere any more is missed, and one that stands anywhere is not.
public sealed partial class FoldFilesTests
{
    [Fact]
    public async Task Rows_DailyFilesBecameAnArchiveThatLacksADay_CasesKeepThem()
    {
        Log("d1", "A,1,open", "B,2,open");
        Log("d2", "A,3,open", "B,4,open");
        Log("d3", "A,5,open", "B,6,closed");
        await NightAsync();
        var stored = Stored();
        Delete("d1", "d2", "d3");
        Log("month", "A,1,open", "B,2,open", "A,5,open", "B,6,closed");

        var drift = await AgentProgram.RunAsync("drift", "--config", _agent.Config);
        var night = await NightAsync();
        Log("d4", "A,7,closed");
        var next = await NightAsync();
        Log("d2", "A,3,open", "B,4,open");
        var back = await NightAsync();

        Assert.True(drift.Code == ExitCode.Drift, drift.Output + drift.Error);
        Assert.Contains("1 file is gone that had rows of cases (inbox/d2.csv)", drift.Output, StringComparison.Ordinal);
        Assert.Equal((0UL, 0UL), (night.Changed, night.Quarantined));
        Assert.Equal((0UL, 1UL), (next.Changed, next.Quarantined));
        Assert.Equal(["3 open open closed", "4 open open open closed"], Stored());
        Assert.Equal((1UL, 0UL), (back.Changed, back.Quarantined));
        Assert.NotEqual(stored, Stored());
    }

    [Theory]
    [InlineData("A,1,open B,2,open A,5,open A,6,closed", "")]
    [InlineData("A,1,open B,2,open A,5,open", "")]
    [InlineData("A,1,open B,2,open", "A,9,open B,10,open")]
    [InlineData("A,1,open B,2,open A,4,open", "A,9,open B,10,open")]
    public async Task Rows_FileIsGoneAndAsManyCameElsewhere_HoldsTheCase(string first, string second)
    {
        Log("a", "A,1,open", "B,2,open");
        Log("b", "A,3,open", "B,4,closed");
        await NightAsync();
        Delete("b");
        Log("a", first.Split(' '));
        if (second.Length > 0)
        {
            Log("c", second.Split(' '));
        }

        var night = await NightAsync();

        Assert.Equal((0UL, second.Length > 0 ? 2UL : 1UL), (night.Changed, night.Quarantined));
        Assert.Equal(["2 open closed", "2 open open"], Stored());
    }

    [Theory]
    [InlineData("A,1,open A,2,open A,3,open", "A,1,open A,3,open A,4,open A,5,closed", "")]
    [InlineData("B,1,open A,2,open A,3,open", "B,1,open A,3,open A,4,open A,5,closed", "")]
    [InlineData("A,1,open A,6,open", "A,1,open", "A,8,open")]
    public async Task Rows_DroppedWhileNewerOnesCome_HoldsTheCase(string before, string after, string other)
    {
        Log("log", before.Split(' '));
        await NightAsync();
        var stored = Stored();
        Log("log", after.Split(' '));
        if (other.Length > 0)
        {
            Log("other", other.Split(' '));
        }

        var night = await NightAsync();
        var again = await NightAsync();

        Assert.Equal([(0UL, 1UL), (0UL, 1UL)], new[] { night, again }.Select(one => (one.Changed, one.Quarantined)));
        Assert.Equal(stored, Stored());
    }

    [Theory]
    [InlineData("A,1,open A,3,closed", "A,3,closed A,5,open")]
    [InlineData("A,1,open A,3,closed", "A,3,closed A,5,open A,6,open")]
    public async Task Rows_WithoutOrderALogRollsOn_HoldsTheCase(string before, string after)
    {
        _agent.WriteMapping(text => text.Replace(", order: step}", "}", StringComparison.Ordinal));
        Log("log", before.Split(' '));
        await NightAsync();
        var stored = Stored();
        Log("log", after.Split(' '));

        var night = await NightAsync();

        Assert.Equal((0UL, 1UL), (night.Changed, night.Quarantined));
        Assert.Equal(stored, Stored());
    }

    [Theory]
    [InlineData("", "A,8,closed")]
    [InlineData("B,1,open", "A,8,closed A,9,open")]
    public async Task Rows_WithoutOrderARowIsDroppedAndOthersComeInAnotherFile_HoldsTheCase(string left, string other)
    {
        _agent.WriteMapping(text => text.Replace(", order: step}", "}", StringComparison.Ordinal));
        Log("log", "A,1,open", "B,1,open");
        Log("d2", "A,2,open");
        await NightAsync();
        var stored = Stored();
        Delete("log");
        if (left.Length > 0)
        {
            Log("log", left.Split(' '));
        }

        Log("new", other.Split(' '));

        var night = await NightAsync();
        Log("d5", "C,1,open");
        var again = await NightAsync();

        Assert.Equal([(0UL, 0UL, 1UL), (1UL, 0UL, 1UL)], new[] { night, again }.Select(one => (one.New, one.Changed, one.Quarantined)));
        Assert.Equal([.. stored.Append("1 open").Order(StringComparer.Ordinal)], Stored());
    }

    [Fact]
    public async Task Rows_WithoutOrderFilesWereMergedWithAllTheirRows_AreNotMissed()
    {
        _agent.WriteMapping(text => text.Replace(", order: step}", "}", StringComparison.Ordinal));
        Log("d1", "A,1,open", "B,2,open");
        Log("d2", "A,3,open", "C,4,open");
        await NightAsync();
        Delete("d1", "d2");
        Log("a-month", "A,1,open", "B,2,open", "A,3,open", "C,4,open");
        Log("d3", "A,5,closed");

        var night = await NightAsync();

        Assert.Equal((1UL, 2UL, 0UL), (night.Changed, night.Unchanged, night.Quarantined));
        Assert.DoesNotContain(_agent.Said, line => line.Contains("gone", StringComparison.Ordinal) || line.StartsWith("WARNING", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_WithoutOrderALineWasEdited_SaysWhatItSaysNow()
    {
        _agent.WriteMapping(text => text.Replace(", order: step}", "}", StringComparison.Ordinal));
        Log("log", "A,1,open", "A,2,open", "B,1,open");
        await NightAsync();
        Log("log", "A,1,open", "A,2,closed", "B,1,open", "B,2,open");

        var night = await NightAsync();

        Assert.Equal((2UL, 0UL), (night.Changed, night.Quarantined));
    }

    [Theory]
    [InlineData("")]
    [InlineData(", incomplete: accept")]
    public async Task Rows_EarlierFilesAreRestored_AreReadThoughEachWasReadBefore(string accepts)
    {
        _agent.WriteMapping(text => text.Replace("order: step}", $"order: step{accepts}}}", StringComparison.Ordinal));
        Log("d1", "A,1,open", "B,1,open");
        Log("d2", "A,2,open", "C,1,open");
        await NightAsync();
        var stored = Stored();
        Delete("d1");
        Log("d2", "A,2,open", "C,1,closed");
        await NightAsync();
        var between = Stored();
        Log("d1", "A,1,open", "B,1,open");
        Log("d2", "A,2,open", "C,1,open");

        await NightAsync();
        var known = await NightAsync();

        Assert.NotEqual(stored, between);
        Assert.Equal(stored, Stored());
        Assert.Equal(0UL, known.Rows);
        Assert.Empty(await _agent.QueryAsync("select reason from quarantine"));
    }

    [Fact]
    public async Task Rows_ACopyOfAFileUnderAnotherName_DoublesNothing()
    {
        Log("d1", "A,1,open", "B,2,open");
        await NightAsync();
        var stored = Stored();
        Pack("d1.csv.gz", "A,1,open", "B,2,open");
        Log("d2", "C,1,open");

        var both = await NightAsync();
        Delete("d1");
        Log("d3", "A,3,closed");
        var one = await NightAsync();

        Assert.Equal((1UL, 2UL, 0UL, 2UL), (both.New, both.Unchanged, both.Changed, both.Folded));
        Assert.Equal((1UL, 0UL), (one.Changed, one.Quarantined));
        Assert.Equal(["1 open", "1 open", "2 open closed"], Stored());
        Assert.Equal(["1 open", "1 open"], stored);
    }

    [Fact]
    public async Task Rows_HeldCaseIsWholeInOtherFiles_ItsEntryGoes()
    {
        Log("d1", "A,1,open", "B,1,open");
        await NightAsync();
        Delete("d1");
        Log("d2", "A,2,open");
        await NightAsync();
        Delete("d2");
        Log("d3", "A,2,open", "A,3,open");
        var again = await NightAsync();
        var held = await _agent.QuarantinedAsync(entry => $"{entry.File} {entry.Place}");
        Delete("d3");
        Log("all", "A,1,open", "B,1,open", "A,2,open", "A,3,open");
        var whole = await NightAsync();

        Assert.Equal((0UL, 1UL), (again.Changed, again.Quarantined));
        Assert.Equal(["inbox/d3.csv row 2"], held);
        Assert.Equal((1UL, 0UL), (whole.Changed, whole.Quarantined));
        Assert.Empty(await _agent.QueryAsync("select reason from quarantine"));
    }

    [Fact]
    public async Task Rows_OneFileGrewFromWhatAnotherNowHolds_BothAreRead()
    {
        Log("a", "A,1,open");
        await NightAsync();
        Log("a", "A,1,open", "B,2,open");
        Log("z", "A,1,open");

        var night = await NightAsync();
        Log("z", "C,3,open");
        Delete("a");
        var gone = await NightAsync();

        Assert.Equal((1UL, 0UL), (night.New, night.Changed));
        Assert.Equal((1UL, 0UL, 0UL), (gone.New, gone.Changed, gone.Quarantined));
        Assert.Equal(["1 open", "1 open", "1 open"], Stored());
    }

    [Fact]
    public async Task Rows_ExportsOverlap_EachRowCountsAsOftenAsOneFileHasIt()
    {
        Log("d1", "A,1,open", "A,2,open", "A,2,open");
        Log("d2", "A,2,open", "A,3,closed");
        await NightAsync();
        Log("d3", "A,2,open", "A,3,closed", "A,3,closed");

        var night = await NightAsync();

        Assert.Equal((8UL, 1UL, 1UL, 7UL), (night.Rows, night.Cases, night.Changed, night.Folded));
        Assert.Equal(["5 open open open closed closed"], Stored());
    }

    [Fact]
    public async Task Rows_EditedInANightThatCouldNotBeRead_AreTheOldOnesAllTheSame()
    {
        Log("d1", "A,1,open", "B,2,open");
        await NightAsync();
        Log("d1", "A,1,closed", "B,2,open", "A,3,open", "A,4,open");
        _agent.WriteText("x.csv.gz", "no gzip");
        var broken = await _agent.SyncAsync(wish: ReadingWish.Everything);
        _agent.Delete("x.csv.gz");
        Log("d1", "A,1,closed", "B,2,open", "A,3,open");
        var night = await NightAsync();

        Assert.NotEmpty(broken.Faults);
        Assert.Equal((1UL, 0UL), (night.Changed, night.Quarantined));
        Assert.Equal(["1 open", "2 closed open"], Stored());
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_agent.State, "folds", "desk"), "*.pending"));
    }

    [Fact]
    public async Task Rows_ShorterFileBeginsAsItDidAndHasAnotherRow_IsNoCutFile()
    {
        // Another last row, shorter than the marks of a content are apart.
        _agent.WriteText("log.csv", "id,step,status,at\nAAA,1,closed,\nB,2,open,\nB,3,open,\n");
        await NightAsync();
        _agent.WriteText("log.csv", "id,step,status,at\nAAA,1,closed,\nB,7,open,\n");

        var night = await NightAsync();

        Assert.Equal((0UL, 1UL, 1UL), (night.Changed, night.Unchanged, night.Quarantined));
        Assert.Contains(_agent.Said, line => line.StartsWith("WARNING  desk: " + Lacks, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_OrderIsChangedInTheMapping_IsNoLoss()
    {
        Log("d1", "A,1,open", "A,2,closed", "B,1,open");
        await NightAsync();
        _agent.WriteMapping(text => text.Replace("order: step}", "order: {from: at, format: yyyy-MM-dd}}", StringComparison.Ordinal));
        Log("d1", "A,1,open", "A,2,closed", "B,1,open", "B,3,closed");

        var night = await NightAsync();

        Assert.Equal((1UL, 0UL), (night.Changed, night.Quarantined));
    }

    private void Delete(params string[] names)
    {
        foreach (var name in names)
        {
            _agent.Delete(name + ".csv");
        }
    }
}
