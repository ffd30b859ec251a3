namespace CallTracking.Rpc;

/// <summary>What one call may use, where that depends on who calls.</summary>
/// <param name="MaxReceiveMessageBytes">The largest message taken, in bytes, as sent and as inflated; never above the host's own limit.</param>
/// <param name="Life">
/// How long the call may last, whatever deadline the client set; <see cref="Timeout.InfiniteTimeSpan"/> for as long as the client
/// likes. A call that outlives it is answered DEADLINE_EXCEEDED.
/// </param>
public readonly record struct RpcCallLimits(int MaxReceiveMessageBytes, TimeSpan Life);
