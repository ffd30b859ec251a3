using CallTracking.Contracts;
using CallTracking.Privacy;

namespace CallTracking.Agent.Identity;

/// <summary>The edge's part of one policy bundle, ready for use.</summary>
/// <param name="Version">The bundle's.</param>
/// <param name="RenewAt">From then on the hub is asked for a fresh bundle: a third of its life is left.</param>
/// <param name="ExpiresAt">From then on nothing leaves under it.</param>
/// <param name="Digest">Changes exactly when the work at the edge could.</param>
/// <param name="Redactor">Does the work.</param>
/// <param name="Policies">As they hold on the day for which the rules were made.</param>
internal sealed record ShapingRules(
    ulong Version, DateTimeOffset RenewAt, DateTimeOffset ExpiresAt, byte[] Digest, EdgeRedactor Redactor, PolicySet Policies)
{
    /// <summary>The version of the program that published the bundle, which knows every word of it; empty when it does not say.</summary>
    public string PublisherVersion { get; init; } = "";

    /// <summary>The rules for another day; these themselves when nothing differs.</summary>
    public ShapingRules On(DateOnly day, RegionKeys keys) => Policies.On(day) is var policies && ReferenceEquals(policies, Policies)
        ? this
        : With(policies, new EdgeRedactor(policies, keys));

    private ShapingRules With(PolicySet policies, EdgeRedactor redactor) => this with { Digest = redactor.WorkDigest, Redactor = redactor, Policies = policies };
}

/// <summary>
/// The signed policy bundle in force at the agent, under the region's own floor: the stored one, then whichever newer one the
/// hub sends. A bundle whose signature, region or dates do not hold is never used.
/// </summary>
/// <param name="floor">The region's; null when it has none.</param>
internal sealed class EdgePolicy(
    IdentityStore store, byte[] policyKey, RegionCode region, RegionFloor? floor, RegionKeys keys, TimeProvider clock)
{
    private volatile ShapingRules? _current;

    /// <summary>Null without a valid bundle: then nothing leaves. A day on which a law begins to hold gives other rules than the one before.</summary>
    public ShapingRules? Current
    {
        get
        {
            var now = clock.GetUtcNow();
            if (_current is not { } rules || rules.ExpiresAt <= now)
            {
                return null;
            }

            var today = rules.On(PolicySet.DayOf(now), keys);
            return ReferenceEquals(today, rules) || ReferenceEquals(Interlocked.CompareExchange(ref _current, today, rules), rules) ? today : _current;
        }
    }

    /// <summary>
    /// The version to name to the hub, which sends its bundle to whoever names an older one; 0, to get a fresh one in time, also
    /// when a third of the bundle's life is left.
    /// </summary>
    public ulong AskedVersion => Current is { } rules && clock.GetUtcNow() < rules.RenewAt ? rules.Version : 0;

    /// <summary>When the last bundle ended or will end; null when there never was one.</summary>
    public DateTimeOffset? ExpiresAt => _current?.ExpiresAt;

    /// <summary>Takes the stored bundle; a reason why there is none in force, or null.</summary>
    public string? Load()
    {
        if (store.LoadBundle() is not { } bundle)
        {
            return "missing";
        }

        var refusal = Read(bundle, out var rules);
        _current = rules;
        return refusal;
    }

    /// <summary>Takes a bundle that the hub sent and keeps it; a machine-readable reason why not, or null.</summary>
    public string? Adopt(SignedPolicyBundle bundle, out ShapingRules? rules)
    {
        if (Read(bundle, out rules) is { } refusal)
        {
            return refusal;
        }

        if (Current is { } known && rules!.Version < known.Version)
        {
            return "older-version";
        }

        store.SaveBundle(bundle);
        _current = rules;
        return null;
    }

    /// <summary>
    /// What the edge would do if these documents stood beside those of the stored bundle, in the places of their namesakes, under the
    /// region's floor. Never in force, and never for what leaves.
    /// </summary>
    /// <param name="draft">The documents.</param>
    /// <param name="rules">What would hold; null where they do not go together.</param>
    /// <param name="refusal">Why the stored bundle does not count, so that the built-in packs stand in for headquarters' documents; else null.</param>
    public PolicyLoad TryOut(IReadOnlyCollection<PolicyDocument> draft, out ShapingRules? rules, out string? refusal)
    {
        rules = null;
        var verdict = store.LoadBundle() is { } signed ? BundleVerifier.Verify(signed, policyKey, region.Value, clock.GetUtcNow()) : null;
        refusal = verdict is null ? "missing" : (verdict as BundleVerdict.Invalid)?.Reason;
        IEnumerable<PolicyDocument> known = (verdict as BundleVerdict.Valid)?.Bundle.Documents ?? (IEnumerable<PolicyDocument>)PolicySet.BuiltInPacks;
        var load = PolicySet.Parse(draft, known.Where(document => draft.All(other => other.Name != document.Name)), PolicySet.DayOf(clock.GetUtcNow()));
        if (load.Policies is { } given && (floor is null ? given : floor.Under(given)) is { } policies)
        {
            var redactor = new EdgeRedactor(policies, keys);
            rules = new ShapingRules(0, DateTimeOffset.MaxValue, DateTimeOffset.MaxValue, redactor.WorkDigest, redactor, policies);
        }

        return load;
    }

    private string? Read(SignedPolicyBundle signed, out ShapingRules? rules)
    {
        rules = null;
        switch (BundleVerifier.Verify(signed, policyKey, region.Value, clock.GetUtcNow()))
        {
            case BundleVerdict.Invalid invalid:
                return invalid.Reason;
            case BundleVerdict.Valid { Bundle: var bundle }:
                if (PolicySet.ParseSigned(bundle, PolicySet.DayOf(clock.GetUtcNow())).Policies is not { } given || (floor is null ? given : floor.Under(given)) is not { } policies)
                {
                    return "unreadable-policy";
                }

                rules = Rules(bundle, policies);
                return null;
            case var unknown:
                throw new System.Diagnostics.UnreachableException(unknown.GetType().Name);
        }
    }

    private ShapingRules Rules(PolicyBundle bundle, PolicySet policies)
    {
        var until = bundle.ExpiresAt.ToDateTimeOffset();
        var from = (bundle.IssuedAt ?? bundle.ValidFrom).ToDateTimeOffset();
        var redactor = new EdgeRedactor(policies, keys);
        return new ShapingRules(bundle.Version, until - ((until - from) / 3), until, redactor.WorkDigest, redactor, policies) { PublisherVersion = bundle.PublisherVersion };
    }
}
