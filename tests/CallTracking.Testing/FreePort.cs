using System.Net;
using System.Net.Sockets;

namespace CallTracking.Testing;

/// <summary>
/// A port of this machine that nobody listens on, and not one of those that the system gives to outgoing connections: a test that
/// frees it and comes back finds it free.
/// </summary>
public static class FreePort
{
    private const int First = 20_000;
    private const int Last = 32_000;

    public static int Find()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody's: another one.
            }
        }
    }
}
