using System.Net.Sockets;
using System.Text;

namespace CallTracking.Agent.Tap;

/// <summary>
/// Lets the agent's own user watch rows pass. Whoever is slow misses rows, whoever hangs hangs alone; nothing is written anywhere. A sync does not
/// fail for want of it.
/// </summary>
internal sealed class TapListener : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    // With those that have not said yet what they want: no crowd at the door takes the sync's own files.
    private const int MostServed = 4 * RowTap.MostWatchers;
    private static readonly TimeSpan RequestTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RefusedTime = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(300);

    private readonly RowTap _tap;
    private readonly string _path;
    private readonly Socket _socket;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly List<Task> _serving = [];
    private readonly Lock _gate = new();
    private int _isDisposed;

    private TapListener(RowTap tap, string path, Socket socket) => (_tap, _path, _socket) = (tap, path, socket);

    /// <summary>Connections that are open.</summary>
    internal int Served
    {
        get
        {
            lock (_gate)
            {
                return _serving.Count(task => !task.IsCompleted) - 1;
            }
        }
    }

    /// <summary>Null where there can be no such socket. The caller holds the folder: a socket that is there is a dead one's.</summary>
    public static TapListener? Start(RowTap tap, string path)
    {
        if (!TapSocket.IsPossible(path))
        {
            return null;
        }

        var socket = TapSocket.New();
        try
        {
            File.Delete(path);
            socket.Bind(new UnixDomainSocketEndPoint(path));
            if (!OperatingSystem.IsWindows())
            {
                // Before it listens: nobody else can have come in. On Windows the folder's own rights hold.
                File.SetUnixFileMode(path, OwnerOnly);
            }

            socket.Listen(RowTap.MostWatchers);
        }
        catch (Exception refused) when (refused is SocketException or IOException or UnauthorizedAccessException)
        {
            socket.Dispose();
            return null;
        }

        var listener = new TapListener(tap, path, socket);
        listener.Track(listener.AcceptAsync());
        return listener;
    }

    /// <summary>Gives watchers a moment for what waits for them, and ends. A second time it leaves alone what may be another's socket by now.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        _closing.Cancel();
        _socket.Dispose();
        Task[] serving;
        lock (_gate)
        {
            serving = [.. _serving];
        }

        // However a watcher ended, it is none of the sync's business.
        Task.WaitAny([Task.WhenAll(serving)], LastWords);
        _stop.Cancel();
        Task.WaitAny([Task.WhenAll(serving)], LastWords);
        RemoveSocket();
        _closing.Dispose();
        _stop.Dispose();
    }

    private void RemoveSocket()
    {
        try
        {
            File.Delete(_path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // The next one that holds the folder removes it.
        }
    }

    private void Track(Task task)
    {
        lock (_gate)
        {
            _serving.RemoveAll(done => done.IsCompleted);
            _serving.Add(task);
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                await AcceptNextAsync();
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The sync is over.
        }
    }

    private async Task AcceptNextAsync()
    {
        Socket socket;
        try
        {
            socket = await _socket.AcceptAsync(_closing.Token);
        }
        catch (SocketException) when (!_closing.IsCancellationRequested)
        {
            // The system gives no more sockets just now.
            await Task.Delay(RefusedTime, _closing.Token);
            return;
        }

        if (Served < MostServed)
        {
            Track(ServeAsync(socket));
        }
        else
        {
            socket.Dispose();
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var connection = socket;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        try
        {
            if (await RequestAsync(socket, end.Token) is { } request)
            {
                await ShowAsync(socket, new TapWatcher(request), end);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Watchers go as they please.
        }
    }

    private async Task ShowAsync(Socket socket, TapWatcher watcher, CancellationTokenSource end)
    {
        if (!_tap.TryAdd(watcher))
        {
            await SendAsync(socket, """{"stage":"refused"}""", end.Token);
            return;
        }

        using var closing = _closing.Token.Register(watcher.Close);
        try
        {
            var leaving = LeaveAsync(socket, end);
            await SendAsync(socket, """{"stage":"watching"}""", end.Token);
            await foreach (var line in watcher.ReadAsync(end.Token))
            {
                await SendAsync(socket, line, end.Token);
            }

            await end.CancelAsync();
            await leaving;
        }
        finally
        {
            _tap.Remove(watcher);
        }
    }

    // A watcher sends nothing more: what comes is its end.
    private static async Task LeaveAsync(Socket socket, CancellationTokenSource end)
    {
        try
        {
            var nothing = new byte[1];
            while (await socket.ReceiveAsync(nothing, end.Token) > 0)
            {
                // Passed over.
            }

            await end.CancelAsync();
        }
        catch (Exception gone) when (gone is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await end.CancelAsync();
        }
    }

    private static async Task<TapRequest?> RequestAsync(Socket socket, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(RequestTime);
        var buffer = new byte[TapRequest.MostBytes];
        for (var filled = 0; filled < buffer.Length;)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled), limit.Token);
            filled += read;
            if (buffer.AsSpan(0, filled).IndexOf((byte)'\n') is >= 0 and var length)
            {
                return TapRequest.Parse(buffer.AsSpan(0, length));
            }

            if (read == 0)
            {
                return null;
            }
        }

        return null;
    }

    private static async Task SendAsync(Socket socket, string line, CancellationToken cancellationToken)
    {
        for (ReadOnlyMemory<byte> left = Encoding.UTF8.GetBytes(line + "\n"); left.Length > 0;)
        {
            left = left[await socket.SendAsync(left, cancellationToken)..];
        }
    }
}
