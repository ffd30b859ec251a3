using Xunit;

namespace CallTracking.Agent.Tests.Sync;

/// <summary>An export that spells its keys' numbers otherwise than the night before doubles nothing and loses nothing.</summary>
public sealed class RespelledKeyTests
{
    private const string Updated = "2024-11-20 10:00";

    private const string Mapping = """
        source: desk
        format: {type: json}
        time_zone: UTC
        key: id
        updated: {from: updated, format: "yyyy-MM-dd HH:mm"}
        fields:
          kind: {const: inquiry}
          opened: {from: updated, format: "yyyy-MM-dd HH:mm"}
          status: {from: status, values: {open: open}}
          subject: subject
        """;

    /// <summary>Numbers from one night to the next; texts stand for what a program before this one took for the key.</summary>
    [Theory]
    [InlineData("{0}", "{0}.0")]
    [InlineData("{0}.0", "{0}")]
    [InlineData("{0}", "{0}00E-2")]
    [InlineData("\"{0}.0\"", "{0}.0")]
    [InlineData("\"{0}.0\"", "{0}")]
    [InlineData("\"{0}.00\"", "{0}.00")]
    [InlineData("\"{0}e0\"", "{0}e0")]
    public async Task Sync_NumbersAreSpelledOtherwise_EveryCaseIsTheOneThatItWas(string before, string after)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await JsonAsync(hub);
        agent.WriteText("cases.json", Json(before, 30));
        await agent.NightAsync();
        agent.WriteText("cases.json", Json(after, 31));

        var report = await agent.NightAsync();
        var again = await agent.NightAsync();

        Assert.Equal((30UL, 1UL, 0UL), (report.Unchanged, report.New, report.Changed));
        Assert.Equal((31UL, 0UL), (again.Unchanged, again.SentCases));
        Assert.Equal(31, hub.Stored.Count);
    }

    /// <summary>A text is what it says, until it is another spelling of what is known alone; also where two files of one night have it.</summary>
    [Theory]
    [InlineData("{0}", "{0}.0")]
    [InlineData("{0}.0", "{0}")]
    public async Task Sync_TextsGetOrLoseTheirDecimals_AreTheCasesThatTheyWere(string before, string after)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(Rows(before, 30));
        await agent.NightAsync();
        agent.Write(Rows(after, 31));
        agent.Write(Rows(after, 30), "once-more.csv");

        var report = await agent.NightAsync();

        Assert.Equal((30UL, 1UL, 30UL), (report.Changed, report.New, report.Folded)); // Their case_number is what the export says.
        Assert.Equal(31, hub.Stored.Count);
    }

    [Fact]
    public async Task Sync_BothSpellingsAreCasesFromTheirFirstNight_StayApart()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("1", "chapter"), new("1.0", "version"), new("2.0", "version")]);
        await agent.NightAsync();
        agent.Write([new("1", "chapter"), new("1.0", "version"), new("2.0", "version"), new("2", "chapter")]);

        var report = await agent.NightAsync();

        Assert.Equal((3UL, 1UL), (report.Unchanged, report.New));
        Assert.Equal(4, hub.Stored.Count);
    }

    [Fact]
    public async Task Sync_RespelledRowOfACompleteExportGoesToQuarantine_ItsCaseHasNotVanished()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await JsonAsync(hub, "snapshot: true");
        agent.WriteText("cases.json", Json("\"{0}.0\"", 60));
        await agent.NightAsync();
        agent.WriteText("cases.json", Json("{0}.0", 60).Replace("\"id\": 9001.0, \"status\": \"open\"", "\"id\": 9001.0, \"status\": \"unheard of\"", StringComparison.Ordinal));

        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        var report = await agent.NightAsync();

        Assert.DoesNotContain("known cases", drift.Output, StringComparison.Ordinal);
        Assert.Equal((1UL, 0UL, 0UL), (report.Quarantined, report.Vanished, report.New));
        Assert.Equal(60, hub.Stored.Count);
    }

    private static async Task<AgentBench> JsonAsync(TestHub hub, string more = "")
    {
        var agent = await AgentBench.AtAsync(hub);
        agent.UseSource(hub, $"files: inbox/*.json\nsettle: 0\n{more}".TrimEnd(), Mapping);
        return agent;
    }

    private static string Json(string id, int count) => $"[{string.Join(",\n", Enumerable.Range(9001, count)
        .Select(number => $$"""{"id": {{string.Format(System.Globalization.CultureInfo.InvariantCulture, id, number)}}, "status": "open", "subject": "It hums", "updated": "{{Updated}}"}"""))}]";

    private static IEnumerable<DeskRow> Rows(string id, int count) =>
        Enumerable.Range(9001, count).Select(number => new DeskRow(string.Format(System.Globalization.CultureInfo.InvariantCulture, id, number)));
}
