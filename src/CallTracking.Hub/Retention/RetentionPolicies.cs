using CallTracking.Hub.Policies;
using CallTracking.Privacy;

namespace CallTracking.Hub.Retention;

/// <summary>The policy in force, as retention needs it: a run must not go on under another than it was previewed under.</summary>
internal sealed class RetentionPolicies(RuleSource rules, PolicyStore store, TimeProvider clock)
{
    /// <exception cref="HubException">No policy was published.</exception>
    public async Task<(long Version, PolicySet Rules)> RequireAsync(CancellationToken cancellationToken)
    {
        // A person may have published a moment ago: what this process remembers is not enough to delete by.
        rules.Expire();
        var book = await rules.FindAsync(cancellationToken)
            ?? throw new HubException("No policy is in force, so nothing says what expires. Publish one: calltracking-hub policy publish");
        return (book.Version, book.Policies);
    }

    /// <exception cref="HubException">Another version is in force now.</exception>
    public async Task RequireStillAsync(long version, CancellationToken cancellationToken)
    {
        var inForce = await store.FindVersionInForceAsync(clock.GetUtcNow(), cancellationToken);
        if (inForce != version)
        {
            throw new HubException($"Policy version {inForce} came into force during the run, which was previewed under {version}. It stopped between two batches; make a new preview: calltracking-hub retention preview");
        }
    }
}
