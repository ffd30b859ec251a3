using CallTracking.Agent.Commands;
using CallTracking.Agent.Sources;
using Xunit;

namespace CallTracking.Agent.Tests.Sync;

// A file that was read holds other rows, and lacks some that it had.
public sealed partial class FoldFilesTests
{
    private const string Lacks = "1 file was written anew without rows that it had (inbox/log.csv): ";

    [Fact]
    public async Task DriftAndSync_LogDroppedItsOldestRows_CasesKeepThemAndItIsTold()
    {
        Log("log", Whole);
        await NightAsync();
        var stored = Stored();
        Log("log", [.. Whole[3..], "E,1,open", "F,1,open", "G,1,open"]);

        var drift = await AgentProgram.RunAsync("drift", "--config", _agent.Config);
        var night = await NightAsync();

        Assert.Equal(ExitCode.Drift, drift.Code);
        Assert.Contains("  doubtful  " + Lacks + "3 cases", drift.Output, StringComparison.Ordinal);
        Assert.Single(_agent.Said, line => line.StartsWith("WARNING  desk: " + Lacks + "3 cases", StringComparison.Ordinal));
        Assert.Equal((3UL, 1UL, 0UL, 0UL), (night.New, night.Unchanged, night.Changed, night.Quarantined));
        Assert.Equal([.. stored.Concat(["1 open", "1 open", "1 open"]).Order(StringComparer.Ordinal)], Stored());
    }

    [Fact]
    public async Task Sync_LogDroppedARowForEachThatCame_HoldsTheCaseUntilTheOldRowsStandInAnotherFile()
    {
        Log("log", "A,1,open", "A,2,open", "B,1,open", "B,3,open");
        await NightAsync();
        Log("log", "A,2,open", "A,3,closed", "B,3,open", "C,3,open");

        var rolled = await NightAsync();
        Log("log", "A,3,closed", "B,3,open", "C,3,open");
        var again = await NightAsync();
        var held = Stored();
        Log("older", "A,1,open", "A,2,open", "B,1,open");
        var back = await NightAsync();
        var after = await NightAsync();

        Assert.Equal((1UL, 1UL, 0UL), (rolled.New, rolled.Quarantined, rolled.Changed));
        Assert.Equal("incomplete-case", Assert.Single(rolled.QuarantineReasons).Reason);
        Assert.Equal(1UL, again.Quarantined);
        Assert.Equal(["1 open", "2 open open", "2 open open"], held);
        Assert.Equal((1UL, 2UL, 0UL), (back.Changed, back.Unchanged, back.Quarantined));
        Assert.Equal(["1 open", "2 open open", "3 open open closed"], Stored());
        Assert.Equal(0UL, after.Rows);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_agent.State, "folds", "desk"), "*.cases").Skip(2));
    }

    [Fact]
    public async Task Sync_CaseFellOutOfALogNightsAgo_WaitsWhenItIsReopened()
    {
        Log("log", "A,1,open", "B,2,open", "C,3,open");
        await NightAsync();
        Log("log", "B,2,open", "C,3,open", "D,4,open");
        await NightAsync();
        Log("log", "C,3,open", "D,4,open", "E,5,open");
        await NightAsync();
        Log("log", "C,3,open", "D,4,open", "E,5,open", "A,6,closed");

        var night = await NightAsync();

        Assert.Equal((0UL, 1UL, 0UL), (night.New, night.Quarantined, night.Changed));
        Assert.Equal(["1 open", "1 open", "1 open", "1 open", "1 open"], Stored());
    }

    [Fact]
    public async Task Sync_PlaceOfARowWasEdited_HoldsItsCaseAsIfTheRowWereAnotherOne()
    {
        Log("log", Whole);
        await NightAsync();
        Log("log", [.. Whole.Where(row => row != "B,1,open"), "B,4,closed"]);

        var night = await NightAsync();

        Assert.Equal((0UL, 1UL), (night.Changed, night.Quarantined));
        Assert.Contains("2 open closed", Stored());
    }

    [Fact]
    public async Task DriftAndSync_RowsWereTurnedEditedAndMoved_SayWhatTheySayNow()
    {
        Log("log", Whole);
        await NightAsync();
        Log("log", [.. Whole.Where(row => row != "B,1,open").Reverse().Append("B,1,closed").Where(row => row[0] != 'A')]);
        Log("older", [.. Whole.Where(row => row[0] == 'A')]);

        var drift = await AgentProgram.RunAsync("drift", "--config", _agent.Config);
        var night = await NightAsync();

        Assert.Equal((1UL, 3UL, 0UL), (night.Changed, night.Unchanged, night.Quarantined));
        Assert.DoesNotContain(_agent.Said, line => line.Contains("written anew", StringComparison.Ordinal));
        Assert.DoesNotContain("written anew", drift.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_ARowOfALogBecameUnreadable_ItsCaseStaysWhole()
    {
        Log("log", Whole);
        await NightAsync();
        Log("log", [.. Whole.Where(row => row != "A,1,open"), "A"]);

        var night = await NightAsync();

        Assert.Equal((0UL, 1UL), (night.Changed, night.Quarantined));
        Assert.Contains("2 open open", Stored());
    }

    [Fact]
    public async Task Sync_RowsWithoutOrderAreFewer_HoldsAllThatChangedUntilTheyAreBack()
    {
        _agent.WriteMapping(text => text.Replace(", order: step}", "}", StringComparison.Ordinal));
        Log("log", Whole);
        await NightAsync();
        Log("log", [.. Whole[1..4], "D,1,closed"]);

        var night = await NightAsync();
        var again = await NightAsync();
        var held = Stored();
        Log("log", [.. Whole, "D,2,closed"]);
        var back = await NightAsync();

        // One row of A and of B is missing, and nothing of them is new; C is as it was, and of D nobody knows whether its row is another one.
        Assert.Equal((0UL, 1UL, 1UL), (night.Changed, night.Unchanged, night.Quarantined));
        Assert.Equal(1UL, again.Quarantined);
        Assert.Equal(["1 open", "1 open", "2 open closed", "2 open open"], held);
        Assert.Equal((1UL, 0UL), (back.Changed, back.Quarantined));
    }

    [Theory]
    [InlineData("A,1,open", "A,2,open", "B,3,open", "A,8,closed")]
    [InlineData("A,1,open", "A,2,open", "B,3,open", "B,7,closed", "A,8,closed")]
    public async Task Sync_LogIsBackWithAllItsRowsAndMore_GoesOn(params string[] whole)
    {
        Log("log", whole[..3]);
        await NightAsync();
        Log("log", "A,8,closed");
        var held = await NightAsync();
        Log("log", whole);
        var back = await NightAsync();
        Log("log", [.. whole, "B,9,open"]);
        var after = await NightAsync();

        Assert.Equal((0UL, 1UL), (held.Changed, held.Quarantined));
        Assert.Equal(0UL, back.Quarantined);
        Assert.Equal((1UL, 0UL), (after.Changed, after.Quarantined));
        Assert.Contains("3 open open closed", Stored());
        Assert.Single(Directory.EnumerateFiles(Path.Combine(_agent.State, "folds", "desk"), "*.cases"));
    }

    [Fact]
    public async Task Sync_RowsMovedIntoAFileThatWasThere_AreNotMissed()
    {
        Log("log", "A,1,open", "B,2,open", "A,3,open");
        Log("older", "C,1,open");
        await NightAsync();
        Log("log", "A,3,open", "A,4,closed");
        Log("older", "C,1,open", "A,1,open", "B,2,open");

        var night = await NightAsync();

        Assert.Equal((1UL, 2UL, 0UL), (night.Changed, night.Unchanged, night.Quarantined));
        Assert.DoesNotContain(_agent.Said, line => line.StartsWith("WARNING", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sync_ExportHasAnotherNameAndOtherPlacesEachNight_IsNotMissed()
    {
        Log("ev-26", "B,3,open", "A,2,open", "A,1,open");
        await NightAsync();
        _agent.Delete("ev-26.csv");
        Log("ev-27", "A,4,closed", "B,3,open", "A,2,open", "A,1,open");

        var night = await NightAsync();

        Assert.Equal((1UL, 1UL, 0UL), (night.Changed, night.Unchanged, night.Quarantined));
        Assert.Single(Directory.EnumerateFiles(Path.Combine(_agent.State, "folds", "desk"), "*.cases"));
    }

    [Theory]
    [InlineData("A,2,open", "B,3,open", "A,8,closed")]
    [InlineData("A,1,open", "B,3,open", "A,8,closed")]
    public async Task Sync_ALogDroppedOneRowForTheOneThatCame_HoldsItsCase(params string[] rolled)
    {
        Log("log", "A,1,open", "D,1,open", "A,2,open", "B,3,open");
        await NightAsync();
        Log("log", rolled);

        var night = await NightAsync();

        Assert.Equal((0UL, 1UL), (night.Changed, night.Quarantined));
        Assert.Contains("2 open open", Stored());
    }

    [Fact]
    public async Task DriftAndSync_LogBeginsLaterAndNoCaseHasFewerRows_IsToldAndHeld()
    {
        Log("log", "A,1,open", "A,2,open", "B,3,open");
        await NightAsync();
        Log("log", "A,2,open", "B,3,open", "A,8,closed");

        var drift = await AgentProgram.RunAsync("drift", "--config", _agent.Config);
        var night = await NightAsync();

        Assert.Equal(ExitCode.Drift, drift.Code);
        Assert.Contains(Lacks + "1 case ", drift.Output, StringComparison.Ordinal);
        Assert.Equal((0UL, 1UL), (night.Changed, night.Quarantined));
    }

    [Fact]
    public async Task Sync_HubAsksAgainForALogThatDroppedRows_HoldsThoseCases()
    {
        Log("log", Whole);
        await NightAsync();
        Log("log", [.. Whole[3..], "E,1,open"]);
        await NightAsync();

        var again = await _agent.NightAsync(new ReadingWish(Reread: true));

        Assert.Equal((0UL, 2UL), (again.Changed, again.Quarantined));
        Assert.Contains("2 open open", Stored());
    }

    [Fact]
    public async Task Sync_LogDroppedRowsAndIncompleteIsAccepted_MakesCasesOfTheRestAndSaysSoOnce()
    {
        _agent.WriteMapping(text => text.Replace("order: step}", "order: step, incomplete: accept}", StringComparison.Ordinal));
        Log("log", Whole);
        await NightAsync();
        Log("log", Whole[3..]);
        var night = await NightAsync();
        Log("log", [.. Whole[3..], "E,1,open"]);
        var next = await NightAsync();

        Assert.Equal((2UL, 1UL), (night.Changed, night.Unchanged));
        Assert.Equal((1UL, 0UL), (next.New, next.Changed));
        Assert.Single(_agent.Said, line => line.StartsWith("WARNING  desk: " + Lacks + "3 cases lost some, and are made of the rows that are left", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lacks_WithoutOrderOneCaseIsGoneAndAnotherChanged_HoldsThatNightAfterNight()
    {
        _agent.WriteMapping(text => text.Replace(", order: step}", "}", StringComparison.Ordinal));
        Log("log", "A,1,open", "C,1,open");
        await NightAsync();
        Log("log", "C,1,closed");

        var night = await NightAsync();
        var again = await NightAsync();

        Assert.Equal([(0UL, 1UL), (0UL, 1UL)], new[] { night, again }.Select(one => (one.Changed, one.Quarantined)));
    }

    [Fact]
    public async Task Lacks_RowsOfAnEarlierNightStandInACopyOfThatNight_AreNotMissed()
    {
        Log("log", "A,1,open", "A,2,open");
        await NightAsync();
        Log("log", "A,2,open", "C,4,open");
        await NightAsync();
        var before = _agent.Said.Count(line => line.StartsWith("WARNING", StringComparison.Ordinal));
        Log("log", "C,4,open", "D,5,open");
        Log("older", "A,1,open", "A,2,open");

        var night = await NightAsync();

        Assert.Equal((1UL, 2UL, 0UL), (night.New, night.Unchanged, night.Quarantined));
        Assert.Equal((1, 1), (before, _agent.Said.Count(line => line.StartsWith("WARNING", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Lacks_AnotherFileHasOlderRowsInPlaceOfOneThatIsGone_HoldsTheCase()
    {
        Log("ev-26", "A,1,open", "A,5,open");
        await NightAsync();
        _agent.Delete("ev-26.csv");
        Log("ev-27", "A,1,open", "A,2,open");

        var night = await NightAsync();

        Assert.Equal((0UL, 1UL), (night.Changed, night.Quarantined));
    }

    [Fact]
    public async Task Lacks_AnotherFileWasWrittenAnewWithTheRowsItHad_IsNoGain()
    {
        _agent.WriteMapping(text => text.Replace(", order: step}", "}", StringComparison.Ordinal));
        Log("log", "A,1,open", "A,3,open", "B,1,open");
        Log("older", "C,1,open", "A,2,open");
        await NightAsync();
        Log("log", "A,3,open", "B,1,open");
        Log("older", "A,2,open", "C,1,open");

        var night = await NightAsync();

        Assert.Equal((0UL, 0UL), (night.Changed, night.Quarantined));
        Assert.Contains("3 open open open", Stored());
    }
}
