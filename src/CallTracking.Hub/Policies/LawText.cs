using System.Globalization;
using CallTracking.Privacy;

namespace CallTracking.Hub.Policies;

/// <summary>Law packs in words.</summary>
internal static class LawText
{
    /// <summary>One document with all that it says.</summary>
    public static IEnumerable<string> Lines(JurisdictionInfo law, PolicySet policies, LawReviews reviews)
    {
        yield return $"{law.Code}  {law.Law}";
        yield return $"  review        {reviews.StatusOf(law)}";
        yield return $"  holds in      {(law.Countries.Count > 0 ? string.Join(", ", law.Countries) : law.Parent.Length == 0 ? "every country that no other document names" : "no country by itself")}";
        yield return $"  in force      {Days(law, policies)}";
        yield return $"  rests on      {law.Article}  (basis {law.Basis}: R read in a source, K general knowledge, U unsure)";
        if (law.Parent.Length > 0)
        {
            yield return $"  inherits      {law.Parent}";
        }

        yield return $"  localisation  {Words(law.Localisation)}";
        if (law.Residency is { } residency)
        {
            yield return $"  residency     records stay in the region; counts from {residency.Least} per country, product category and month leave";
        }

        foreach (var deadline in law.Deadlines)
        {
            yield return $"  deadline      {Words(deadline)}";
        }

        yield return $"  sensitive     {string.Join(", ", law.Sensitive)}";
        yield return $"  identifiers   {string.Join(", ", law.NationalIds)}";
        yield return $"  lets loosen   {(law.MayLoosen.Count > 0 ? string.Join(", ", law.MayLoosen.Select(DataClassNames.Of)) : "nothing")}";
        foreach (var rule in law.Rules)
        {
            yield return $"  rule          {Words(rule)}";
        }

        foreach (var kept in policies.Retention.Where(rule => rule.Jurisdiction == law.Code))
        {
            yield return $"  kept          {Words(kept)}";
        }
    }

    /// <summary>Since when or from when on.</summary>
    public static string Days(JurisdictionInfo law, PolicySet policies) => law switch
    {
        { InForce: null, Until: null } => "always",
        _ when policies.IsInForce(law) => $"since {law.InForce?.ToString("O", CultureInfo.InvariantCulture) ?? "always"}{(law.Until is { } end ? $", until {end:O}" : "")}",
        { InForce: { } from } when from > policies.Day => $"not yet: from {from:O}",
        _ => $"no more: ended {law.Until:O}",
    };

    private static string Words(Localisation localisation)
    {
        var kind = localisation.Kind switch
        {
            LocalisationKind.None => "none",
            LocalisationKind.ByVolume => "by volume or class",
            LocalisationKind.Absolute => "absolute",
        };
        return string.Join("; ", new[] { kind, localisation.Article, localisation.Note }.Where(part => part.Length > 0));
    }

    private static string Words(RequestDeadline deadline)
    {
        var within = deadline.Within?.ToString() ?? "no number in law";
        var parts = new[]
        {
            $"{deadline.Kind.ToString().ToLowerInvariant()} {within}{(deadline.Extension is { } more ? $" + {more}" : "")}",
            deadline.ClockStops.Count > 0 ? $"clock stops for {string.Join(", ", deadline.ClockStops)}" : "",
            deadline.Article,
            deadline.Note,
            deadline.Basis.Length > 0 ? $"basis {deadline.Basis}" : "",
        };
        return string.Join("; ", parts.Where(part => part.Length > 0));
    }

    private static string Words(PolicyRule rule)
    {
        var when = new[]
        {
            rule.Products.Count > 0 ? $"for products {string.Join(", ", rule.Products)}" : "",
            rule.Validity.From is { } from ? $"from {from:O}" : "",
            rule.Validity.Until is { } until ? $"until {until:O}" : "",
            rule.Ground.Length > 0 ? $"by {rule.Ground}" : "",
            rule.Article,
        };
        return string.Join("; ", when.Where(part => part.Length > 0).Prepend($"{DataClassNames.Of(rule.DataClass)}: {RuleWords.WithPlace(rule.Rule)}"));
    }

    private static string Words(RetentionRule rule)
    {
        var which = string.Join(", ", rule.Products.Concat(rule.Statuses.Select(status => status.ToString().ToLowerInvariant())).DefaultIfEmpty("all"));
        var least = rule.Minimum is { } minimum ? $", at least {minimum}" : "";
        return $"{which}: {rule.Action.ToString().ToLowerInvariant()} {rule.Period} after {rule.Clock.ToString().ToLowerInvariant()}{least}; {rule.Basis}";
    }
}
