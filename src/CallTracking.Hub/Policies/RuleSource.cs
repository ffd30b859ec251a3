using CallTracking.Privacy;

namespace CallTracking.Hub.Policies;

/// <summary>
/// Gives the policy in force today (UTC). Every hub process looks for a newer one every two seconds while it is asked; the transaction of
/// each batch checks once more, so that no case is stored under a policy that has passed.
/// </summary>
internal sealed class RuleSource(PolicyStore store, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);
    private readonly SemaphoreSlim _once = new(1, 1);
    private RuleBook? _rules;
    private long _checkedAt;

    /// <summary>Null when no policy was published yet.</summary>
    /// <exception cref="HubException">The published documents cannot be read by this version of the program.</exception>
    public async ValueTask<RuleBook?> FindAsync(CancellationToken cancellationToken)
    {
        if (IsFresh() && Volatile.Read(ref _rules) is { } fresh)
        {
            return fresh;
        }

        await _once.WaitAsync(cancellationToken);
        try
        {
            if (IsFresh() && _rules is { } loaded)
            {
                return loaded;
            }

            // Both before the look: what is found is of this instant, however long the look takes.
            var (now, checkedAt) = (clock.GetUtcNow(), clock.GetTimestamp());
            if (await store.FindVersionInForceAsync(now, cancellationToken) != (_rules?.Version ?? 0))
            {
                Volatile.Write(ref _rules, await store.FindInForceAsync(now, cancellationToken) is { } published ? Load(published, PolicySet.DayOf(now)) : null);
            }
            else if (_rules is { } known)
            {
                Volatile.Write(ref _rules, known.On(PolicySet.DayOf(now)));
            }

            Volatile.Write(ref _checkedAt, checkedAt);
            return _rules;
        }
        finally
        {
            _once.Release();
        }
    }

    /// <summary>Has the next caller look for a newer policy.</summary>
    public void Expire() => Volatile.Write(ref _checkedAt, 0);

    public void Dispose() => _once.Dispose();

    private static RuleBook Load(PolicyVersion published, DateOnly day)
    {
        var load = published.Read(day);
        return load.Policies is { } policies
            ? new RuleBook(published, policies)
            : throw new HubException(
                $"Policy version {published.Version} cannot be read by this hub: {string.Join(" ", load.Faults)} Publish it again, or run the hub version that published it.");
    }

    private bool IsFresh() => Volatile.Read(ref _checkedAt) is var at and not 0 && clock.GetElapsedTime(at) < Freshness;
}
