using CallTracking.Agent.Commands;
using CallTracking.Agent.Doctor;
using CallTracking.Agent.Tests.Sync;
using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Agent.Tests.Doctor;

/// <summary>What looks like damage and is a right, and what looks like a hub's fault and is a clock.</summary>
public sealed partial class DoctorTests
{
    private static readonly DateTimeOffset Later = new(2090, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Tests may run as the superuser, whom no mode refuses.
    [Theory]
    [InlineData("")]
    [InlineData("identity")]
    [InlineData("ledger.db")]
    public async Task StateRights_WhatThisUserMayNotRead_IsToldWithThePathAndTheUser(string refused)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        await agent.NightAsync();
        var path = Path.Combine(agent.State, refused).TrimEnd('/');

        var found = StateRights.Refused(agent.State, one => one == path ? new UnauthorizedAccessException() : null);

        Assert.Equal((Gravity.Fault, "state-not-readable"), (found!.Gravity, found.Code));
        Assert.Contains(path, found.Text, StringComparison.Ordinal);
        Assert.Contains(Environment.UserName, found.Text, StringComparison.Ordinal);
        Assert.Null(StateRights.Refused(agent.State));
    }

    [Fact]
    public async Task Doctor_StateCannotBeWritten_BlamesNeitherAnotherAgentNorTheLedger()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        Directory.CreateDirectory(Path.Combine(agent.State, $"write-probe-{Environment.ProcessId}"));
        Directory.CreateDirectory(Path.Combine(agent.State, "agent.lock"));

        var said = await IsToldAsync(agent, "state-not-writable", ExitCode.Configuration, Environment.UserName);

        Assert.DoesNotContain("agent-at-work", said, StringComparison.Ordinal);
        Assert.DoesNotContain("ledger", said, StringComparison.Ordinal);
        Assert.DoesNotContain("can be written and no other", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_LockIsAnotherUsers_IsNotTakenForAnotherAgent()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        File.Delete(Path.Combine(agent.State, "agent.lock"));
        Directory.CreateDirectory(Path.Combine(agent.State, "agent.lock"));

        var said = await IsToldAsync(agent, "state-not-writable", ExitCode.Configuration, "the lock in");

        Assert.DoesNotContain("agent-at-work", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_KeyOrFolderOpenToOthers_IsDoubtedWithTheCommand()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        var key = Path.Combine(agent.State, "identity", "agent.key");
        File.SetUnixFileMode(key, (UnixFileMode)0b110_100_100);

        var said = await IsToldAsync(agent, "key-open", ExitCode.Done, $"chmod 600 {key}");
        Assert.Contains("mode 644", said, StringComparison.Ordinal);
        Assert.DoesNotContain("state-open", said, StringComparison.Ordinal);

        File.SetUnixFileMode(agent.State, (UnixFileMode)0b111_111_111);
        await IsToldAsync(agent, "state-open", ExitCode.Done, $"chmod 700 {agent.State}");
    }

    [Fact]
    public async Task DoctorAndCheck_CertificateOfLater_SpeakOfTheClock()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        hub.Authority.FirstDay = Later;
        agent.ReplaceCertificate(hub.Authority);

        await IsToldAsync(agent, "certificate-not-yet", ExitCode.Identity, "clock is before the certificate's first day");
        var (code, output, error) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);

        Assert.Equal(ExitCode.Identity, code);
        Assert.Contains("begins on 2090-01-01", error, StringComparison.Ordinal);
        Assert.DoesNotContain("ok     identity", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DoctorAndCheckAndEnrol_HubsCertificateOfLater_SpeakOfTheClock()
    {
        using var authority = new TestAuthority();
        await using var hub = await TestHub.StartAsync(authority: authority);
        using var agent = await DeskAsync(hub);
        authority.FirstDay = Later;
        await using var later = await TestHub.StartAsync(authority: authority);
        agent.PointTo(later);

        await IsToldAsync(agent, "hub-certificate-not-yet", ExitCode.Identity, "begins on 2090-01-01");
        foreach (var arguments in (string[][])[["check"], ["sync"], ["enrol", "--token", later.Token]])
        {
            var (code, _, error) = await AgentProgram.RunAsync([.. arguments, "--config", agent.Config]);
            Assert.Equal(ExitCode.Identity, code);
            Assert.Contains("Look at the clock first", error, StringComparison.Ordinal);
        }
    }
}
