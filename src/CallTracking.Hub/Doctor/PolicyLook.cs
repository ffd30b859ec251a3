using CallTracking.Contracts;
using CallTracking.Hub.Policies;
using CallTracking.Privacy;
using Npgsql;

namespace CallTracking.Hub.Doctor;

/// <summary>Looks whether a policy is in force, and whether what it rests on has ended or ends soon.</summary>
internal sealed class PolicyLook(NpgsqlDataSource database, TimeProvider clock)
{
    private const int SoonDays = 30;
    private const int MostNamed = 10;

    public async Task<IReadOnlyList<Diagnosis>> LookAsync(CancellationToken cancellationToken)
    {
        using var rules = new RuleSource(new PolicyStore(database), clock);
        try
        {
            return await rules.FindAsync(cancellationToken) is { } book
                ? [Diagnosis.Well("policy", $"version {book.Version} is in force since {book.Published.ValidFrom:u}"), .. Ends(book.Policies)]
                : [Diagnosis.Fault(HubExit.Failed, "no-policy", "no policy is published: every push is refused", "Publish one: calltracking-hub policy publish --note WHY")];
        }
        catch (HubException unreadable)
        {
            return [Diagnosis.Fault(HubExit.Failed, "policy-not-readable", "the published policy cannot be read by this version of the program", unreadable.Message)];
        }
    }

    private static IEnumerable<Diagnosis> Ends(PolicySet policies)
    {
        var today = policies.Day;
        var ended = policies.Jurisdictions.Where(law => law.Until <= today && law.Countries.Any(country => !IsCovered(policies, country))).ToList();
        if (ended.Count > 0)
        {
            yield return Diagnosis.Doubt("law-ended", $"the law of {Names(ended.Select(law => $"{law.Code} (until {law.Until:O})"))} has ended, and its countries fall back to what it stood on", "Have legal publish what holds now: policy publish.");
        }

        var soon = policies.Jurisdictions.Where(law => law.Until > today && law.Until <= today.AddDays(SoonDays)).ToList();
        if (soon.Count > 0)
        {
            yield return Diagnosis.Doubt("law-ends-soon", $"the law of {Names(soon.Select(law => $"{law.Code} (until {law.Until:O})"))} ends", "Have legal publish what holds from then on: policy publish.");
        }

        var transfers = policies.Hub.Transfers.Where(basis => basis.Until <= today.AddDays(SoonDays)).ToList();
        if (transfers.Count > 0)
        {
            yield return Diagnosis.Doubt(
                "transfer-ends", $"the ground by which cases come here from {Names(transfers.Select(basis => $"{string.Join(' ', basis.From)} (until {basis.Until:O})"))} has ended or ends soon; regions then take more out",
                "Have legal record the next one in the hub's document, or let it be as meant.");
        }
    }

    // By another document that holds today.
    private static bool IsCovered(PolicySet policies, string country) =>
        policies.Jurisdictions.Any(law => law.Countries.Contains(country) && policies.IsInForce(law));

    private static string Names(IEnumerable<string> all)
    {
        var names = all.Order(StringComparer.Ordinal).ToList();
        return string.Join(", ", names.Take(MostNamed)) + (names.Count > MostNamed ? " …" : "");
    }
}
