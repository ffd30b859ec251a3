using CallTracking.Agent.Commands;
using CallTracking.Agent.Tests.Sync;
using Xunit;

namespace CallTracking.Agent.Tests.Commands;

/// <summary>What a proposed mapping asks and nobody has answered, <c>check</c> and <c>preview</c> tell.</summary>
public sealed class UnansweredTests
{
    [Fact]
    public async Task Check_WordsThatNobodyAnswered_AreCountedWithTheirLines()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.WriteMapping(text => text.Replace(
            "status: {from: status, values: {open: open, closed: closed}}",
            "status:\n    from: status\n    values:\n      open: open\n      Klärung: null   # ? 3 rows have it, and no dictionary knows it: which status?\n      nichts: null   # says nothing\n      # wartet: null   # ? later",
            StringComparison.Ordinal));
        agent.Write([new("A"), new("B", Status: "Klärung")]);

        var (code, output, _) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);
        var preview = await AgentProgram.RunAsync("preview", "--config", agent.Config);

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("WARN   source desk: 1 word has no meaning yet (null # ?), so that its field stays empty: mapping.yaml:15.", output, StringComparison.Ordinal);
        Assert.EndsWith("All is ready for a sync. 3 warnings above.", output.TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("mapping.yaml:15", preview.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_AListThatAProposalLeftOut_IsToldOnceWithTheLineToWrite()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        const string Question = "  # ? The list client.phones holds objects with number, type: what are they?\n";
        agent.WriteMapping(text => $"{text.TrimEnd()}\n{Question}{Question}");
        agent.Write([new("A")]);

        var (code, output, _) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);
        var preview = await AgentProgram.RunAsync("preview", "--config", agent.Config);
        agent.WriteMapping(text => text.Replace(Question, string.Empty, StringComparison.Ordinal));
        var answered = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);

        Assert.Equal(ExitCode.Done, code);
        var line = Assert.Single(output.Split('\n'), line => line.Contains("client.phones", StringComparison.Ordinal));
        Assert.Matches("^WARN   source desk: the list 'client\\.phones' is left out, .*: mapping\\.yaml:\\d+\\. Write .* customer\\.phones: \"client\\.phones\\[\\*\\]\\.number\" or messages: ", line);
        Assert.Contains("the list 'client.phones' is left out", preview.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("client.phones", answered.Output, StringComparison.Ordinal);
    }
}
