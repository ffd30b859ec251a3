using CallTracking.Agent.Quarantine;
using CallTracking.Agent.Sources;
using Xunit;

namespace CallTracking.Agent.Tests.Sync;

// What is remembered of the files is damaged, or a case waits for one of them.
public sealed partial class FoldFilesTests
{
    [Theory]
    [InlineData("cut")]
    [InlineData("name")]
    [InlineData("length")]
    [InlineData("case")]
    [InlineData("empty")]
    public async Task Sync_JournalDamagedAndTheFilesAreThere_GoesOnAndSaysSo(string damage)
    {
        Log("d1", "A,1,open");
        await NightAsync();
        await DamageAsync(damage);

        Log("d2", "A,2,closed");
        var report = await NightAsync();

        Assert.Equal((2UL, 1UL), (report.Rows, report.Cases));
        Assert.Equal(["2 open closed"], Stored());
        Assert.Contains(_agent.Said, said => said.Contains("is damaged; it was written anew", StringComparison.Ordinal));

        // What is written anew is what the journal was.
        _agent.Delete("d1.csv");
        Log("d3", "A,3,open");
        Assert.Equal(1UL, (await NightAsync()).Quarantined);
        Assert.Equal(["2 open closed"], Stored());
    }

    [Theory]
    [InlineData("cut", false)]
    [InlineData("name", false)]
    [InlineData("length", true)]
    [InlineData("case", true)]
    [InlineData("empty", false)]
    public async Task Sync_JournalDamagedAndItsFileIsGone_HoldsKnownCasesThatWouldBecomeOthers(string damage, bool isGivenUp)
    {
        Log("d0", "B,1,open");
        await NightAsync();
        var others = JournalFiles();
        Log("d1", "A,1,open", "D,1,open");
        Log("d2", "D,2,open");
        await NightAsync();
        var entries = JournalFiles().Except(others).ToList();
        await DamageAsync(damage, entries);
        _agent.Delete("d1.csv");
        Log("d3", "A,2,closed", "C,1,open");

        var without = await NightAsync();
        var again = await NightAsync();

        // A and D would be made of a part of their rows; B has all, and C is new.
        Assert.Equal([(2UL, 1UL, 1UL), (2UL, 0UL, 2UL)], new[] { without, again }.Select(night => (night.Quarantined, night.New, night.Unchanged)));
        Assert.Equal("incomplete-case", Assert.Single(again.QuarantineReasons).Reason);
        Assert.Equal(["1 open", "1 open", "1 open", "2 open open"], Stored());
        Assert.Contains(_agent.Said, said => said.Contains("is damaged, and a file with it", StringComparison.Ordinal) && entries.Exists(entry => said.Contains(entry, StringComparison.Ordinal)));

        if (isGivenUp)
        {
            entries.ForEach(File.Delete);
        }
        else
        {
            Log("d1", "A,1,open", "D,1,open");
        }

        var after = await NightAsync();
        Assert.Equal((0UL, 2UL - (isGivenUp ? 0UL : 1UL)), (after.Quarantined, after.Changed));
        Assert.Equal(isGivenUp ? ["1 closed", "1 open", "1 open", "1 open"] : ["1 open", "1 open", "2 open closed", "2 open open"], Stored());
        Assert.Empty(await _agent.QueryAsync("select reason from quarantine"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Retry_OfACaseWhoseEarlierFileIsGone_LeavesItWhereItIs(bool isDamaged)
    {
        Log("d1", "A,1,open");
        await NightAsync();
        if (isDamaged)
        {
            await DamageAsync("cut");
        }

        _agent.Delete("d1.csv");
        Log("d2", "A,2,closed");
        await NightAsync();
        await _agent.SyncAsync(wish: new ReadingWish(Retry: new QuarantineFilter()));

        Assert.Equal(["1 open"], Stored());
        Assert.Equal(["incomplete-case"], await _agent.QueryAsync("select reason from quarantine"));
    }

    private List<string> JournalFiles() => [.. Directory.EnumerateFiles(Path.Combine(_agent.State, "folds", "desk"), "*.cases")];

    private async Task DamageAsync(string damage, IEnumerable<string>? entries = null)
    {
        foreach (var file in entries ?? JournalFiles())
        {
            var bytes = await File.ReadAllBytesAsync(file);
            await File.WriteAllBytesAsync(file, damage switch
            {
                "cut" => bytes[..^3],
                "name" => [bytes[0], 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, .. bytes[1..]],
                "length" => [bytes[0], 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. bytes[1..]],
                "case" => [.. bytes[..^8], (byte)(bytes[^8] ^ 1), .. bytes[^7..]],
                _ => [],
            });
        }
    }
}
