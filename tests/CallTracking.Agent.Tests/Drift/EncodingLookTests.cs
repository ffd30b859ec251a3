using System.Text;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Tests.Sync;
using Xunit;

namespace CallTracking.Agent.Tests.Drift;

/// <summary>A single-byte encoding refuses no byte of a text that is written in another one.</summary>
public sealed class EncodingLookTests
{
    [Theory]
    [InlineData("iso-8859-2", "inbox/cases.csv reads better as windows-1250 (")]
    [InlineData("windows-1250", null)]
    public async Task Check_AFileReadsBetterInAnotherEncoding_WarnsAndDriftToo(string encoding, string? doubt)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.WriteMapping(text => text.Replace("encoding: utf-8", $"encoding: {encoding}", StringComparison.Ordinal));
        agent.Write([.. Enumerable.Range(0, 40).Select(row => new DeskRow($"C-{row}", "Pračka už třetí den neodčerpává vodu a Šárka žádá o rychlou opravu"))]);
        var file = agent.Inbox("cases.csv");
        File.WriteAllBytes(file, Encoding.GetEncoding(1250).GetBytes(await File.ReadAllTextAsync(file)));

        var check = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);
        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        var preview = await AgentProgram.RunAsync("preview", "--limit", "1", "--config", agent.Config);

        Assert.Equal(doubt is null ? (ExitCode.Done, ExitCode.Done) : (ExitCode.Done, ExitCode.Drift), (check.Code, drift.Code));
        Assert.Contains(doubt is null ? "All is ready" : $"WARN   source desk: {doubt}", check.Output, StringComparison.Ordinal);
        Assert.Equal(doubt is not null, preview.Error.Contains($"WARN   desk: {doubt ?? "inbox"}", StringComparison.Ordinal));
        Assert.Contains(doubt is null ? "Nothing has changed" : $"  doubtful  {doubt}", drift.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("rka", check.Output + drift.Output, StringComparison.Ordinal);
    }
}
