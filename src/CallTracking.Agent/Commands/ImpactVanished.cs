using System.Globalization;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;

namespace CallTracking.Agent.Commands;

/// <summary>Cases of a complete export that it no longer holds.</summary>
/// <param name="Source">Its name.</param>
/// <param name="Missing">How many they are.</param>
/// <param name="Known">Of so many that headquarters has.</param>
/// <param name="AreHeld">A sync would have them wait for a person; else it deletes them at headquarters.</param>
internal sealed record VanishedCount(string Source, long Missing, long Known, bool AreHeld)
{
    /// <summary>For people, behind the source's name.</summary>
    public string Text => string.Create(
        CultureInfo.InvariantCulture,
        $"{Missing:N0} of {Known:N0} known cases are in no file: {(AreHeld ? "the sync would hold them until 'vanished release'" : "they would be deleted at headquarters")}");
}

/// <summary>Which known cases a reading of a complete export did not meet: what a sync would delete at headquarters, or hold.</summary>
internal sealed class ImpactVanished
{
    private readonly Dictionary<string, HashSet<CaseUid>> _rejected = new(StringComparer.Ordinal);
    private readonly HashSet<string> _withoutKey = new(StringComparer.Ordinal);

    /// <summary>A row that would go to quarantine: its case was met, whichever it is.</summary>
    /// <param name="uid">Null when its key cannot be read.</param>
    public void Reject(Source source, CaseUid? uid)
    {
        if (source.Settings.Snapshot is null)
        {
            return;
        }

        if (uid is not { } known)
        {
            _withoutKey.Add(source.Name);
            return;
        }

        if (!_rejected.TryGetValue(source.Name, out var met))
        {
            _rejected[source.Name] = met = [];
        }

        met.Add(known);
    }

    /// <summary>Of a source that was read whole; null when none of its cases is missing, or none may be taken for vanished.</summary>
    /// <param name="met">Whether the reading met the case.</param>
    public VanishedCount? Of(Source source, CaseTable ledger, Func<CaseUid, bool> met)
    {
        if (source.Settings.Snapshot is not { } rule || _withoutKey.Contains(source.Name))
        {
            return null;
        }

        var rejected = _rejected.GetValueOrDefault(source.Name, []);
        var (known, missing) = (0L, 0L);
        foreach (var uid in ledger.AtHubOf(source.Name))
        {
            known++;
            missing += met(uid) || rejected.Contains(uid) ? 0 : 1;
        }

        return missing == 0 ? null : new VanishedCount(source.Name, missing, known, missing > rule.MostOf(known));
    }
}
