using System.Collections.Concurrent;
using CallTracking.Contracts;
using CallTracking.Privacy;

namespace CallTracking.Hub.Policies;

/// <summary>The policy in force on one day, ready for use at ingest. Immutable; safe to use from many threads.</summary>
internal sealed class RuleBook
{
    // Categories come from cases: a hostile source must not make the cache grow without end.
    private const int CachedDecisions = 4096;

    private readonly HubRedactor _redactor;
    private readonly ConcurrentDictionary<RetentionKey, RetentionDecision?> _retention = new();

    public RuleBook(PolicyVersion published, PolicySet policies)
    {
        Published = published;
        Policies = policies;
        _redactor = new HubRedactor(policies);
    }

    public PolicyVersion Published { get; }

    public PolicySet Policies { get; }

    public long Version => Published.Version;

    /// <summary>Batches shaped under an older version have to be shaped again.</summary>
    public long RequiredVersion => Published.RequiredVersion;

    /// <summary>The same version as it holds on another day; this object itself when nothing differs.</summary>
    public RuleBook On(DateOnly day) => Policies.On(day) is var policies && ReferenceEquals(policies, Policies) ? this : new RuleBook(Published, policies);

    /// <summary>Does the hub's part of the rules in place, or says why the case may not be stored.</summary>
    public HubVerdict Redact(Case @case) => _redactor.Redact(@case);

    /// <summary>Brings a case that is stored already to these rules, in place.</summary>
    public RedactionTally Tighten(Case @case) => _redactor.Tighten(@case);

    /// <summary>True when the time for which the case may be kept is over already.</summary>
    public bool HasExpired(Case @case, DateTimeOffset now)
    {
        var key = new RetentionKey(@case.CustomerCountry, @case.CentreCountry, @case.CollectionCountry, @case.Product?.Category ?? "", @case.Status);
        if (!_retention.TryGetValue(key, out var decision))
        {
            decision = Policies.RetentionFor(key.CustomerCountry, key.CentreCountry, key.CollectionCountry, key.ProductCategory, key.Status);
            if (_retention.Count < CachedDecisions)
            {
                _retention.TryAdd(key, decision);
            }
        }

        return decision is not null && ClockStart(@case, decision.Clock) is { } start && decision.ExpiresAt(start) <= now;
    }

    // Without the event that the rule counts from, the time has not begun.
    private static DateTimeOffset? ClockStart(Case @case, RetentionClock clock) => clock switch
    {
        RetentionClock.Opened => @case.Opened,
        RetentionClock.Closed => @case.Closed,
        RetentionClock.LastContact => @case.LastContact,
        RetentionClock.Updated => @case.Updated,
    } is { At: { } at } ? at.ToDateTimeOffset() : null;

    private readonly record struct RetentionKey(
        string CustomerCountry, string CentreCountry, string CollectionCountry, string ProductCategory, CaseStatus Status);
}
