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
    private readonly PartitionedRateLimiter<string> _refusedEnrolments = ByAddress(options.WrongTokensAMinute);
    private readonly PartitionedRateLimiter<string> _signIns = ByAddress(options.SignInsAMinute);

    /// <summary>True while an address has shown no more wrong tokens than it may.</summary>
    public bool MayShowToken(HttpContext http) => IsLeft(_wrongTokens, CallerOf(http));

    public void CountWrongToken(HttpContext http) => Take(_wrongTokens, CallerOf(http));

    /// <summary>True while an address was refused no more enrolments than it may.</summary>
    public bool MayEnrol(HttpContext http) => IsLeft(_refusedEnrolments, PeerOf(http));

    public void CountRefusedEnrolment(HttpContext http) => Take(_refusedEnrolments, PeerOf(http));

    /// <summary>Counts a try to sign in; false when the address had too many.</summary>
    public bool TrySignIn(HttpContext http) => Take(_signIns, CallerOf(http));

    public void Dispose()
    {
        _wrongTokens.Dispose();
        _refusedEnrolments.Dispose();
        _signIns.Dispose();
    }

    private static bool IsLeft(PartitionedRateLimiter<string> limiter, string caller)
    {
        using var lease = limiter.AttemptAcquire(caller, 0);
        return lease.IsAcquired;
    }

    private bool Take(PartitionedRateLimiter<string> limiter, string caller)
    {
        using var lease = limiter.AttemptAcquire(caller);
        if (!lease.IsAcquired)
        {
            PeopleLog.HeldOff(logger);
        }

        return lease.IsAcquired;
    }

    // The last entry is the one that our own proxy wrote.
    private string CallerOf(HttpContext http)
    {
        var last = access.IsBehindProxy ? http.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim() : string.Empty;
        return IPAddress.TryParse(last, out var forwarded) ? NameOf(forwarded)
            : IPEndPoint.TryParse(last, out var withPort) ? NameOf(withPort.Address) // Some proxies write the port, too.
            : PeerOf(http);
    }

    // Before the regions' listener there is no proxy of ours.
    private static string PeerOf(HttpContext http) => NameOf(http.Connection.RemoteIpAddress ?? IPAddress.None);

    // Of IPv6 the network counts: a caller has as many addresses in it as he likes.
    private static string NameOf(IPAddress address)
    {
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return address.AddressFamily is AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    private static PartitionedRateLimiter<string> ByAddress(int aMinute) => PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions { PermitLimit = aMinute, Window = TimeSpan.FromSeconds(RetryAfterSeconds), QueueLimit = 0 }));
}
