using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Doctor;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Tests.Sync;
using CallTracking.Contracts;
using CallTracking.Rpc;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Agent.Tests.Doctor;

/// <summary>Faults that were made on purpose, and the code under which <c>doctor</c> names each.</summary>
public sealed class DoctorTests
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

    [Theory]
    [InlineData("https://no-such-hub.invalid:5443", "hub-name-unknown", "is not known here")]
    [InlineData("https://127.0.0.1:9", "hub-refuses-connection", "127.0.0.1:9 refuses the connection")]
    public async Task Doctor_NoWayToTheHub_NamesTheStep(string address, string code, string said)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        agent.PointTo(hub, at: address);

        await IsToldAsync(agent, code, ExitCode.HubNotReachable, said);
    }

    [Fact]
    public async Task Doctor_HubByANameThatItsCertificateHasNot_IsTold()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        agent.PointTo(hub, at: $"https://127.0.0.1:{hub.Address.Port}");

        await IsToldAsync(agent, "hub-other-name", ExitCode.Identity, "not for the name 127.0.0.1");
    }

    [Fact]
    public async Task Doctor_SomethingReSignsTls_NamesItAndWhatToExempt()
    {
        await using var hub = await TestHub.StartAsync();
        await using var gateway = new Gateway(certificate: "CN=Gateway Inspection CA");
        using var agent = await DeskAsync(hub);
        agent.PointTo(hub, at: $"https://localhost:{gateway.Port}");

        await IsToldAsync(agent, "tls-inspected", ExitCode.Identity, $"re-signs as CN=Gateway Inspection CA: have it exempt localhost:{gateway.Port}");
    }

    [Fact]
    public async Task Doctor_SomethingElseListensThere_IsToldToSpeakNoTls()
    {
        await using var hub = await TestHub.StartAsync();
        await using var gateway = new Gateway(certificate: null);
        using var agent = await DeskAsync(hub);
        agent.PointTo(hub, at: $"https://localhost:{gateway.Port}");

        await IsToldAsync(agent, "hub-speaks-no-tls", ExitCode.HubNotReachable, "something else listens there");
    }

    [Theory]
    [InlineData("other", "proxy-refuses", "credential")]
    [InlineData("", "proxy-refuses-connection", "the proxy refuses the connection")]
    public async Task Doctor_ProxyIsInTheWay_IsToldAsTheProxy(string credential, string code, string said)
    {
        await using var hub = await TestHub.StartAsync();
        await using var proxy = new ConnectProxy($"centre:{credential}");
        using var agent = await DeskAsync(hub);
        agent.PointTo(hub, more: $"proxy: http://centre:sesame@127.0.0.1:{(credential.Length > 0 ? proxy.Port : 9)}");

        var output = await IsToldAsync(agent, code, ExitCode.HubNotReachable, said);

        Assert.DoesNotContain("sesame", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, "is wrong", "ahead")]
    [InlineData(-10, "is wrong", "behind")]
    [InlineData(1, null, null)]
    public async Task HubLook_ClocksApart_IsToldWithItsDirection(int minutes, string? wrong, string? direction)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        using var identity = new IdentityStore(StateVault.InClear(agent.State)).Load();

        var found = await new HubLook(Settings(agent), identity, new ManualClock(TimeProvider.System.GetUtcNow().AddMinutes(minutes))).LookAsync(CancellationToken.None);

        Assert.Equal((wrong is null ? "clock" : "clock-wrong", wrong is null ? Gravity.Well : Gravity.Fault), (found[^1].Code, found[^1].Gravity));
        Assert.True(direction is null || found[^1].Text.Contains(direction, StringComparison.Ordinal), found[^1].Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HubLook_OneOfTwoAddressesIsAway_IsADoubtWhileTheOtherAnswers(bool isOtherThere)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        using var identity = new IdentityStore(StateVault.InClear(agent.State)).Load();
        var away = new Uri($"https://localhost:{FreePort.Find()}");
        var settings = Settings(agent) with { Hubs = new RpcServers(away, isOtherThere ? hub.Address : away) };

        var found = await HubLook.LookAtEachAsync(settings, identity, TimeProvider.System, CancellationToken.None);

        Assert.Equal(("hub-refuses-connection", isOtherThere ? Gravity.Doubt : Gravity.Fault), (found[0].Code, found[0].Gravity));
        Assert.Equal(isOtherThere, found.Any(one => one.Code == "hub"));
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

    /// <summary>Something between agent and hub: it ends TLS with a certificate of its own, or knows no TLS.</summary>
    private sealed class Gateway : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.IPv6Any, 0);
        private readonly X509Certificate2? _certificate;
        private readonly Task _work;

        public Gateway(string? certificate)
        {
            _listener.Server.DualMode = true;
            _certificate = certificate is null ? null : Make(certificate);
            _listener.Start();
            _work = ServeAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _work;
            _certificate?.Dispose();
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    await AnswerAsync(client.GetStream());
                }
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        private async Task AnswerAsync(NetworkStream stream)
        {
            try
            {
                if (_certificate is null)
                {
                    await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
                    return;
                }

                await using var tls = new SslStream(stream);
                await tls.AuthenticateAsServerAsync(_certificate);
                tls.ReadByte();
            }
            catch (Exception gone) when (gone is IOException or System.Security.Authentication.AuthenticationException)
            {
                // The agent does not trust it, as it should.
            }
        }

        private static X509Certificate2 Make(string subject)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName("localhost");
            request.CertificateExtensions.Add(names.Build());
            using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(90));
            return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        }
    }
}
