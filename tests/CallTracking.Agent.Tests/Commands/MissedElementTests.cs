using CallTracking.Agent.Tests.Sync;
using Xunit;

namespace CallTracking.Agent.Tests.Commands;

/// <summary>Elements that a mapping chooses by a value, and that no record has: no fault shows the empty field.</summary>
public sealed class MissedElementTests
{
    [Theory]
    [InlineData("Model", "Modell", "Cure: Did you mean '[name=Modell]'?")]
    [InlineData("Serial", "Modell", "right if")]
    [InlineData("Modell", "Modell", null)]
    public async Task Check_AnElementThatNoRecordHas_IsWarnedOf(string chosen, string had, string? cure)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.UseSource(hub, "files: inbox/*.jsonl\nsettle: 0", $$"""
            source: desk
            format: {type: jsonl}
            time_zone: UTC
            key: id
            fields:
              case_number: id
              kind: {const: inquiry}
              product.model: custom[name={{chosen}}].value
            """);
        agent.WriteText("cases.jsonl", string.Concat(Enumerable.Range(1, 3).Select(row => $$$"""
            {"id": "C{{{row}}}", "custom": [{"name": "Colour", "value": "red"}, {"name": "{{{had}}}", "value": "WM-1"}]}

            """)));

        var (_, output, _) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);
        var preview = await AgentProgram.RunAsync("preview", "--config", agent.Config);

        var said = $"None of the 3 records looked at has '[name={chosen}]' of 'custom[name={chosen}].value'";
        Assert.Equal(cure is not null, output.Split('\n').Any(line => line.StartsWith("WARN", StringComparison.Ordinal) && line.Contains(said, StringComparison.Ordinal) && line.Contains(cure ?? string.Empty, StringComparison.Ordinal)));
        Assert.Equal(cure?.StartsWith("Cure", StringComparison.Ordinal) is true, preview.Error.Contains(said, StringComparison.Ordinal));
    }
}
