using System.Net.Sockets;
using System.Text;
using CallTracking.Agent.Configuration;

namespace CallTracking.Agent.Tap;

/// <summary>Where a sync can be watched: a socket in the state folder, for the agent's own user only.</summary>
internal static class TapSocket
{
    // What the narrowest system allows, with the end that it wants.
    private const int LongestPath = 103;

    public static string PathOf(AgentSettings settings) => Path.Combine(settings.StateDirectory, "tap.sock");

    /// <summary>False when the path is longer than a socket's may be.</summary>
    public static bool IsPossible(string path) => Encoding.UTF8.GetByteCount(path) <= LongestPath;

    public static Socket New() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
}
