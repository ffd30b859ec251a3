using System.Net;

namespace CallTracking.Agent.Connection;

/// <summary>What it means that the proxy of agent.yaml opened no tunnel to the hub: one explanation, for every command and the doctor.</summary>
/// <param name="Code">Stable, for scripts.</param>
/// <param name="Text">What happened.</param>
/// <param name="Cure">What to do.</param>
internal sealed record ProxyRefusal(string Code, string Text, string Cure)
{
    /// <summary>Null when it was no proxy that ended the call.</summary>
    public static ProxyRefusal? Of(HttpRequestException? failed, Uri hub) => failed switch
    {
        { HttpRequestError: HttpRequestError.ProxyTunnelError, StatusCode: HttpStatusCode.ProxyAuthenticationRequired } => new(
            "proxy-refuses",
            "the proxy asks who comes, and does not take the credential of 'proxy' in agent.yaml",
            "Correct it: proxy: http://user:${env:SECRET}@host:port."),
        { HttpRequestError: HttpRequestError.ProxyTunnelError, StatusCode: var status } => new(
            "proxy-leads-nowhere",
            $"the proxy does not lead on to {hub.Authority} ({(status is { } code ? $"it answered {(int)code}" : "it did not answer")})",
            $"Have it allow CONNECT to {hub.Authority}; see that the hub runs."),
        _ => null,
    };
}
