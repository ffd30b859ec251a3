using System.Globalization;

namespace CallTracking.Privacy;

/// <summary>What goes when a document takes a built-in pack's place, beside its rules, which <c>policy diff packs draft</c> compares: duties to keep data in the country, deadlines, retention, countries.</summary>
public static class PackReplacement
{
    /// <summary>A note for each pack that is not among the documents, with what nothing says any more; none where all packs are there.</summary>
    public static IReadOnlyList<string> Notes(PolicySet policies)
    {
        ArgumentNullException.ThrowIfNull(policies);
        return PolicySet.Parse(PolicySet.BuiltInPacks, policies.Day).Policies is { } packs
            ? [.. packs.Jurisdictions.Select(pack => Note(policies, packs, pack)).OfType<string>()]
            : [];
    }

    private static string? Note(PolicySet policies, PolicySet packs, JurisdictionInfo pack)
    {
        if (policies.Jurisdictions.FirstOrDefault(one => one.Code == pack.Code) is not { } own)
        {
            return $"{pack.File} takes the place of the pack of that name, and no document is for '{pack.Code}' any more{Elsewhere(policies, packs, pack)}.";
        }

        if (BuiltInPacks.IsPack(own.File, own.Text))
        {
            return null;
        }

        var place = own.File == pack.File ? "of that name" : $"{pack.File}; at headquarters it does so only under that name";
        return $"{own.File} takes the place of the pack {place}.{Gone(policies, packs, pack, own)}{Elsewhere(policies, packs, pack) switch { "" => "", var text => $" Beware{text}." }}";
    }

    private static string Gone(PolicySet policies, PolicySet packs, JurisdictionInfo pack, JurisdictionInfo own)
    {
        List<string> gone = [];
        if (own.Localisation.Kind < pack.Localisation.Kind)
        {
            gone.Add($"localisation ({(pack.Localisation.Kind == LocalisationKind.Absolute ? "absolute" : "by volume")}, {pack.Localisation.Article})");
        }

        if (own.Residency is null && pack.Residency is not null)
        {
            gone.Add("residency");
        }

        if (own.Deadlines.Count == 0 && pack.Deadlines.Count > 0)
        {
            gone.Add("deadlines for requests");
        }

        if (policies.IsInForce(own) && Retains(packs, pack) && !Retains(policies, own))
        {
            gone.Add("retention");
        }

        return gone.Count > 0 ? $" The pack also has {string.Join(", ", gone)}, which the document does not." : "";
    }

    private static bool Retains(PolicySet policies, JurisdictionInfo law) => policies.Retention.Any(rule => rule.Jurisdiction == law.Code);

    // Its countries today: what is for a later day leaves them to the parent until then.
    private static string Elsewhere(PolicySet policies, PolicySet packs, JurisdictionInfo pack)
    {
        var lost = pack.Countries.Where(country => packs.For(country).Code == pack.Code && !IsUnder(policies, policies.For(country), pack.Code)).GroupBy(country => policies.For(country).Code).ToList();
        return lost.Count == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture, $": on {policies.Day:O} {string.Join("; ", lost.Select(countries => $"{string.Join(", ", countries)} {(countries.Count() == 1 ? "follows" : "follow")} '{countries.Key}'"))}");
    }

    private static bool IsUnder(PolicySet policies, JurisdictionInfo law, string code)
    {
        for (var one = law; one is not null; one = policies.Jurisdictions.FirstOrDefault(parent => parent.Code == one.Parent))
        {
            if (one.Code == code)
            {
                return true;
            }
        }

        return false;
    }
}
