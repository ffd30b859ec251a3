namespace CallTracking.Rpc;

/// <summary>
/// Servers that are one to their clients, since any of them can answer any call. A channel stays with the one that it reached last,
/// and goes to the next when that one cannot be reached. Channels may share it, so that what one found out helps the others. Safe
/// to use from many threads.
/// </summary>
public sealed class RpcServers
{
    private readonly Uri[] _addresses;
    private int _current;

    /// <summary>In the order in which they are tried.</summary>
    /// <exception cref="ArgumentException">There is none, or an address is not http or https, or has a path.</exception>
    public RpcServers(params IReadOnlyList<Uri> addresses)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        if (addresses.Count == 0)
        {
            throw new ArgumentException("There is no address.", nameof(addresses));
        }

        if (addresses.FirstOrDefault(address => address is not { IsAbsoluteUri: true, Scheme: "http" or "https", PathAndQuery: "/" }) is { } wrong)
        {
            throw new ArgumentException($"'{wrong}' is not a server's address: expected http://host:port or https://host:port.", nameof(addresses));
        }

        _addresses = [.. addresses];
    }

    /// <summary>All of them, as given.</summary>
    public IReadOnlyList<Uri> All => _addresses;

    /// <summary>The one that the next call goes to.</summary>
    public Uri Current => _addresses[Volatile.Read(ref _current)];

    /// <summary>This one could not be reached: the next call goes to the one behind it, unless somebody has moved on already.</summary>
    internal void MoveOn(Uri from)
    {
        var at = Array.IndexOf(_addresses, from);
        Interlocked.CompareExchange(ref _current, (at + 1) % _addresses.Length, at);
    }
}
