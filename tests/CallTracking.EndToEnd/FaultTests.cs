using CallTracking.Faults;
using CallTracking.Faults.Proof;
using CallTracking.Faults.Sabotages;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.EndToEnd;

/// <summary><c>ops/faults</c> for a short while: real programs, real trouble, and planted bugs that it must find.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ct-faults-").FullName;
    private readonly StringWriter _output = new();

    public static TheoryData<string, string> Sabotages => new()
    {
        { "lose-case", "lost 1, doubled 0, stale 0, leaked 0" },
        { "old-version", "lost 0, doubled 0, stale 1, leaked 0" },
        { "double-case", "lost 0, doubled 1, stale 0, leaked 0" },
        { "double-history", "lost 0, doubled 1, stale 0, leaked 0" },
        { "leak-table", "lost 0, doubled 0, stale 0, leaked 1" },
        { "leak-log", "lost 0, doubled 0, stale 0, leaked 1" },
    };

    [PostgresFact]
    public async Task Faults_ThirtyRoundsOrAsManyAsFit_NothingIsLostDoubledStaleOrLeaked()
    {
        var code = await RunAsync("--rounds", "30", "--minutes", "1", "--seed", "1", "--cases", "300");

        Assert.True(code == 0, _output.ToString());
        Assert.Equal("lost 0, doubled 0, stale 0, leaked 0", Found);
        Assert.Matches("^rounds [1-9][0-9]*, faults [1-9]", LastLine);
    }

    [PostgresFact]
    public async Task Faults_ReceiptSkipped_IsFoundAndSaysHowToReplay()
    {
        var code = await RunAsync("--rounds", "2", "--seed", "1", "--cases", "100", "--only", "agent-killed", "--sabotage", "skip-receipt");

        Assert.Equal(1, code);
        Assert.NotEqual("lost 0, doubled 0, stale 0, leaked 0", Found);
        Assert.Contains("replay: ops/faults --seed 1 --from 1 --rounds 2 --cases 100 --regions 2", _output.ToString(), StringComparison.Ordinal);
    }

    [LongTheory]
    [MemberData(nameof(Sabotages))]
    public async Task Faults_BugPlanted_IsFoundAsWhatItIs(string sabotage, string found)
    {
        var code = await RunAsync("--rounds", "2", "--seed", "1", "--cases", "100", "--only", "agent-killed", "--sabotage", sabotage);

        Assert.Equal((1, found), (code, Found));
    }

    [Fact]
    public void Sabotages_Known_AreAllTested() =>
        Assert.Equal(SabotageKinds.All.Select(bug => bug.Name).Order(), Sabotages.Select(row => (string)row[0]).Append("skip-receipt").Order());

    [Theory]
    [InlineData("--rounds", "0")]
    [InlineData("--rounds", "many")]
    [InlineData("--from", "7")]
    [InlineData("--sabotage", "coffee")]
    [InlineData("--only", "earthquake")]
    [InlineData("--frobnicate", "1")]
    public async Task Faults_WrongArgument_IsUsage(string option, string value)
    {
        Assert.Equal(2, await RunAsync(option, value));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void State_OfAnotherRun_IsNotGoneOnWith()
    {
        var file = Path.Combine(_folder, "state.json");
        var settings = new FaultSettings(_folder, Rounds: 200, Seed: 7, From: 1, Cases: 10, Regions: 1, Only: [], Sabotage: null, Limit: null);
        (RunState.Of(settings) with { Done = 100, Faults = 130, Found = Verdict.Clean with { Stale = 2 } }).Save(file);

        Assert.Equal((100, 130, 2L), RunState.Load(file, settings) is { } left ? (left.Done, left.Faults, left.Found.Stale) : default);
        Assert.Null(RunState.Load(file, settings with { Seed = 8 }));
        Assert.Null(RunState.Load(file, settings with { Rounds = 300 }));
    }

    [Theory]
    [InlineData("…Ilse ZqCanaryde00012 called", "zqcanaryde00012")]
    [InlineData("z\0q\0c\0a\0n\0a\0r\0y\0d\0e\00\00\00\01\02\0", "zqcanaryde00012")]
    [InlineData("\0z\0q\0c\0a\0n\0a\0r\0y\0d\0e\00\00\00\01\02", "zqcanaryde00012")]
    public void LeakSearch_InAnyCaseAndUtf16_FindsWhoseValueItIs(string text, string canary) => Assert.Equal([canary], LeakSearch.In(text));

    public void Dispose()
    {
        _output.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string LastLine => _output.ToString().TrimEnd().Split('\n')[^1];

    private string Found => LastLine[LastLine.IndexOf("lost", StringComparison.Ordinal)..];

    private Task<int> RunAsync(params string[] arguments) => FaultCommand.RunAsync(["--folder", _folder, .. arguments], _output, TextWriter.Null, isTerminal: false);
}
