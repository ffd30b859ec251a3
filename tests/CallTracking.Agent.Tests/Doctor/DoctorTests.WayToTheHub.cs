using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Doctor;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Tests.Sync;
using CallTracking.Contracts;
using CallTracking.Rpc;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Agent.Tests.Doctor;

/// <summary>What is in the way to the hub, step by step.</summary>
public sealed partial class DoctorTests
{
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
            catch (Exception stopped) when (stopped is SocketException or InvalidOperationException)
            {
                // The test is over: the listener is stopped, or was while a caller was answered.
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
