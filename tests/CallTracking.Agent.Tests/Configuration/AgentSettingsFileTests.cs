using CallTracking.Agent.Configuration;
using Xunit;

namespace CallTracking.Agent.Tests.Configuration;

public sealed class AgentSettingsFileTests : IDisposable
{
    private const string Whole = """
        region: DE
        centre: Berlin
        country: DE
        hub: https://localhost:5443
        state: ./state
        time_zone: Europe/Berlin
        schedule: {cron: "0 30 1 * * ?", jitter: 5m, catch_up: 12h}
        outbox: {max_bytes: 256MB}
        floor: floor.yaml
        sources:
          - mapping: mapping.yaml
            files: inbox/*.csv
        """;

    private readonly TempFolder _folder = new();

    [Fact]
    public void Load_WholeFile_GivesEverySetting()
    {
        var settings = Load(Whole).Settings!;

        Assert.Equal("DE", settings.Region.Value);
        Assert.Equal("Berlin", settings.Centre);
        Assert.Equal(new Uri("https://localhost:5443"), settings.Hub);
        Assert.Equal(_folder.File("state"), settings.StateDirectory);
        Assert.Equal("Europe/Berlin", settings.Schedule.TimeZone.Id);
        Assert.Equal(TimeSpan.FromMinutes(5), settings.Schedule.Jitter);
        Assert.Equal((256L << 20, true), (settings.OutboxMaxBytes, settings.ComparesAfterSync));
        Assert.Equal(_folder.File("floor.yaml"), settings.Floor);
        Assert.Equal(_folder.File("inbox/*.csv"), Assert.Single(settings.Sources).Files);
    }

    [Fact]
    public void Load_SeveralHubs_AreKeptInTheirOrder()
    {
        var load = Load("""
            region: DE
            centre: Berlin
            country: DE
            hub: [https://one.example:5443, https://two.example:5443]
            sources:
              - mapping: mapping.yaml
                files: inbox/*.csv
            """);

        Assert.Equal([new Uri("https://one.example:5443"), new Uri("https://two.example:5443")], load.Settings!.Hubs.All);
        Assert.Equal("one.example", load.Settings.Hub.Host);
    }

    [Fact]
    public void Load_NestedWithoutEnd_IsAFaultWithItsPlace()
    {
        var fault = Assert.Single(Load("region: DE\nhub: " + new string('[', 50_000)).Faults);

        Assert.Equal(("Nested deeper than 200 levels.", 2, 205), (fault.Message, fault.Line, fault.Column));
    }

    [Theory]
    [InlineData("[https://one.example:5443, one.example]", "'hub: one.example'")]
    [InlineData("[https://one.example:5443, https://two.example/grpc]", "https://two.example/grpc")]
    [InlineData("[]", "'hub' has no address")]
    public void Load_OneOfSeveralHubsIsNoAddress_IsNamed(string hub, string named)
    {
        var load = Load($"""
            region: DE
            centre: Berlin
            country: DE
            hub: {hub}
            sources:
              - mapping: mapping.yaml
                files: inbox/*.csv
            """);

        AssertFault(load, 4, named, "https://");
    }

    [Fact]
    public void Load_ManyFaults_AllAreReportedWithPlaceValueAndCure()
    {
        var load = Load("""
            regoin: DE
            centre: Berlin
            country: Germany
            hub: http://localhost:5443
            time_zone: Europe/Berln
            schedule: {cron: "30 1 * *", jitter: soon}
            outbox: {max_bytes: 1KB}
            sources:
              - mapping: mapping.yaml
                file: inbox/*.csv
            reconcile: sometimes
            """);

        Assert.Null(load.Settings);
        AssertFault(load, 1, "'regoin'", "'region'");
        AssertFault(load, 11, "reconcile: sometimes", "'after-sync' or 'on-demand'");
        AssertFault(load, 3, "country: Germany", "country: DE");
        AssertFault(load, 4, "http://localhost:5443", "https://");
        AssertFault(load, 5, "Europe/Berln", "Europe/Berlin");
        AssertFault(load, 6, "30 1 * *", "cron");
        AssertFault(load, 6, "soon", "5m");
        AssertFault(load, 7, "1KB", "4MB");
        AssertFault(load, 10, "'file'", "'files'");
        Assert.Equal(9, load.Faults.Count);
    }

    [Fact]
    public void Load_KeysOfASource_GiveItsRules()
    {
        var plain = Load(Whole).Settings!.Sources[0];
        var full = Load($"""
            {Whole}
                settle: 1m
                entries: "*.csv"
                max_expanded: 1GB
                max_ratio: 50
                snapshot: {"{max_vanished: 0.5%}"}
            """).Settings!.Sources[0];

        Assert.Equal(new FileRules { Settle = TimeSpan.FromSeconds(10), MaxExpanded = 20L << 30, MaxRatio = 1000 }, plain.Rules);
        Assert.Null(plain.Snapshot);
        Assert.Equal(new FileRules { Settle = TimeSpan.FromMinutes(1), Entries = "*.csv", MaxExpanded = 1L << 30, MaxRatio = 50 }, full.Rules);
        Assert.Equal(0.005, full.Snapshot!.MaxVanished);
        Assert.Equal(0.02, Load($"{Whole}\n    snapshot: true").Settings!.Sources[0].Snapshot!.MaxVanished);
        Assert.Null(Load($"{Whole}\n    snapshot: {{complete: false}}").Settings!.Sources[0].Snapshot);
    }

    [Theory]
    [InlineData("settle: soon", "10s")]
    [InlineData("max_expanded: much", "20GB")]
    [InlineData("max_ratio: 0", "1000")]
    [InlineData("snapshot: perhaps", "true or false")]
    [InlineData("snapshot: {max_vanished: 2}", "2%")]
    [InlineData("snapshot: {max_vanished: 101%}", "2%")]
    [InlineData("snapshot: {complet: true}", "complete")]
    public void Load_WrongKeyOfASource_IsReported(string line, string cure) =>
        AssertFault(Load($"{Whole}\n    {line}"), 13, line.Split(':')[0] == "snapshot" ? string.Empty : line, cure);

    [Fact]
    public void Load_BrokenYaml_NamesTheLine()
    {
        var fault = Assert.Single(Load("region: DE\ncentre: [Berlin\n").Faults);

        Assert.Equal((2, 9), (fault.Line, fault.Column));
        Assert.Contains("Not YAML", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_BraceThatIsNeverClosed_IsPlacedWhereItOpens()
    {
        var fault = Assert.Single(Load("region: DE\nschedule: {cron: x\ncentre: Berlin\n").Faults);

        Assert.Equal((2, 11), (fault.Line, fault.Column));
    }

    [Theory]
    [InlineData("Brasil", "BR")]
    [InlineData("deutschland", "DE")]
    [InlineData("Espana", "ES")]
    [InlineData("日本", "JP")]
    [InlineData("Suisse", "CH")]
    [InlineData("FRA", "FR")]
    [InlineData("br", "BR")]
    [InlineData("UK", "GB")]
    public void Load_NameOfACountry_NamesItsCode(string name, string code) =>
        AssertFault(Load(Whole.Replace("country: DE", $"country: {name}", StringComparison.Ordinal)), 3, name, $"write country: {code}");

    [Theory]
    [InlineData("Berlin")]
    [InlineData("X")]
    [InlineData("EU")]
    public void Load_NoCountry_SaysWhatOneIs(string name) =>
        AssertFault(Load(Whole.Replace("country: DE", $"country: {name}", StringComparison.Ordinal)), 3, name, "two letters");

    [Fact]
    public void Load_EntryWithoutItsDash_SaysSoAndChecksIt()
    {
        var load = Load(Whole.Replace("  - mapping: mapping.yaml\n    files", "  mapping: mapping.yaml\n  fils", StringComparison.Ordinal));

        AssertFault(load, 11, "does not begin with '- '", "- mapping: …");
        AssertFault(load, 12, "'fils'", "'files'");
        Assert.Equal(2, load.Faults.Count);
    }

    [Fact]
    public void Load_TwoEntriesWithoutTheirDashes_SpeaksOfDashes() => AssertFault(
        Load(Whole.Replace("  - mapping: mapping.yaml\n    files: inbox/*.csv", "  mapping: a.yaml\n  files: a\n  mapping: b.yaml\n  files: b", StringComparison.Ordinal)), 13, "Duplicate key", "'- '");

    [Fact]
    public void Load_MissingFile_SaysSo()
    {
        var load = AgentSettingsFile.Load(_folder.File("nowhere.yaml"));

        Assert.Contains("does not exist", Assert.Single(load.Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AFolder_SaysSoAndHowToNameTheFile()
    {
        var folder = Path.GetDirectoryName(_folder.File("agent.yaml"))!;

        var fault = Assert.Single(AgentSettingsFile.Load(folder).Faults);

        Assert.Equal(("It is a folder.", $"name the file in it: --config {Path.Combine(folder, "agent.yaml")}"), (fault.Message, fault.Cure));
    }

    [Theory]
    [InlineData("256MB", 256L << 20)]
    [InlineData("1GB", 1L << 30)]
    [InlineData("512 kb", 512L << 10)]
    public void TryParseSize_Units_AreOf1024(string text, long expected)
    {
        Assert.True(Amounts.TryParseSize(text, out var bytes));
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MB")]
    [InlineData("-1MB")]
    [InlineData("1.5GB")]
    [InlineData("99999999999999999GB")]
    public void TryParseSize_NoSize_IsRefused(string text) => Assert.False(Amounts.TryParseSize(text, out _));

    public void Dispose() => _folder.Dispose();

    private static void AssertFault(SettingsLoad load, int line, string message, string cure) =>
        Assert.Contains(load.Faults, fault =>
            fault.Line == line && fault.Message.Contains(message, StringComparison.Ordinal) && fault.Cure.Contains(cure, StringComparison.Ordinal));

    private SettingsLoad Load(string yaml) => AgentSettingsFile.Load(_folder.Write("agent.yaml", yaml));
}
