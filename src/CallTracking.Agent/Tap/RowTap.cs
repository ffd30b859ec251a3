using CallTracking.Mapping;

namespace CallTracking.Agent.Tap;

/// <summary>
/// Where rows pass on their way into a sync, for whoever watches. Without a watcher a row costs one read of a field. Rows are shown by one thread,
/// watchers come and go on others.
/// </summary>
internal sealed class RowTap
{
    /// <summary>Watchers at a time.</summary>
    public const int MostWatchers = 8;

    private readonly Lock _gate = new();
    private volatile TapWatcher[] _watchers = [];

    public bool IsWatched => _watchers.Length > 0;

    /// <summary>Shows a row; never waits.</summary>
    /// <param name="source">Its source's name.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="rawText">Gives its text, up to so many bytes.</param>
    public void Show(string source, RowOutcome outcome, Func<int, string> rawText)
    {
        foreach (var watcher in _watchers)
        {
            watcher.Offer(source, outcome, rawText);
        }
    }

    /// <summary>False when there are enough already.</summary>
    public bool TryAdd(TapWatcher watcher)
    {
        lock (_gate)
        {
            if (_watchers.Length >= MostWatchers)
            {
                return false;
            }

            _watchers = [.. _watchers, watcher];
            return true;
        }
    }

    public void Remove(TapWatcher watcher)
    {
        lock (_gate)
        {
            _watchers = [.. _watchers.Where(other => other != watcher)];
        }
    }
}
