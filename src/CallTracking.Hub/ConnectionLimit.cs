using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CallTracking.Hub;

/// <summary>
/// Keeps a listener to so many open connections: one too many is closed at once, before it costs a handshake. Told in the log,
/// once a minute at most.
/// </summary>
internal sealed partial class ConnectionLimit(string listener, int limit, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);
    private int _open;
    private long _toldAt;

    /// <summary>Puts the limit before everything that is used on the listener from here on.</summary>
    public void UseOn(ListenOptions listen) => listen.Use(next => connection => RunAsync(connection, next));

    private async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        try
        {
            if (Interlocked.Increment(ref _open) > limit)
            {
                connection.Abort(new ConnectionAbortedException("This listener has as many connections as it may."));
                Tell();
                return;
            }

            await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private void Tell()
    {
        var (now, last) = (clock.GetTimestamp(), Volatile.Read(ref _toldAt));
        if ((last == 0 || clock.GetElapsedTime(last, now) > Quiet) && Interlocked.CompareExchange(ref _toldAt, now, last) == last)
        {
            Full(logger, listener, limit);
        }
    }

    [LoggerMessage(1201, LogLevel.Warning, "The {Listener} listener has all of its {Limit} connections; others are closed at once. Raise its max_connections in hub.yaml if all of them are wanted, else find out who holds them")]
    private static partial void Full(ILogger logger, string listener, int limit);
}
