using CallTracking.Agent.Commands;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Outbox;

namespace CallTracking.Agent.Drift;

/// <summary>
/// Remembers what was read of sources as what they are meant to look like, once a person said so: later readings are measured by it. What it told before is
/// told no more, and a contract holds nothing for it. A sync may be at work beside it.
/// </summary>
internal static class DriftAcceptance
{
    /// <summary>Says of each source what became of it; its code is that of a fault when one could not be read whole.</summary>
    public static ExitCode Keep(AgentSettings settings, IReadOnlyList<SourceDrift> drifts, TextWriter say)
    {
        foreach (var drift in drifts)
        {
            say.WriteLine($"source {drift.Source.Name}: {Kept(settings, drift)}");
        }

        return drifts.Any(drift => drift.Accepted is null) ? ExitCode.Source : ExitCode.Done;
    }

    private static void Keep(SourceDrift drift, CaseTable cases)
    {
        if (drift.Losing is not { } losing)
        {
            cases.ForgetJoined(drift.Source.Name);
            return;
        }

        foreach (var (uid, yields) in losing)
        {
            cases.Join(uid.ToByteString().ToByteArray(), yields);
        }
    }

    private static string Kept(AgentSettings settings, SourceDrift drift)
    {
        if (drift.Accepted is not { } shape)
        {
            return "not accepted, since it could not be read whole or has no row";
        }

        if (drift.KnownRun is null && drift.Losing is { Count: 0 })
        {
            return "nothing to accept: the next sync is the first that reads it";
        }

        var keys = new RegionSecret(settings.State).Load(settings.Region);
        using var cipher = new PayloadCipher(keys.StorageKey.Span);
        using var file = LedgerFile.Open(AgentWorkplace.LedgerPath(settings), thorough: false);
        using var shapes = new ShapeTable(file.Connection);
        using var cases = new CaseTable(file.Connection);
        var name = cipher.HideName(KnownShape.KeyOf(drift.Source));
        file.Write(() =>
        {
            if (drift.KnownRun is { } run)
            {
                shapes.Put(drift.Source.Name, name, cipher.Seal(shape.ToBytes(), name), run);
            }

            Keep(drift, cases);
            return true;
        });
        return "accepted: its columns, their places and what its joins find are what later readings are measured by; what its values look like the next sync learns. Words that no table has and values of another kind are for the mapping to answer";
    }
}
