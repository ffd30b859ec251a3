using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Connection;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Sync;
using CallTracking.Contracts;
using CallTracking.Rpc;

namespace CallTracking.Agent.Doctor;

/// <summary>Calls the hub as the region, once, and says at which step of the way it ended: name, connection, proxy, TLS, certificate, answer, clock.</summary>
internal sealed class HubLook(AgentSettings settings, AgentIdentity identity, TimeProvider clock)
{
    // Certificates, policies and tokens forgive about as much.
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Recent = TimeSpan.FromDays(7);

    private const string Unheard = "A firewall that drops, or a machine that is down: ask whoever runs the network to let this machine through.";

    private readonly ServerShown _shown = new();

    private Uri Hub => settings.Hub;

    /// <summary>Looks at each of the hub's addresses. While one of them answers, what is wrong with the others is a doubt: a sync goes through.</summary>
    public static async Task<IReadOnlyList<Diagnosis>> LookAtEachAsync(AgentSettings settings, AgentIdentity identity, TimeProvider clock, CancellationToken cancellationToken)
    {
        var looks = new List<IReadOnlyList<Diagnosis>>();
        foreach (var hub in settings.Hubs.All)
        {
            looks.Add(await new HubLook(settings with { Hubs = new RpcServers(hub) }, identity, clock).LookAsync(cancellationToken));
        }

        var isAnyWell = looks.Exists(look => look[0].Gravity == Gravity.Well);
        return [.. looks.SelectMany(look => isAnyWell && look[0].Gravity == Gravity.Fault ? look.Select(one => one with { Gravity = Gravity.Doubt }) : look)];
    }

    public async Task<IReadOnlyList<Diagnosis>> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var asked = clock.GetUtcNow();
            await using var channel = settings.Door.Open(identity, watch: _shown.Take);
            var reply = await RegionStatusQuery.AskAsync(channel, cancellationToken);
            var status = reply.Message;
            return
            [
                Diagnosis.Well("hub", string.Create(CultureInfo.InvariantCulture, $"{Hub} knows region {status.Region} and holds {status.StoredCases:N0} of its cases")),
                .. Clock(reply.Headers, asked),
                .. OtherAgent(status.OtherAgentAt?.ToDateTimeOffset(), asked),
            ];
        }
        catch (AgentException proxy)
        {
            return [Diagnosis.Fault(proxy.Code, "proxy-wrong", "the proxy cannot be asked", proxy.Message)];
        }
        catch (RpcException failed)
        {
            return [await OfAsync(failed, cancellationToken)];
        }
    }

    private async Task<Diagnosis> OfAsync(RpcException failed, CancellationToken cancellationToken)
    {
        if (ProxyRefusal.Of(HubFailure.Cause<HttpRequestException>(failed), Hub) is { } refused)
        {
            return Fault(ExitCode.HubNotReachable, refused.Code, refused.Text, refused.Cure);
        }

        if (HubFailure.Cause<SocketException>(failed) is { } socket && !_shown.IsAny)
        {
            return Connection(socket);
        }

        if (failed.StatusCode == RpcStatusCode.DeadlineExceeded && !_shown.IsAny)
        {
            return Silent();
        }

        if (HubFailure.Cause<AuthenticationException>(failed) is not null)
        {
            return _shown.Judge(Hub, identity, clock.GetUtcNow());
        }

        if (HubFailure.IsAnswer(failed))
        {
            return Answer(failed);
        }

        return await HubProbe.AnswersStrangersAsync(settings.Door, identity.Roots, cancellationToken)
            ? Fault(ExitCode.Identity, "certificate-refused", $"{Hub} is there and shuts out this region's certificate", "It was revoked, has expired, or is another hub's: enrol again with a new token.")
            : Fault(ExitCode.HubNotReachable, "hub-breaks-off", $"{Hub} takes the connection and breaks it off ({failed.Detail})", "Something between here and there does not let HTTP/2 through, or it is no hub: check the port, and exempt the hub from inspection by firewall or proxy.");
    }

    private Diagnosis Silent() => settings.Proxy is null
        ? Fault(ExitCode.HubNotReachable, "hub-no-answer", $"{Hub.Authority} says nothing", Unheard)
        : Fault(ExitCode.HubNotReachable, "proxy-no-answer", $"the proxy says nothing, or leads to {Hub.Authority}, which says nothing", Unheard);

    private Diagnosis Connection(SocketException socket)
    {
        var (target, key) = settings.Proxy is null ? (Hub.Authority, "hub") : ("the proxy", "proxy");
        return socket.SocketErrorCode switch
        {
            SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData =>
                Fault(ExitCode.HubNotReachable, $"{key}-name-unknown", $"the name of {target} is not known here", $"Check '{key}' in agent.yaml and this machine's DNS."),
            SocketError.ConnectionRefused =>
                Fault(ExitCode.HubNotReachable, $"{key}-refuses-connection", $"{target} refuses the connection", $"See that it runs, that '{key}' names its port, and that no firewall rejects it."),
            SocketError.NetworkUnreachable or SocketError.HostUnreachable =>
                Fault(ExitCode.HubNotReachable, "no-way", $"there is no way to {target}", "Check this machine's network, routes and VPN."),
            _ => Fault(ExitCode.HubNotReachable, $"{key}-no-answer", $"{target} does not answer ({socket.SocketErrorCode})", Unheard),
        };
    }

    private Diagnosis Answer(RpcException failed)
    {
        var failure = HubFailure.Of(failed, Hub);
        return failed.StatusCode switch
        {
            RpcStatusCode.Unauthenticated or RpcStatusCode.PermissionDenied =>
                Fault(failure.Code, "certificate-refused", $"{Hub} refuses this region's identity: {failed.Detail}", "Enrol again with a new token from headquarters."),
            RpcStatusCode.Unimplemented or RpcStatusCode.Unknown =>
                Fault(ExitCode.RunFailed, "hub-not-a-hub", $"{Hub} answers, and not as this program's hub does: {failed.Detail}", "Check the port: 'hub' is the gRPC address, not the one of the pages. If it is right, use the same version on both sides."),
            RpcStatusCode.DeadlineExceeded =>
                Fault(ExitCode.HubNotReachable, "hub-slow", $"{Hub} took the call and did not answer in time", "Headquarters looks at the hub and its database."),
            _ => Fault(failure.Code, failed.Reason ?? "hub-in-trouble", $"{Hub} answers: {failed.Detail}", "Headquarters looks at the hub and its database; agents try again by themselves."),
        };
    }

    private static IEnumerable<Diagnosis> Clock(RpcMetadata headers, DateTimeOffset asked)
    {
        if (!DateTimeOffset.TryParse(headers.Get("date"), CultureInfo.InvariantCulture, out var there))
        {
            yield break;
        }

        var apart = asked - there;
        var text = string.Create(CultureInfo.InvariantCulture, $"this machine's clock and the hub's are {apart.Duration().TotalSeconds:N0} s apart");
        yield return apart.Duration() <= ClockSlack
            ? Diagnosis.Well("clock", text)
            : Diagnosis.Fault(ExitCode.RunFailed, "clock-wrong", $"{text}: this one is {(apart > TimeSpan.Zero ? "ahead" : "behind")}", "Have both follow a time server (NTP). Certificates, policies and the order of events count by it.");
    }

    private static IEnumerable<Diagnosis> OtherAgent(DateTimeOffset? at, DateTimeOffset now)
    {
        if (at is { } met && now - met < Recent)
        {
            yield return Diagnosis.Doubt(
                "two-agents", string.Create(CultureInfo.InvariantCulture, $"headquarters met two agents of this region last on {met:u}, in different machines or folders"),
                "Find the other one (a second machine, a copied state folder) and let one run: by turns each sends everything again. Once one is stopped this goes in 7 days.");
        }
    }

    private static Diagnosis Fault(ExitCode exit, string code, string text, string cure) => Diagnosis.Fault(exit, code, text, cure);

    /// <summary>What the other end showed in the TLS handshake.</summary>
    private sealed class ServerShown
    {
        private X509Certificate2? _certificate;
        private SslPolicyErrors _errors;
        private string _chain = string.Empty;

        public bool IsAny => _certificate is not null;

        public bool Take(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
        {
            _certificate = certificate is null ? null : X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
            _errors = errors;
            _chain = string.Join(", ", chain?.ChainStatus.Select(status => status.Status.ToString()).Distinct() ?? []);
            return errors == SslPolicyErrors.None;
        }

        public Diagnosis Judge(Uri hub, AgentIdentity identity, DateTimeOffset now)
        {
            if (_certificate is not { } shown)
            {
                return Fault(ExitCode.HubNotReachable, "hub-speaks-no-tls", $"what answers at {hub.Authority} does not speak TLS", "Check host and port of 'hub'; something else listens there.");
            }

            var text = $"{hub.Authority} shows a certificate of {shown.Subject}, signed by {shown.Issuer}";
            DateTimeOffset until = shown.NotAfter.ToUniversalTime();
            if (!identity.Roots.Any(root => root.SubjectName.RawData.AsSpan().SequenceEqual(shown.IssuerName.RawData)))
            {
                return Fault(
                    ExitCode.Identity, "tls-inspected", $"{text}, and not by the hub's authority ({identity.Roots[0].Subject})",
                    $"A proxy or firewall re-signs as {shown.Issuer}: have it exempt {hub.Authority} from inspection. If the hub was set up anew, enrol again.");
            }

            if (_errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            {
                return Fault(ExitCode.Identity, "hub-other-name", $"{text}, and not for the name {hub.Host}", "Write 'hub' with a name that the hub's certificate has; headquarters gives it further names.");
            }

            DateTimeOffset from = shown.NotBefore.ToUniversalTime();
            return from > now
                ? Fault(ExitCode.Identity, "hub-certificate-not-yet", $"{text}, which begins on {from:u}, and this machine's clock says {now:u}", "This machine's clock is before the certificate's first day: set it (NTP).")
                : until <= now
                ? Fault(ExitCode.Identity, "hub-certificate-expired", $"{text}, which ended on {until:u}", "Set this machine's clock if it is wrong; else headquarters renews the hub's certificate.")
                : Fault(ExitCode.Identity, "hub-not-trusted", $"{text}, which does not hold ({_chain})", "Enrol again if the hub was set up anew; look for who stands in between if not.");
        }
    }
}
