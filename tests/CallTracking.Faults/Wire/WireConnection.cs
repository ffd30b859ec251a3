using System.Net;
using System.Net.Sockets;

namespace CallTracking.Faults.Wire;

/// <summary>One connection on a wire: two ways, each with the wire's trouble.</summary>
internal sealed class WireConnection(RegionWire wire, TcpClient agent) : IDisposable
{
    private const int Piece = 8 << 10;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);
    private readonly TcpClient _hub = new();
    private readonly TcpClient _second = new();

    public async Task CarryAsync(int hubPort, CancellationToken cancellationToken)
    {
        await WaitWhilePartedAsync(cancellationToken);
        await _hub.ConnectAsync(IPAddress.Loopback, hubPort, cancellationToken);
        var isDoubled = wire.Trouble.IsDoubled;
        if (isDoubled)
        {
            await _second.ConnectAsync(IPAddress.Loopback, hubPort, cancellationToken);
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var up = PumpAsync(agent.GetStream(), _hub.GetStream(), isDoubled ? _second.GetStream() : null, ended.Token);
        var down = PumpAsync(_hub.GetStream(), agent.GetStream(), second: null, ended.Token);
        try
        {
            await await Task.WhenAny(up, down);
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAll(Quietly(up), Quietly(down));
        }
    }

    /// <summary>Ends it at once and without a farewell, as a router does that was switched off and on.</summary>
    public void Reset()
    {
        foreach (var client in (TcpClient[])[agent, _hub])
        {
            try
            {
                client.LingerState = new LingerOption(enable: true, seconds: 0);
                client.Close();
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException or NullReferenceException)
            {
                // It ended by itself in this instant.
            }
        }
    }

    public void Dispose()
    {
        agent.Dispose();
        _hub.Dispose();
        _second.Dispose();
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, NetworkStream? second, CancellationToken cancellationToken)
    {
        var buffer = new byte[Piece];
        while (await from.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            await DelayAsync(read, cancellationToken);
            var admitted = wire.Admit(read);
            await to.WriteAsync(buffer.AsMemory(0, admitted), cancellationToken);
            if (admitted < read)
            {
                wire.Cut();
                return;
            }

            if (second is not null)
            {
                await EchoAsync(second, buffer.AsMemory(0, read), cancellationToken);
            }
        }
    }

    private async Task DelayAsync(int bytes, CancellationToken cancellationToken)
    {
        await WaitWhilePartedAsync(cancellationToken);
        var trouble = wire.Trouble;
        var wait = trouble.Latency + (trouble.BytesPerSecond > 0 ? TimeSpan.FromSeconds((double)bytes / trouble.BytesPerSecond) : TimeSpan.Zero);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, cancellationToken);
        }
    }

    private async Task WaitWhilePartedAsync(CancellationToken cancellationToken)
    {
        while (wire.Trouble.IsParted)
        {
            await Task.Delay(Look, cancellationToken);
        }
    }

    // The hub ends the second one as soon as it sees that nobody stands behind it; that is as it should be.
    private static async Task EchoAsync(NetworkStream second, ReadOnlyMemory<byte> said, CancellationToken cancellationToken)
    {
        try
        {
            await second.WriteAsync(said, cancellationToken);
        }
        catch (IOException)
        {
        }
    }

    private static async Task Quietly(Task pump)
    {
        try
        {
            await pump;
        }
        catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
        }
    }
}
