using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CallTracking.Faults.Wire;

/// <summary>The line between a region and the hub: leads TCP on as it is, TLS and all, and has whatever trouble it is told to have.</summary>
internal sealed class RegionWire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<WireConnection, bool> _connections = [];
    private readonly int _hubPort;
    private readonly Task _work;
    private volatile WireTrouble _trouble = WireTrouble.None;
    private long _carried;
    private long _carriedBefore;

    /// <param name="hubPort">Where the hub listens on this machine; one that is started again listens there too.</param>
    public RegionWire(int hubPort)
    {
        _hubPort = hubPort;
        _listener.Start();
        _work = AcceptAsync();
    }

    /// <summary>Where the agent is to connect.</summary>
    public Uri Address => new($"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Bytes since the beginning, both ways.</summary>
    public long Carried => Interlocked.Read(ref _carried);

    /// <summary>How many times connections were cut by <see cref="WireTrouble.CutAfter"/>.</summary>
    public int Cuts { get; private set; }

    public WireTrouble Trouble
    {
        get => _trouble;
        set
        {
            Interlocked.Exchange(ref _carriedBefore, Carried);
            _trouble = value;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _work;
        CutAll();
        _stop.Dispose();
    }

    /// <summary>Counts what is about to pass and says how much of it may; less than all means that the connections are cut behind it.</summary>
    internal int Admit(int bytes)
    {
        var before = Interlocked.Add(ref _carried, bytes) - bytes - Interlocked.Read(ref _carriedBefore);
        return _trouble.CutAfter is { } limit && before + bytes > limit ? (int)Math.Max(0, limit - before) : bytes;
    }

    /// <summary>Resets every connection.</summary>
    internal void Cut()
    {
        Cuts++;
        _trouble = _trouble with { CutAfter = null };
        CutAll();
    }

    private void CutAll()
    {
        foreach (var connection in _connections.Keys)
        {
            connection.Reset();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var agent = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = ServeAsync(agent);
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The wire is taken away.
        }
    }

    private async Task ServeAsync(TcpClient agent)
    {
        using var connection = new WireConnection(this, agent);
        _connections[connection] = true;
        try
        {
            await connection.CarryAsync(_hubPort, _stop.Token);
        }
        catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One end has gone, as ends do; the other is let go.
        }
        finally
        {
            _connections.TryRemove(connection, out _);
        }
    }
}
