using CallTracking.Agent.Sources;
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

    /// <summary>A text is what it says. Files of new names may bring new cases alone, so that nothing is held for them; where no key has the form that all had, it is told.</summary>
    [Fact]
    public async Task Sync_TextsOfAnotherFileHaveDecimals_AreNewAndTold()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(Rows("{0}", 30));
        await agent.NightAsync();
        agent.Write(Rows("{0}.0", 30), "the-next-night.csv");

        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        agent.Said.Clear();
        var report = await agent.NightAsync(ReadingWish.Everything);

        Assert.Contains("none of the 30 known cases is in what was read, and 30 are new: has the spelling of the key changed? Keys were of the form 9, those that are new are 9.0 (", drift.Output, StringComparison.Ordinal);
        Assert.Contains("A sync takes them as new cases", drift.Output, StringComparison.Ordinal);
        Assert.Contains(agent.Said, line => line.Contains("none of the 30 known cases", StringComparison.Ordinal));
        Assert.Equal(30UL, report.New);
    }

    /// <summary>Whatever else is known: no text is another one, in whichever order and file they come.</summary>
    [Theory]
    [InlineData(false, "cases.csv")]
    [InlineData(true, "cases.csv")]
    [InlineData(true, "more.csv")]
    public async Task Sync_BothSpellingsAreCases_StayApart(bool isNewFirst, string file)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("1", "chapter"), new("1.0", "version"), new("2.0", "version")]);
        await agent.NightAsync();
        DeskRow added = new("2", "chapter");
        DeskRow[] all = [new("1", "chapter"), new("1.0", "version"), new("2.0", "version")];
        agent.Write(file == "more.csv" ? [added] : isNewFirst ? [added, .. all] : [.. all, added], file);

        var report = await agent.NightAsync();

        Assert.Equal((0UL, 1UL), (report.Changed, report.New));
        Assert.Equal(4, hub.Stored.Count);
    }

    [Fact]
    public async Task Sync_LedgerOfBothSpellingsOfWhichOneWasTakenBack_TheOtherGoesOn()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await JsonAsync(hub, "snapshot: {max_vanished: 100%}");
        agent.WriteText("cases.json", Json("{0}", 30));
        await agent.NightAsync();
        agent.WriteText("cases.json", Json("\"{0}.0\"", 30));
        var turned = await agent.NightAsync(ReadingWish.Everything with { TakesNewKeys = true });
        agent.WriteText("cases.json", Json("{0}.0", 30));

        var report = await agent.NightAsync();

        Assert.Equal((30UL, 30UL), (turned.New, turned.Vanished));
        Assert.Equal((30UL, 0UL, 0UL), (report.Unchanged, report.New, report.Vanished));
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
