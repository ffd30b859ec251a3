using System.Globalization;
using CallTracking.Contracts;
using CallTracking.Hub.Policies;
using CallTracking.Privacy;

namespace CallTracking.Hub.Cases;

/// <summary>A case's receipt in words: which laws shaped it, what was done to each class and why, and until when it is kept.</summary>
internal sealed class CaseExplanation(PolicyStore versions, LawReviewStore reviewStore, TimeProvider clock)
{
    /// <exception cref="HubException">The version that shaped it cannot be read by this program.</exception>
    public async Task<IReadOnlyList<string>> OfAsync(StoredCase stored, CancellationToken cancellationToken)
    {
        var all = await versions.ListAsync(cancellationToken);
        var reviews = await reviewStore.LoadAsync(cancellationToken);
        var (value, received) = (stored.Case, stored.ReceivedAt.ToDateTimeOffset());
        var lines = new List<string>
        {
            $"Case {CaseUid.FromBytes(value.CaseUid.Span)} of region {value.Region}, received {received:u}",
            $"  countries: customer {Or(value.CustomerCountry)}, centre {Or(value.CentreCountry)}, collection {Or(value.CollectionCountry)}; product category {Or(value.Product?.Category)}",
        };
        if (stored.AnonymizedAt is { } anonymized)
        {
            lines.Add($"  anonymized {anonymized.ToDateTimeOffset():u}: retention emptied every personal value");
        }

        var shaped = Read(all, stored.PolicyVersion, received);
        if (shaped is not null)
        {
            lines.Add($"Laws that apply (policy version {stored.PolicyVersion}):");
            lines.AddRange(shaped.RulesFor(value).Jurisdictions.Select(code => Law(shaped, code, reviews)));
            lines.Add($"  headquarters processed cases for {RuleWords.Purposes(shaped.Hub)}");
            lines.AddRange(shaped.RulesFor(value).Notices.Select(notice => $"  {notice.Message}"));
        }

        foreach (var receipt in value.Redactions)
        {
            lines.AddRange(Receipt(receipt, all, received, value.Product?.Category ?? ""));
        }

        if (value.Redactions.Count == 0)
        {
            lines.Add("No receipt is in it: nothing had to be done.");
        }

        lines.AddRange(Now(value, all, shaped));
        return lines;
    }

    private static IEnumerable<string> Receipt(RedactionReceipt receipt, IReadOnlyList<PolicyVersion> all, DateTimeOffset received, string category)
    {
        var place = receipt.Place == RedactionPlace.Edge ? "In the region, before it left" : "At headquarters, before it was stored";
        var keys = receipt.PseudonymKeyVersion > 0 ? FormattableString.Invariant($", pseudonyms under the region's key version {receipt.PseudonymKeyVersion}") : "";
        yield return $"{place} (policy version {receipt.PolicyVersion}, detectors {receipt.DetectorVersion}{keys}):";
        var policies = ulong.TryParse(receipt.PolicyVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? Read(all, version, received) : null;
        foreach (var count in receipt.Counts)
        {
            var why = policies is null || policies.Jurisdictions.All(law => law.Code != count.Jurisdiction)
                ? $"rule of '{count.Jurisdiction}', the region's own or of a document that is not here"
                : Why(policies, count, category);
            yield return $"  {DataClassNames.Of(count.DataClass)}: {RuleWords.Of(count.Action)}, {count.Count.ToString("N0", CultureInfo.InvariantCulture)} value{(count.Count == 1 ? "" : "s")}; {why}";
        }

        if (receipt.Counts.Count == 0)
        {
            yield return "  nothing had to be done";
        }
    }

    private static string Why(PolicySet policies, RedactionCount count, string category)
    {
        var (law, rule) = policies.Source(count.Jurisdiction, count.DataClass, category);
        return rule is null
            ? $"no rule of '{count.Jurisdiction}' names the class, so it is dropped"
            : string.Join("; ", new[] { $"rule of '{law.Code}'{RuleWords.Bound(rule.Rule)}", rule.Article, rule.Ground, law.Law }.Where(part => part.Length > 0));
    }

    private IEnumerable<string> Now(Case value, IReadOnlyList<PolicyVersion> all, PolicySet? shaped)
    {
        var now = clock.GetUtcNow();
        if (all.LastOrDefault(version => version.ValidFrom <= now) is not { } published || Read(all, (ulong)published.Version, now) is not { } inForce)
        {
            yield break;
        }

        if (inForce.RetentionFor(value.CustomerCountry, value.CentreCountry, value.CollectionCountry, value.Product?.Category ?? "", value.Status) is { } kept)
        {
            yield return $"Kept: {kept.Action.ToString().ToLowerInvariant()} {kept.Period} after {kept.Clock.ToString().ToLowerInvariant()}{(kept.Minimum is { } least ? $", at least {least}" : "")}; rule of '{kept.Jurisdiction}': {kept.Basis}";
        }

        var changes = shaped is null ? [] : PolicyComparison.Between(shaped.RulesFor(value), inForce.RulesFor(value));
        if (changes.Count > 0)
        {
            yield return $"Under version {published.Version}, in force today, another form is due:";
            foreach (var change in changes)
            {
                yield return $"  {DataClassNames.Of(change.DataClass)}: {change.Words}";
            }
        }
    }

    private static string Law(PolicySet policies, string code, LawReviews reviews) =>
        policies.Jurisdictions.FirstOrDefault(law => law.Code == code) is { } law
            ? $"  {law.Code}: {law.Law}  [{reviews.StatusOf(law)}]"
            : $"  {code}";

    private static PolicySet? Read(IReadOnlyList<PolicyVersion> all, ulong version, DateTimeOffset at) =>
        all.FirstOrDefault(one => (ulong)one.Version == version) is { } found ? found.Read(PolicySet.DayOf(at)).Policies : null;

    private static string Or(string? text) => string.IsNullOrEmpty(text) ? "not given" : text;
}
