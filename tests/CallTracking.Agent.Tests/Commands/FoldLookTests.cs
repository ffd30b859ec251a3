using CallTracking.Agent.Tests.Sync;
using Xunit;

namespace CallTracking.Agent.Tests.Commands;

/// <summary><c>check</c> and <c>preview</c> of an event log whose rows are folded.</summary>
public sealed class FoldLookTests
{
    private const string Mapping = """
        source: desk
        format: {type: delimited}
        time_zone: UTC
        fold: {by: caso, order: at}
        key: caso
        fields:
          case_number: caso
          kind: {const: inquiry}
          customer.name: nombre
        """;

    [Fact]
    public async Task Preview_RowsThatAreFolded_AreNotCountedAsBlank()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await LogAsync(hub);

        var (_, output, _) = await AgentProgram.RunAsync("preview", "--limit", "3", "--config", agent.Config);

        Assert.Contains("── 9 rows: cases 3, folded 6", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckAndPreview_AColumnThatFoldedRowsAloneHave_IsWarnedOf()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await LogAsync(hub);

        var preview = await AgentProgram.RunAsync("preview", "--limit", "3", "--config", agent.Config);
        var check = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);
        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);

        Assert.Contains("cases looked at 3 lose 'nombre'", preview.Error, StringComparison.Ordinal);
        Assert.Matches("WARN .*mapping.yaml:9:1: Of 4 cases looked at 4 lose 'nombre'.*write 'events\\[0\\].nombre'", check.Output);
        Assert.Contains("Of 4 cases looked at 4 lose 'nombre'", drift.Output + drift.Error, StringComparison.Ordinal);
    }

    private static async Task<AgentBench> LogAsync(TestHub hub)
    {
        var agent = await AgentBench.AtAsync(hub);
        agent.UseSource(hub, "files: inbox/*.csv\nsettle: 0", Mapping);
        agent.WriteText("cases.csv", "caso,at,nombre\n" + string.Concat(Enumerable.Range(1, 4).Select(row => $"C{row},2026-11-01T10:00:00Z,Ana Ruiz\nC{row},2026-11-02T10:00:00Z,\nC{row},2026-11-03T10:00:00Z,\n")));
        return agent;
    }
}
