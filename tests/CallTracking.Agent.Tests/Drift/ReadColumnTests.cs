using CallTracking.Agent.Tests.Sync;
using Xunit;

namespace CallTracking.Agent.Tests.Drift;

/// <summary>Columns that the mapping reads are never called new or left out; words that lack a table are told like those that one lacks.</summary>
public sealed class ReadColumnTests
{
    [Fact]
    public async Task Drift_ColumnThatOnlyTheEventsRead_IsNotLeftOut()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.WriteMapping(_ => Desk("delimited", "messages: {each: events, fields: {body: note}}", "fold: {by: id, order: step}"));
        agent.WriteText("cases.csv", "id,step,note\nA,1,It hums\nA,2,It still hums\n");

        var output = await DriftAsync(agent);

        Assert.Contains("rows (", output, StringComparison.Ordinal);
        Assert.DoesNotContain("note", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drift_ColumnThatAJoinLeadsBy_IsNotLeftOut()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.WriteMapping(_ => Desk(
            "delimited",
            "subject: ticket.subject\n  customer.name: ticket.who.name",
            "join: [{as: ticket, files: tickets.txt, key: id, on: ticket_id}, {as: who, files: people.txt, key: id, on: ticket.person}]"));
        agent.WriteText("cases.csv", "id,ticket_id\nA,7\n");
        agent.WriteText("tickets.txt", "id,subject,person\n7,It hums,P1\n");
        agent.WriteText("people.txt", "id,name\nP1,Ann Other\n");

        var output = await DriftAsync(agent);

        Assert.True(output.Contains("1 row (cases 1)", StringComparison.Ordinal), output);
        Assert.DoesNotContain("left out", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drift_AnObjectInPlaceOfAListThatIsChosenFrom_IsNotLeftOut()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.UseSource(hub, "files: inbox/*.jsonl\nsettle: 0", Desk("jsonl", "customer.emails: party.reach[how=mail].value"));
        agent.WriteText("cases.jsonl", """{"id": "A", "party": {"reach": [{"how": "mail", "value": "a@example.com"}]}}""" + "\n");
        await agent.NightAsync();
        agent.WriteText("cases.jsonl", """{"id": "B", "party": {"reach": {"how": "mail", "value": "b@example.com"}}, "zone": "north"}""" + "\n");

        var output = await DriftAsync(agent);

        Assert.Contains("new       zone", output, StringComparison.Ordinal);
        Assert.DoesNotContain("new       party", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drift_CountryWithoutATable_IsAnUnknownWordHereAndInTheQuarantine()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.WriteMapping(text => $"{text}\n  customer_country: subject\n");
        agent.Write([new("A", "Österreich"), new("B", "Österreich"), new("C", "AT")]);

        var drift = await DriftAsync(agent);
        await agent.NightAsync();
        var (_, values, _) = await AgentProgram.RunAsync("quarantine", "list", "--values", "--config", agent.Config);

        const string Cure = "write a table there: values: {Österreich: …} at mapping.yaml:13";
        Assert.Contains($"unknown   customer_country: \"Österreich\" in 2 rows -> quarantine (unmapped-value); {Cure}", drift, StringComparison.Ordinal);
        Assert.Contains($"       2  desk  customer_country  \"Österreich\": {Cure}", values, StringComparison.Ordinal);
        Assert.DoesNotContain("not kept whole", values, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drift_WordThatTheTableHasInAnotherCase_SaysHowToTakeBoth()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("A", Status: "Open"), new("B", Status: "Klärung"), new("C")]);

        var output = await DriftAsync(agent);

        Assert.Contains("add 'Open: …' under values at mapping.yaml:11, or ignore_case: true beside it: the table has the word in another case\n", output, StringComparison.Ordinal);
        Assert.Contains("add 'Klärung: …' under values at mapping.yaml:11\n", output, StringComparison.Ordinal);
    }

    private static string Desk(string type, string field, string rule = "") => $$"""
        source: desk
        format: {type: {{type}}}
        time_zone: UTC
        key: id
        {{rule}}
        fields:
          case_number: id
          kind: {const: inquiry}
          {{field}}
        """;

    private static async Task<string> DriftAsync(AgentBench agent) => (await AgentProgram.RunAsync("drift", "--config", agent.Config)).Output;
}
