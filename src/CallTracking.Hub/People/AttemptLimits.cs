using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using CallTracking.Hub.Web;

namespace CallTracking.Hub.People;

/// <summary>
/// Holds an address off that guesses, for the rest of a minute. In memory of each hub process: it saves work and slows one
/// guesser; what guards a single account stands in the database.
/// </summary>
internal sealed class AttemptLimits(PeopleOptions options, WebAccess access, ILogger<AttemptLimits> logger) : IDisposable
{
    /// <summary>After how many seconds an address that is held off may ask again.</summary>
    public const int RetryAfterSeconds = 60;

    private readonly PartitionedRateLimiter<string> _wrongTokens = ByAddress(options.WrongTokensAMinute);
    private readonly PartitionedRateLimiter<string> _signIns = ByAddress(options.SignInsAMinute);

    /// <summary>True while an address has shown no more wrong tokens than it may.</summary>
    public bool MayShowToken(HttpContext http)
    {
        using var lease = _wrongTokens.AttemptAcquire(AddressOf(http), 0);
        return lease.IsAcquired;
    }

    public void CountWrongToken(HttpContext http) => Take(_wrongTokens, http);

    /// <summary>Counts a try to sign in; false when the address had too many.</summary>
    public bool TrySignIn(HttpContext http) => Take(_signIns, http);

    public void Dispose()
    {
        _wrongTokens.Dispose();
        _signIns.Dispose();
    }

    private bool Take(PartitionedRateLimiter<string> limiter, HttpContext http)
    {
        using var lease = limiter.AttemptAcquire(AddressOf(http));
        if (!lease.IsAcquired)
        {
            PeopleLog.HeldOff(logger);
        }

        return lease.IsAcquired;
    }

    // The last entry is the one that our own proxy wrote. Of IPv6 the network counts: a caller has as many addresses in it as he likes.
    private string AddressOf(HttpContext http)
    {
        var last = access.IsBehindProxy ? http.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim() : string.Empty;
        var address = IPAddress.TryParse(last, out var forwarded) ? forwarded
            : IPEndPoint.TryParse(last, out var withPort) ? withPort.Address // Some proxies write the port, too.
            : http.Connection.RemoteIpAddress ?? IPAddress.None;
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return address.AddressFamily is AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    private static PartitionedRateLimiter<string> ByAddress(int aMinute) => PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions { PermitLimit = aMinute, Window = TimeSpan.FromSeconds(RetryAfterSeconds), QueueLimit = 0 }));
}
