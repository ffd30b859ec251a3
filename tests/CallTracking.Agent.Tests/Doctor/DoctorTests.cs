using System.Security.Cryptography;
using System.Text.Json;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Doctor;
using CallTracking.Agent.Tests.Sync;
using CallTracking.Contracts;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Agent.Tests.Doctor;

/// <summary>Faults that were made on purpose, and the code under which <c>doctor</c> names each.</summary>
public sealed partial class DoctorTests
{
    [Fact]
    public async Task Doctor_AllIsWell_SaysALineForEachLookAndChangesNothing()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        await agent.NightAsync();
        var before = Directory.GetFiles(agent.State, "*", SearchOption.AllDirectories).Order().ToList();

        var (code, output, error) = await AgentProgram.RunAsync("doctor", "--config", agent.Config);

        Assert.True(code == ExitCode.Done, output);
        Assert.Equal(["disk", "state", "runs", "certificate", "policy", "hub", "clock", "source"], output.TrimEnd().Split('\n').Select(line => line[7..].Split(' ')[0]));
        Assert.Contains("Nothing is wrong that can be seen from here.", error, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFiles(agent.State, "*", SearchOption.AllDirectories).Order());
    }

    [Fact]
    public async Task Doctor_ConfigurationIsWrong_NamesPlaceAndCure()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        agent.PointTo(hub, outbox: "1KB");

        await IsToldAsync(agent, "configuration-wrong", ExitCode.Configuration, "agent.yaml:5:");
    }

    [Fact]
    public async Task Doctor_NotEnrolled_IsToldWithTheWayToAToken()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        Directory.Delete(Path.Combine(agent.State, "identity"), recursive: true);

        await IsToldAsync(agent, "not-enrolled", ExitCode.Identity, "calltracking-hub region");
    }

    [Fact]
    public async Task Doctor_KeyIsDamaged_IsTold()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        File.WriteAllText(Path.Combine(agent.State, "identity", "agent.key"), "no key");

        await IsToldAsync(agent, "identity-damaged", ExitCode.Identity, "Enrol again");
    }

    [Fact]
    public async Task Doctor_KeyOfAnotherCertificate_IsToldWithoutATrace()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(Path.Combine(agent.State, "identity", "agent.key"), other.ExportPkcs8PrivateKeyPem());

        await IsToldAsync(agent, "identity-damaged", ExitCode.Identity, "do not belong together");
        Assert.Equal(ExitCode.Identity, (await AgentProgram.RunAsync("sync", "--config", agent.Config)).Code);
    }

    [Fact]
    public async Task Doctor_StateOrLedgerIsSomethingElse_IsTold()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        Directory.CreateDirectory(agent.LedgerFile);

        await IsToldAsync(agent, "ledger-damaged", ExitCode.RunFailed, "is a folder");

        Directory.Delete(agent.State, recursive: true);
        File.WriteAllText(agent.State, "a file");
        await IsToldAsync(agent, "state-not-writable", ExitCode.Configuration, "is a file");
    }

    [Fact]
    public async Task Doctor_AnotherRegionThanEnrolled_IsToldOfTheConfiguration()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        File.WriteAllText(agent.Config, File.ReadAllText(agent.Config).Replace("region: DE", "region: AT", StringComparison.Ordinal));

        await IsToldAsync(agent, "wrong-region", ExitCode.NoPolicy, "Correct 'region' in agent.yaml");
    }

    [Fact]
    public async Task Doctor_CertificateHasEnded_IsToldBeforeTheHubShutsTheDoor()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        agent.ReplaceCertificate(hub.Authority, new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero));

        await IsToldAsync(agent, "certificate-expired", ExitCode.Identity, "until 2021-01-01");
    }

    [Fact]
    public async Task Doctor_CertificateOfAnotherHub_IsToldToBeRefused()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        using var other = new TestAuthority();
        agent.ReplaceCertificate(other);

        await IsToldAsync(agent, "certificate-refused", ExitCode.Identity, "enrol again");
    }

    [Fact]
    public async Task Doctor_PolicyHasEnded_IsTold()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        agent.StoreBundle(hub.Authority.Bundle(1, new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2021, 2, 1, 0, 0, 0, TimeSpan.Zero)));

        await IsToldAsync(agent, "policy-not-in-force", ExitCode.NoPolicy, "nothing leaves without one");
    }

    [Fact]
    public async Task Doctor_DiskIsSmallerThanTheOutboxMayGrow_IsDoubted()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        agent.PointTo(hub, outbox: "100000GB");

        await IsToldAsync(agent, "disk-low", ExitCode.Done, "Make room");
    }

    [Fact]
    public async Task Doctor_AnotherAgentIsAtWork_IsDoubted()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        await using var claim = StateFolder.Claim(agent.State);

        await IsToldAsync(agent, "agent-at-work", ExitCode.Done, "Wait until it is done");
    }

    [Fact]
    public async Task Doctor_LedgerIsDamaged_IsToldThatTheNextSyncMendsIt()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        File.WriteAllText(agent.LedgerFile, "no database at all, and longer than a header of one would be so that nobody takes it for an empty file");

        await IsToldAsync(agent, "ledger-damaged", ExitCode.RunFailed, "moves a damaged ledger aside");
    }

    [Fact]
    public async Task StateLook_NoSyncForDays_IsDoubted()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        await agent.NightAsync();

        var found = StateLook.Look(Settings(agent), new ManualClock(TimeProvider.System.GetUtcNow().AddDays(3))).Last();

        Assert.Equal((Gravity.Doubt, "run-late"), (found.Gravity, found.Code));
    }

    [Fact]
    public async Task StateLook_NightFailedAndOtherRunsSince_IsStillDoubted()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        agent.WriteText("broken.csv", "no,such,columns\n1,2,3\n");
        await agent.NightAsync();
        agent.Delete("broken.csv");
        await agent.NightAsync(new CallTracking.Agent.Sources.ReadingWish(CaseId: "C1"));

        var found = StateLook.Look(Settings(agent), TimeProvider.System).Last();

        Assert.Equal((Gravity.Doubt, "run-not-complete"), (found.Gravity, found.Code));
    }

    [Fact]
    public async Task Doctor_SourceIsEmptyLockedOrInAnotherEncoding_IsTold()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        using (File.Open(Path.Combine(Path.GetDirectoryName(agent.Config)!, "inbox", "cases.csv"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            await IsToldAsync(agent, "source-locked", ExitCode.Source, "wait until its writer is done");
        }

        agent.Delete("cases.csv");
        await IsToldAsync(agent, "source-empty", ExitCode.Source, "No file matches");

        agent.WriteMapping(text => text.Replace("encoding: utf-8", "encoding: windows-1252", StringComparison.Ordinal));
        agent.WriteText("cases.csv", string.Concat(Enumerable.Range(1, 60).Select(row => $"C{row},Žluťoučký kůň úpěl ďábelské ódy,open,2024-11-20 10:00\n").Prepend("id,subject,status,updated\n")));
        await IsToldAsync(agent, "encoding-changed", ExitCode.Done, "reads better as utf-8");
    }

    [Fact]
    public async Task Doctor_AsLines_GivesEachFindingToAScript()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        agent.PointTo(hub, at: "https://127.0.0.1:9");

        var (code, output, _) = await AgentProgram.RunAsync("doctor", "--format", "jsonl", "--config", agent.Config);

        Assert.Equal(ExitCode.HubNotReachable, code);
        using var fault = JsonDocument.Parse(output.Split('\n').Single(line => line.Contains("\"fault\"", StringComparison.Ordinal)));
        Assert.Equal("hub-refuses-connection", fault.RootElement.GetProperty("code").GetString());
        Assert.NotEmpty(fault.RootElement.GetProperty("cure").GetString()!);
    }

    [Fact]
    public void Guide_OfCodes_ExplainsEveryOneThatTheDoctorNames()
    {
        var guide = File.ReadAllText(RepositoryRoot.Path("ops", "docs", "when-something-is-wrong.md"));
        var code = Directory.GetFiles(RepositoryRoot.Path("src", "CallTracking.Agent", "Doctor"), "*.cs").Where(file => !file.Contains("Support", StringComparison.Ordinal)).Append(RepositoryRoot.Path("src", "CallTracking.Agent", "Commands", "DoctorCommand.cs")).Select(File.ReadAllText);

        var named = code.SelectMany(text => System.Text.RegularExpressions.Regex.Matches(text, "\"((?:[a-z]+-)+[a-z]+)\"").Select(match => match.Groups[1].Value)).Distinct().ToList();

        Assert.True(named.Count > 25, $"{named.Count} codes");
        Assert.DoesNotContain(named, one => !guide.Contains($"`{one}`", StringComparison.Ordinal));
    }

    private static AgentSettings Settings(AgentBench agent) => AgentSettingsFile.Load(agent.Config).Settings!;

    private static async Task<AgentBench> DeskAsync(TestHub hub)
    {
        var agent = await AgentBench.AtAsync(hub);
        agent.Write([new DeskRow("C1")]);
        return agent;
    }

    private static async Task<string> IsToldAsync(AgentBench agent, string code, ExitCode exit, string said)
    {
        var (ended, output, error) = await AgentProgram.RunAsync("doctor", "--config", agent.Config);
        var lines = output.Split('\n');
        var at = Array.FindIndex(lines, line => line.Length > 7 && line[7..].StartsWith(code + " ", StringComparison.Ordinal));
        Assert.True(at >= 0, output);
        Assert.StartsWith(exit == ExitCode.Done ? "DOUBT" : "FAULT", lines[at], StringComparison.Ordinal);
        Assert.True(ended == exit, $"{ended}: {output}");
        Assert.True($"{lines[at]}\n{lines[at + 1]}".Contains(said, StringComparison.OrdinalIgnoreCase), output);
        return output + error;
    }
}
