using System.Net;
using System.Net.Sockets;

namespace CallTracking.Hub;

/// <summary>Finds a port for people's pages; that they move is said, and no machine depends on it.</summary>
internal static class ListenPorts
{
    private const int Tries = 100;

    /// <summary>The endpoint itself, or the same address with the next free port. Port 0 stays 0.</summary>
    /// <exception cref="HubException">No port in the hundred above is free.</exception>
    public static IPEndPoint FindFree(IPEndPoint wanted)
    {
        if (wanted.Port == 0)
        {
            return wanted;
        }

        for (var port = wanted.Port; port < Math.Min(wanted.Port + Tries, IPEndPoint.MaxPort); port++)
        {
            var candidate = new IPEndPoint(wanted.Address, port);
            if (IsFree(candidate))
            {
                return candidate;
            }
        }

        throw new HubException($"No free port from {wanted} on for the web pages: set web.listen (or --web-listen) to another.");
    }

    private static bool IsFree(IPEndPoint endpoint)
    {
        try
        {
            using var probe = new TcpListener(endpoint) { ExclusiveAddressUse = true };
            probe.Start();
            return true;
        }
        catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
    }
}
