using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CallTracking.Hub;

/// <summary>
/// Keeps a listener to so many open connections: one too many is closed at once. Where callers show certificates, those who have not (yet) do not
/// count; there are half as many of them at most, and one more ends the one that is oldest, so that whoever floods the listener ends what he
/// opened himself, and a region has the time that its handshake needs. Told in the log, once a minute at most.
/// </summary>
internal sealed partial class ConnectionLimit(string listener, int limit, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly LinkedList<ConnectionContext> _strangers = [];
    private int _open;
    private long _toldAt;

    private int MostStrangers => Math.Max(1, limit / 2);

    /// <summary>Puts the limit before everything that is used on the listener from here on: before it costs a handshake.</summary>
    public void UseOn(ListenOptions listen) => listen.Use(next => connection => RunAsync(connection, next));

    /// <summary>Keeps strangers to their number before TLS; who has shown a certificate behind it is none any more, and counts for the limit.</summary>
    /// <param name="listen">The listener.</param>
    /// <param name="tls">Puts TLS onto it, which takes certificates of our own authority only.</param>
    public void UseAround(ListenOptions listen, Action<ListenOptions> tls)
    {
        listen.Use(next => connection => RunAsStrangerAsync(connection, next));
        tls(listen);
        listen.Use(next => connection =>
        {
            if (connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate is null)
            {
                return next(connection);
            }

            Leave(connection.Features.Get<Place>()!);
            return RunAsync(connection, next);
        });
    }

    private async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        try
        {
            if (Interlocked.Increment(ref _open) > limit)
            {
                Tell(isOfStrangers: false);
                connection.Abort(new ConnectionAbortedException("This listener has as many connections as it may."));
                return;
            }

            await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task RunAsStrangerAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var place = Enter(connection, out var oldest);
        if (oldest is not null)
        {
            Tell(isOfStrangers: true);
            oldest.Abort(new ConnectionAbortedException("This listener has as many connections without a certificate as it may."));
        }

        connection.Features.Set(place);
        try
        {
            await next(connection);
        }
        finally
        {
            Leave(place);
        }
    }

    private Place Enter(ConnectionContext connection, out ConnectionContext? oldest)
    {
        lock (_lock)
        {
            oldest = null;
            if (_strangers.Count >= MostStrangers)
            {
                oldest = _strangers.First!.Value;
                _strangers.RemoveFirst();
            }

            return new Place(_strangers.AddLast(connection));
        }
    }

    private void Leave(Place place)
    {
        lock (_lock)
        {
            if (place.Node.List is not null)
            {
                _strangers.Remove(place.Node);
            }
        }
    }

    private void Tell(bool isOfStrangers)
    {
        var (now, last) = (clock.GetTimestamp(), Volatile.Read(ref _toldAt));
        if ((last == 0 || clock.GetElapsedTime(last, now) > Quiet) && Interlocked.CompareExchange(ref _toldAt, now, last) == last)
        {
            if (isOfStrangers)
            {
                FullOfStrangers(logger, listener, MostStrangers);
            }
            else
            {
                Full(logger, listener, limit);
            }
        }
    }

    [LoggerMessage(1201, LogLevel.Warning, "The {Listener} listener has all of its {Limit} connections; others are closed at once. Raise its max_connections in hub.yaml if all of them are wanted, else find out who holds them")]
    private static partial void Full(ILogger logger, string listener, int limit);

    [LoggerMessage(1202, LogLevel.Warning, "The {Listener} listener has {Limit} connections that showed no certificate, half as many as its max_connections in hub.yaml; the oldest are closed for new ones. Find out who opens them")]
    private static partial void FullOfStrangers(ILogger logger, string listener, int limit);

    private sealed record Place(LinkedListNode<ConnectionContext> Node);
}
