using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CallTracking.Contracts;
using CallTracking.Hub.Configuration;

namespace CallTracking.Hub.Doctor;

/// <summary>Looks who listens where agents connect: this hub, known by the installation's authority, something else, or nobody.</summary>
internal sealed class ListenLook(HubOptions options, X509Certificate2? authority, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    private X509Certificate2? _shown;

    public async Task<IReadOnlyList<Diagnosis>> LookAsync(CancellationToken cancellationToken)
    {
        var listen = options.GrpcListen;
        if (listen.Port == 0)
        {
            return [];
        }

        var state = Bind(listen);
        return state switch
        {
            null => [.. WebPort().Prepend(Diagnosis.Doubt("hub-not-running", $"nobody listens at {listen}, where agents connect", "Start it: calltracking-hub serve. If it should run, see why it ended in its log."))],
            SocketError.AddressAlreadyInUse => [await WhoAsync(listen, cancellationToken)],
            SocketError.AddressNotAvailable => [Fault("address-not-here", $"grpc.listen: this machine has no address {listen.Address}", "Correct grpc.listen; 0.0.0.0 means all addresses.")],
            SocketError.AccessDenied => [Fault("port-not-allowed", $"grpc.listen: this user may not listen at port {listen.Port}", "Take a port from 1024 on, or give the program the right (CAP_NET_BIND_SERVICE).")],
            var other => [Fault("port-taken", $"grpc.listen: {listen} cannot be listened at ({other})", "Correct grpc.listen.")],
        };
    }

    private bool IsOurs => _shown is not null && authority is not null && KeysLook.IsSignedBy(_shown, authority);

    private async Task<Diagnosis> WhoAsync(IPEndPoint listen, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var client = new TcpClient(listen.AddressFamily);
            await client.ConnectAsync(Here(listen), patience.Token);
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = options.GrpcHostNames[0],
                    ApplicationProtocols = [SslApplicationProtocol.Http2],
                    RemoteCertificateValidationCallback = Take,
                },
                patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && _shown is null)
        {
            return Fault(
                "port-silent", FormattableString.Invariant($"grpc.listen: what listens at {listen} does not answer within {Patience.TotalSeconds} s"),
                "Where it is this hub, it hangs or its machine has too much to do: see its log and the machine's load, and start it again. Where it is another program, stop it.");
        }
        catch (Exception failed) when (failed is SocketException or IOException or AuthenticationException)
        {
            // What it showed until then is judged.
        }

        return Judge(listen);
    }

    private Diagnosis Judge(IPEndPoint listen)
    {
        if (_shown is not { } shown)
        {
            return Taken(listen, "something that speaks no TLS listens there");
        }

        if (!IsOurs)
        {
            return Taken(listen, authority is null ? "who listens there cannot be told without this installation's authority" : "another program, or the hub of another installation, listens there");
        }

        DateTimeOffset until = shown.NotAfter.ToUniversalTime();
        var text = $"a hub of this installation listens at {listen}, with a certificate until {until:u}";
        return until <= clock.GetUtcNow() ? Fault("certificate-expired", text, "Start the hub again: it makes another.")
            : until - clock.GetUtcNow() < Soon ? Diagnosis.Doubt("certificate-ends-soon", text, "Start the hub again: it makes another.")
            : Diagnosis.Well("hub", text);
    }

    private bool Take(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        _shown = certificate is null ? null : X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return IsOurs;
    }

    // The pages move to the next free port, which is said where it matters.
    private IEnumerable<Diagnosis> WebPort() => options.WebListen.Port != 0 && Bind(options.WebListen) == SocketError.AddressAlreadyInUse
        ? [Diagnosis.Doubt("web-port-taken", $"web.listen: another program listens at {options.WebListen}", "Stop it, or set web.listen: the hub takes the next free port, and people do not find it.")]
        : [];

    // Null where it is free.
    private static SocketError? Bind(IPEndPoint endpoint)
    {
        try
        {
            using var probe = new TcpListener(endpoint) { ExclusiveAddressUse = true };
            probe.Start();
            return null;
        }
        catch (SocketException refused)
        {
            return refused.SocketErrorCode;
        }
    }

    private static IPEndPoint Here(IPEndPoint listen) =>
        listen.Address.Equals(IPAddress.Any) ? new IPEndPoint(IPAddress.Loopback, listen.Port)
        : listen.Address.Equals(IPAddress.IPv6Any) ? new IPEndPoint(IPAddress.IPv6Loopback, listen.Port)
        : listen;

    private static Diagnosis Taken(IPEndPoint listen, string who) =>
        Fault("port-taken", $"grpc.listen: {listen} is taken: {who}", "Stop that program, or set grpc.listen (agents have to know it). A hub that was set up anew in another state folder is found by its process.");

    private static Diagnosis Fault(string code, string text, string cure) => Diagnosis.Fault(HubExit.Failed, code, text, cure);
}
