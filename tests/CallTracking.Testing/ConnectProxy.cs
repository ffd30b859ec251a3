using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CallTracking.Testing;

/// <summary>A small HTTP proxy on a port of its own that leads CONNECT tunnels on, after basic authentication where credentials are given.</summary>
public sealed class ConnectProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly string? _credential;
    private readonly Task _work;

    /// <param name="credential"><c>user:password</c>, or null for a proxy that takes everyone.</param>
    public ConnectProxy(string? credential = null)
    {
        _credential = credential is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(credential));
        _listener.Start();
        _work = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What it answers in place of opening a tunnel, such as <c>403 Forbidden</c>; null where it opens them.</summary>
    public string? Refusal { get; init; }

    /// <summary>The targets of tunnels that were opened, such as <c>localhost:8443</c>.</summary>
    public ConcurrentQueue<string> Tunnels { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _work;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = ServeAsync(client);
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var owned = client;
        try
        {
            await using var near = client.GetStream();
            while (await HeadAsync(near) is { Count: > 0 } head)
            {
                if (_credential is not null && !head.Contains($"Proxy-Authorization: Basic {_credential}"))
                {
                    await near.WriteAsync("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), _stop.Token);
                    continue;
                }

                if (Refusal is not null)
                {
                    await near.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {Refusal}\r\nContent-Length: 0\r\n\r\n"), _stop.Token);
                    continue;
                }

                var target = head[0].Split(' ')[1];
                Tunnels.Enqueue(target);
                using var far = new TcpClient();
                await far.ConnectAsync(IPAddress.Loopback, int.Parse(target.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture), _stop.Token);
                await near.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), _stop.Token);
                await using var beyond = far.GetStream();
                await Task.WhenAny(near.CopyToAsync(beyond, _stop.Token), beyond.CopyToAsync(near, _stop.Token));
                return;
            }
        }
        catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One of the two has gone; so has the tunnel.
        }
    }

    private async Task<List<string>> HeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, _stop.Token) == 1)
        {
            head.Append((char)one[0]);
        }

        return [.. head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries)];
    }
}
