using CallTracking.Agent.Commands;
using CallTracking.Agent.Tests.Sync;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Agent.Tests.Connection;

/// <summary>The hub behind an HTTP proxy that leads CONNECT tunnels on.</summary>
public sealed class ProxyTests
{
    private const string Password = "sesame-opens";

    [Fact]
    public async Task EveryCall_WithAProxy_GoesThroughItWithItsCredential()
    {
        await using var hub = await TestHub.StartAsync();
        await using var proxy = new ConnectProxy($"centre:{Password}");
        using var agent = await AgentBench.AtAsync(hub);
        agent.WriteText("../secret", Password + "\n");
        agent.PointTo(hub, more: $"proxy: http://centre:${{file:secret}}@127.0.0.1:{proxy.Port}");
        agent.Write(AgentBench.Rows(20));

        var enrolled = await AgentProgram.RunAsync("enrol", "--token", hub.Token, "--config", agent.Config);
        var enrolling = proxy.Tunnels.Count;
        var checkedAll = await AgentProgram.RunAsync("check", "--config", agent.Config);
        var synced = await AgentProgram.RunAsync("sync", "--config", agent.Config);

        Assert.Equal((ExitCode.Done, ExitCode.Done, ExitCode.Done), (enrolled.Code, checkedAll.Code, synced.Code));
        Assert.Equal(20, hub.Stored.Count);
        Assert.True(enrolling >= 2 && proxy.Tunnels.Count >= enrolling + 3, $"{enrolling}, {proxy.Tunnels.Count} tunnels");
        Assert.All(proxy.Tunnels, tunnel => Assert.Equal(hub.Address.Authority, tunnel));
    }

    [Fact]
    public async Task Check_ProxyThatWantsAnotherCredential_SaysSoAndShowsNoPassword()
    {
        await using var hub = await TestHub.StartAsync();
        await using var proxy = new ConnectProxy("centre:other");
        using var agent = await AgentBench.AtAsync(hub);
        agent.PointTo(hub, more: $"proxy: http://centre:{Password}@127.0.0.1:{proxy.Port}");
        agent.Write(AgentBench.Rows(1));

        var (code, output, error) = await AgentProgram.RunAsync("check", "--config", agent.Config);

        Assert.Equal(ExitCode.HubNotReachable, code);
        Assert.Contains("does not take the credential of 'proxy' in agent.yaml", error, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, output + error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sesame", "403 Forbidden", "proxy-leads-nowhere", "the proxy does not lead on to {0} (it answered 403)", "Have it allow CONNECT to {0}")]
    [InlineData("other", null, "proxy-refuses", "the proxy asks who comes, and does not take the credential of 'proxy' in agent.yaml", "Correct it: proxy: http://user:${{env:SECRET}}@host:port.")]
    public async Task CheckDoctor_ProxyThatOpensNoTunnel_SayTheSame(string password, string? refusal, string code, string text, string cure)
    {
        await using var hub = await TestHub.StartAsync();
        await using var proxy = new ConnectProxy($"centre:{password}") { Refusal = refusal };
        using var agent = await AgentBench.AtAsync(hub);
        agent.PointTo(hub, more: $"proxy: http://centre:sesame@127.0.0.1:{proxy.Port}");
        agent.Write(AgentBench.Rows(1));

        var check = await AgentProgram.RunAsync("check", "--config", agent.Config);
        var doctor = await AgentProgram.RunAsync("doctor", "--config", agent.Config);

        Assert.Equal((ExitCode.HubNotReachable, ExitCode.HubNotReachable), (check.Code, doctor.Code));
        Assert.Contains(Said(text), check.Error, StringComparison.Ordinal);
        Assert.Contains($"FAULT  {code}", doctor.Output, StringComparison.Ordinal);
        Assert.Contains(Said(text), doctor.Output, StringComparison.Ordinal);
        Assert.Contains(Said(cure), doctor.Output, StringComparison.Ordinal);

        string Said(string form) => string.Format(System.Globalization.CultureInfo.InvariantCulture, form, hub.Address.Authority);
    }

    [Fact]
    public async Task Sync_ProxyThatIsNotThere_WaitsAndSaysWhat()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.PointTo(hub, more: "proxy: http://127.0.0.1:9");
        agent.Write(AgentBench.Rows(1));

        var (code, output, error) = await AgentProgram.RunAsync("sync", "--timeout", "2s", "--config", agent.Config);

        Assert.Equal(ExitCode.HubNotReachable, code);
        Assert.Contains("connection refused", output + error, StringComparison.Ordinal);
        Assert.Empty(hub.Hellos);
    }

    [Theory]
    [InlineData("proxy.example", "The proxy is no address")]
    [InlineData("ftp://proxy.example", "The proxy is no address")]
    [InlineData("http://${vault:x}@proxy.example", "neither ${env:NAME} nor ${file:path}")]
    [InlineData("http://u:${file:absent}@proxy.example", "'proxy' in agent.yaml: The file")]
    public async Task Check_ProxyThatIsNone_NamesItsPlaceAndCure(string proxy, string said)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.PointTo(hub, more: $"proxy: {proxy}");
        agent.Write(AgentBench.Rows(1));

        var (code, _, error) = await AgentProgram.RunAsync("check", "--config", agent.Config);

        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains(said, error, StringComparison.Ordinal);
    }
}
