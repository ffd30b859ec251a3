using CallTracking.Agent.AuditHeads;
using CallTracking.Agent.Configuration;
using CallTracking.Contracts;

namespace CallTracking.Agent.Doctor;

/// <summary>Looks at what syncs have found of the hub's audit log.</summary>
internal static class AuditLook
{
    public static IEnumerable<Diagnosis> Look(AgentSettings settings)
    {
        KeptHeads heads;
        try
        {
            heads = new AuditHeadFile(settings.StateDirectory).Load();
        }
        catch (InvalidDataException damaged)
        {
            return [Diagnosis.Doubt("audit-heads-damaged", "what this region keeps of the hub's audit log cannot be read", damaged.Message)];
        }

        List<Diagnosis> found = [.. heads.Open.Select(one => Diagnosis.Doubt(
            "audit-rewritten", AuditText.Of(one), "Ask headquarters whether a backup was restored. If that explains it: calltracking-agent audit accept --note WHY. If not, tell your data protection officer."))];
        if (heads.Blind(TimeProvider.System.GetUtcNow()) is { } blind)
        {
            found.Add(Diagnosis.Doubt("audit-unseen", blind, "Ask headquarters: its log says why looks fail or seals are not made. If nobody can explain it, tell your data protection officer."));
        }

        return found.Count > 0 || heads.Kept is not { } kept
            ? found
            : [Diagnosis.Well("audit", FormattableString.Invariant($"the hub's audit log is followed up to seal {kept.Number}, seen {kept.SeenAt:u}"))];
    }
}
