using System.Net;
using System.Net.Sockets;

namespace CallTracking.Agent.Tests.Sources;

/// <summary>A port of this machine that leads to another of its ports.</summary>
internal sealed class TcpWay : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _work;

    public TcpWay(int port, int to)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _work = AcceptAsync(to);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _work;
        _end.Dispose();
    }

    private async Task AcceptAsync(int to)
    {
        try
        {
            while (true)
            {
                _ = LeadAsync(await _listener.AcceptTcpClientAsync(_end.Token), to);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task LeadAsync(TcpClient from, int to)
    {
        using var near = from;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, to, _end.Token);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream(), _end.Token), far.GetStream().CopyToAsync(near.GetStream(), _end.Token));
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException or SocketException)
        {
            // One side has hung up.
        }
    }
}
