using CallTracking.Agent.Commands;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Tests.Sync;
using Xunit;

namespace CallTracking.Agent.Tests.Drift;

/// <summary>Values that stand under another's header, where the headers stayed as they were: an address would travel in the telephone's field, and no fault shows it.</summary>
public sealed class ExchangedValuesTests
{
    private const string Told = "the values of 'email' and 'phone' look exchanged in inbox/cases-2.csv: 'email': 0 of 60 values looked at are e-mail addresses, 100 % were; 'phone': 0 of 60 values looked at are like telephone numbers, 100 % were; personal data may stand in another field than theirs. Cure: ";

    [Fact]
    public async Task DriftAndSync_ValuesOfTwoColumnsExchanged_AreToldBeforeAndAfterwardsUntilAccepted()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, "evolve");
        agent.WriteText("cases-2.csv", Rows(100, isExchanged: true));

        var check = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);
        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        await agent.NightAsync();
        var warned = agent.Said.Where(line => line.StartsWith("WARNING  desk: ", StringComparison.Ordinal)).ToList();
        agent.WriteText("cases-3.csv", Rows(200, isExchanged: true));
        agent.Said.Clear();
        await agent.NightAsync(ReadingWish.Everything);
        var again = agent.Said.Count(line => line.Contains("look exchanged in inbox/cases-3.csv", StringComparison.Ordinal));
        var accepted = await AgentProgram.RunAsync("drift", "--accept", "--config", agent.Config);
        agent.WriteText("cases-4.csv", Rows(300, isExchanged: true));
        agent.Said.Clear();
        await agent.NightAsync();

        Assert.Equal((ExitCode.Done, ExitCode.Drift, ExitCode.Done), (check.Code, drift.Code, accepted.Code));
        Assert.Contains($"WARN   source desk: {Told}", check.Output + check.Error, StringComparison.Ordinal);
        Assert.Contains($"  doubtful  {Told}", drift.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("@", drift.Output, StringComparison.Ordinal);
        Assert.StartsWith($"WARNING  desk: {Told}", Assert.Single(warned), StringComparison.Ordinal);
        Assert.Contains("'contract: {exchanged: freeze}' in the mapping holds such a source", warned[0], StringComparison.Ordinal);
        Assert.Equal(1, again);
        Assert.DoesNotContain(agent.Said, line => line.Contains("look exchanged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sync_ContractFreezesExchangedValues_SendsNothingUntilTheyAreBackOrAccepted()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, "freeze");
        agent.WriteText("cases-2.csv", Rows(100, isExchanged: true));

        var fault = await FrozenSource.HeldAsync(agent, hub);

        Assert.StartsWith($"T{Told[1..Told.IndexOf(". Cure", StringComparison.Ordinal)]}, and the contract freezes", fault, StringComparison.Ordinal);

        agent.WriteText("cases-2.csv", Rows(100, isExchanged: false));
        Assert.Equal(ExitCode.Done, (await agent.SyncAsync()).Code);
        hub.Received.Clear();
        agent.WriteText("cases-3.csv", Rows(200, isExchanged: true));
        Assert.Equal(ExitCode.Source, (await agent.SyncAsync()).Code);
        Assert.Empty(hub.Received);
        Assert.Equal(ExitCode.Done, (await AgentProgram.RunAsync("drift", "--accept", "--config", agent.Config)).Code);
        Assert.Equal(ExitCode.Done, (await agent.SyncAsync()).Code);
        Assert.NotEmpty(hub.Received);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 60)]
    public async Task Sync_ContractFreezesExchangedValues_HoldsDocumentsToo_AndLeavesWhatBreaksToTheRun(bool isExchanged, int sent)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.UseSource(hub, "files: inbox/*.xml\nsettle: 0", """
            source: desk
            format: {type: xml, records: /list/case}
            time_zone: UTC
            key: id
            contract: {exchanged: freeze}
            fields:
              case_number: id
              kind: {const: inquiry}
              customer.emails: [email]
              customer.phones: [phone]
            """);
        agent.WriteText("cases-1.xml", $"<list>{Cases(1, isExchanged: false)}</list>");
        await agent.NightAsync();
        hub.Stored.Clear();
        agent.WriteText("cases-2.xml", $"<list>{Cases(100, isExchanged)}<case><id>X</i");

        var sync = await agent.SyncAsync();

        Assert.Equal(ExitCode.Source, sync.Code);
        Assert.Equal(isExchanged, sync.Faults[0].Message.StartsWith("The values of 'email' and 'phone' look exchanged", StringComparison.Ordinal));
        Assert.Equal(sent, hub.Stored.Count);
    }

    private static async Task<AgentBench> DeskAsync(TestHub hub, string exchanged)
    {
        var agent = await AgentBench.AtAsync(hub);
        agent.WriteMapping(text => text.Replace("key: id", $"contract: {{exchanged: {exchanged}}}\nkey: id", StringComparison.Ordinal)
            .Replace("subject: subject", "subject: subject\n  customer.emails: [email]\n  customer.phones: [phone]", StringComparison.Ordinal));
        agent.WriteText("cases-1.csv", Rows(1, isExchanged: false));
        await agent.NightAsync();
        Assert.DoesNotContain(agent.Said, line => line.Contains("WARNING", StringComparison.Ordinal));
        agent.Said.Clear();
        return agent;
    }

    private static string Rows(int first, bool isExchanged) => "id,subject,status,updated,email,phone\n" + string.Concat(Enumerable.Range(first, 60)
        .Select(row => $"C{row},It hums,open,2024-11-20 10:00,{Mail(row, !isExchanged)},{Mail(row, isExchanged)}\n"));

    private static string Cases(int first, bool isExchanged) => string.Concat(Enumerable.Range(first, 60)
        .Select(row => $"<case><id>C{row}</id><email>{Mail(row, !isExchanged)}</email><phone>{Mail(row, isExchanged)}</phone></case>"));

    private static string Mail(int row, bool isMail) => isMail ? $"person{row}@example.com" : $"+49 170 {1000000 + row}";
}
