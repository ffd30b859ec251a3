namespace CallTracking.Agent.Sync;

/// <summary>
/// Where the connection tells the reading side that one more run is needed: the hub asked for cases again, or what was shaped
/// so far is void. Thread-safe.
/// </summary>
internal sealed class FurtherRun : IDisposable
{
    private readonly Lock _gate = new();
    private CancellationTokenSource _stop = new();
    private string? _reason;

    /// <summary>Cancelled when going on with the current reading is no use.</summary>
    public CancellationToken StopReading
    {
        get
        {
            lock (_gate)
            {
                return _stop.Token;
            }
        }
    }

    /// <summary>True when another run is asked for.</summary>
    public bool IsAsked
    {
        get
        {
            lock (_gate)
            {
                return _reason is not null;
            }
        }
    }

    /// <summary>Asks for another run after this one.</summary>
    public void Ask(string reason)
    {
        lock (_gate)
        {
            _reason = reason;
        }
    }

    /// <summary>Asks for another run when nobody has; keeps the reason of whoever did.</summary>
    public void AskIfNot(string reason)
    {
        lock (_gate)
        {
            _reason ??= reason;
        }
    }

    /// <summary>Asks for another run and stops this one's reading.</summary>
    public void AskNow(string reason)
    {
        lock (_gate)
        {
            _reason = reason;
            _stop.Cancel();
        }
    }

    /// <summary>Takes the wish, if there is one: the run that begins now fulfils it.</summary>
    public string? Take()
    {
        lock (_gate)
        {
            var reason = _reason;
            _reason = null;
            if (_stop.IsCancellationRequested)
            {
                _stop.Dispose();
                _stop = new CancellationTokenSource();
            }

            return reason;
        }
    }

    public void Dispose() => _stop.Dispose();
}
