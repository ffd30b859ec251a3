using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Connection;
using CallTracking.Rpc;

namespace CallTracking.Agent.Sync;

/// <summary>What a failed call means for the agent: try again, or stop and say why.</summary>
/// <param name="IsFinal">True when trying again cannot help.</param>
/// <param name="Code">How the program ends when it is final, or when time runs out.</param>
/// <param name="Text">For people.</param>
/// <param name="RetryAfter">What the hub asked for.</param>
internal sealed record HubFailure(bool IsFinal, ExitCode Code, string Text, TimeSpan? RetryAfter)
{
    public static HubFailure Of(RpcException error, Uri hub)
    {
        if (Cause<AuthenticationException>(error) is { } untrusted)
        {
            if (IsOfTime(untrusted))
            {
                return Final(ExitCode.Identity, string.Create(CultureInfo.InvariantCulture, $"{hub} shows a certificate that does not hold at the time of this machine's clock, {TimeProvider.System.GetUtcNow():u}. Look at the clock first and set it if it is wrong (NTP); if it is right, headquarters renews the hub's certificate."));
            }

            return Final(ExitCode.Identity, $"{hub} shows a certificate that the hub's authority did not sign, or not for this name. Check 'hub' in agent.yaml; if the hub was set up anew, enrol again.");
        }

        return (error.StatusCode, error.Reason) switch
        {
            (RpcStatusCode.Unauthenticated or RpcStatusCode.PermissionDenied, _) =>
                Final(ExitCode.Identity, $"The hub refused this region's identity: {error.Detail}"),
            (RpcStatusCode.FailedPrecondition, "policy-required") =>
                Final(ExitCode.NoPolicy, $"The hub asks for another policy: {error.Detail}"),
            (RpcStatusCode.FailedPrecondition, "epoch-fenced") =>
                Final(ExitCode.Identity, $"Another agent of this region has taken over: {error.Detail} Find the other one (a second machine, a copied state folder) and stop it; what was read here waits, and the next sync sends it."),
            (RpcStatusCode.FailedPrecondition, "schema-mismatch") =>
                Final(ExitCode.RunFailed, $"Agent and hub do not speak the same version: {error.Detail}"),
            (RpcStatusCode.FailedPrecondition or RpcStatusCode.InvalidArgument or RpcStatusCode.Unimplemented or RpcStatusCode.NotFound, _) =>
                Final(ExitCode.RunFailed, $"The hub refused the call ({error.Reason ?? error.StatusCode.ToString()}): {error.Detail}"),
            _ => new HubFailure(false, ExitCode.HubNotReachable, Describe(error, hub), error.RetryAfter),
        };
    }

    /// <summary>True when no connection came about at all.</summary>
    public static bool IsConnectFault(RpcException error) => Cause<SocketException>(error) is { SocketErrorCode: not SocketError.ConnectionReset };

    /// <summary>True when the hub itself answered: it took our certificate at its door, whatever it said then.</summary>
    public static bool IsAnswer(RpcException error) => error.Reason is not null || error.InnerException is null;

    /// <summary>The exception of this kind behind a failure, itself or what caused it; null when there is none.</summary>
    public static T? Cause<T>(Exception? error)
        where T : Exception => error switch
        {
            null => null,
            T found => found,
            _ => Cause<T>(error.InnerException),
        };

    // The chain's statuses stand in .NET's text by their names, which are not translated; where the authority is another one the time is not what is wrong.
    private static bool IsOfTime(AuthenticationException untrusted) => untrusted.Message.Contains(nameof(X509ChainStatusFlags.NotTimeValid), StringComparison.Ordinal)
        && !untrusted.Message.Contains(nameof(X509ChainStatusFlags.UntrustedRoot), StringComparison.Ordinal) && !untrusted.Message.Contains(nameof(X509ChainStatusFlags.PartialChain), StringComparison.Ordinal);

    public AgentException ToException() => new(Code, Text);

    private static HubFailure Final(ExitCode code, string text) => new(true, code, text, null);

    private static string Describe(RpcException error, Uri hub) => ProxyRefusal.Of(Cause<HttpRequestException>(error), hub) is { } refused
        ? refused.Text
        : Cause<SocketException>(error) is { } socket
        ? socket.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => "connection refused",
            SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => "the name is not known",
            SocketError.TimedOut => "no answer",
            SocketError.ConnectionReset => "connection lost",
            _ => socket.Message,
        }
        : error.Detail;
}
