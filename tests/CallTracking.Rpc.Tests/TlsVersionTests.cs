using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using CallTracking.Rpc.Tests.Echo;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace CallTracking.Rpc.Tests;

/// <summary>No version of TLS before 1.2 is spoken, whatever the system's own default is.</summary>
public sealed class TlsVersionTests(TestCertificates certificates) : IClassFixture<TestCertificates>
{
    private const byte Alert = 21;
    private const byte ProtocolVersion = 70;

    [Fact]
    public void ClientOptions_Versions_AreNamed() =>
        Assert.Equal(SslProtocols.Tls12 | SslProtocols.Tls13, RpcTls.ClientOptions(certificates.Client, certificates.Roots, validation: null).EnabledSslProtocols);

    [Fact]
    public void Server_Versions_AreNamed()
    {
        var https = new HttpsConnectionAdapterOptions();

        RpcTls.Serve(https, certificates.Server, certificates.Roots, required: true);

        Assert.Equal(SslProtocols.Tls12 | SslProtocols.Tls13, https.SslProtocols);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Server_VersionOfToday_IsSpoken(SslProtocols version)
    {
        await using var host = await EchoHost.StartAsync(certificates);
        using var socket = new TcpClient("127.0.0.1", host.Address.Port);
        await using var tls = new SslStream(socket.GetStream());
        var options = RpcTls.ClientOptions(certificates.Client, certificates.Roots, validation: null);
        (options.EnabledSslProtocols, options.TargetHost, options.ApplicationProtocols) = (version, "localhost", [SslApplicationProtocol.Http2]);

        await tls.AuthenticateAsClientAsync(options);

        Assert.Equal(version, tls.SslProtocol);
    }

    // Written by hand, since libraries of today do not offer it.
    [Fact]
    public async Task Server_GreetedInTls11_Refuses()
    {
        await using var host = await EchoHost.StartAsync(certificates);
        using var socket = new TcpClient("127.0.0.1", host.Address.Port);
        var stream = socket.GetStream();
        byte[] hello = [3, 2, .. new byte[32], 0, 0, 4, 0xC0, 0x14, 0xC0, 0x13, 1, 0];
        byte[] handshake = [1, 0, 0, (byte)hello.Length, .. hello];

        await stream.WriteAsync((byte[])[22, 3, 1, 0, (byte)handshake.Length, .. handshake]);

        var answer = new byte[7];
        await stream.ReadExactlyAsync(answer);
        Assert.Equal((Alert, ProtocolVersion), (answer[0], answer[6]));
    }
}
