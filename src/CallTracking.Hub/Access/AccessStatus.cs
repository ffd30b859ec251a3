using CallTracking.Rpc;

namespace CallTracking.Hub.Access;

/// <summary>Every refusal for want of identity. Reasons are part of the protocol: add, never rename.</summary>
internal static class AccessStatus
{
    public static RpcException NoCertificate() => RpcException.WithReason(
        RpcStatusCode.Unauthenticated, "certificate-required", "This call needs the region's client certificate: enrol first (calltracking-agent enrol).");

    public static RpcException UnknownCertificate() => RpcException.WithReason(
        RpcStatusCode.Unauthenticated, "certificate-refused", "The certificate is not registered, expired or revoked: ask headquarters for a new token and enrol again.");

    public static RpcException OtherRegion(string certified, string claimed) => RpcException.WithReason(
        RpcStatusCode.PermissionDenied, "wrong-region", $"The certificate is region {certified}'s, and the call speaks for {claimed}: check 'region' in agent.yaml.");

    public static RpcException BadToken() => RpcException.WithReason(
        RpcStatusCode.Unauthenticated, "token-refused", "The token is not known, was used, is older than 24 hours or names another hub: ask headquarters for a new one (calltracking-hub region token).");

    public static RpcException TooManyTokens() => RpcException.WithReason(
        RpcStatusCode.ResourceExhausted, "too-many-tokens", "Too many tokens of this address were refused: wait a minute, and ask headquarters for a new one (calltracking-hub region token).");

    public static RpcException BadRequest(string what) => RpcException.WithReason(RpcStatusCode.InvalidArgument, "bad-certificate-request", what);
}
