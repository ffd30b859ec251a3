using System.Globalization;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;

namespace CallTracking.Agent.Commands;

/// <summary>Cases of a complete export that it no longer holds.</summary>
/// <param name="Source">Its name.</param>
/// <param name="Missing">How many they are.</param>
/// <param name="Known">Of so many that headquarters has.</param>
/// <param name="AreHeld">A sync would have those wait for a person that nobody released; else it deletes them at headquarters.</param>
internal sealed record VanishedCount(string Source, long Missing, long Known, bool AreHeld)
{
    /// <summary>Of the missing ones, those that a person let go: a sync deletes them, however many they are.</summary>
    public long Released { get; init; }

    /// <summary>Rows whose key cannot be read. Any case may be among them: while there are some, a sync holds and deletes nothing.</summary>
    public long WithoutKey { get; init; }

    /// <summary>For people, behind the source's name.</summary>
    public string Text =>
        WithoutKey > 0 ? Say($"{Missing:N0} of {Known:N0} known cases are in no file, and {WithoutKey:N0} {(WithoutKey == 1 ? "row has" : "rows have")} no readable key and may be any of them: nothing is held or deleted while {(WithoutKey == 1 ? "it stands" : "they stand")} there")
        : Released == 0 ? Unasked
        : Released == Missing ? Asked
        : $"{Asked}; {Unasked}";

    private string Asked => Say($"{Released:N0} of {Known:N0} known cases are in no file: the sync would DELETE {(Released == 1 ? "it" : "them")} at headquarters (released by 'vanished release {Source}', which --undo takes back)");

    private string Unasked => Say($"{Missing - Released:N0} of {Known:N0} known cases are in no file: {(AreHeld ? "the sync would hold them until 'vanished release'" : "they would be deleted at headquarters")}");

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Which known cases a reading of a complete export did not meet: what a sync would delete at headquarters, or hold.</summary>
internal sealed class ImpactVanished
{
    private readonly Dictionary<string, HashSet<CaseUid>> _rejected = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _withoutKey = new(StringComparer.Ordinal);

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
            _withoutKey[source.Name] = _withoutKey.GetValueOrDefault(source.Name) + 1;
            return;
        }

        if (!_rejected.TryGetValue(source.Name, out var met))
        {
            _rejected[source.Name] = met = [];
        }

        met.Add(known);
    }

    /// <summary>Of a source that was read whole; null when none of its cases is missing.</summary>
    /// <param name="met">Whether the reading met the case.</param>
    /// <param name="released">Cases that a person let go.</param>
    public VanishedCount? Of(Source source, CaseTable ledger, Func<CaseUid, bool> met, IReadOnlySet<CaseUid> released)
    {
        if (source.Settings.Snapshot is not { } rule)
        {
            return null;
        }

        var rejected = _rejected.GetValueOrDefault(source.Name, []);
        var (known, missing, gone) = (0L, 0L, 0L);
        foreach (var uid in ledger.AtHubOf(source.Name))
        {
            known++;
            if (!met(uid) && !rejected.Contains(uid))
            {
                missing++;
                gone += released.Contains(uid) ? 1 : 0;
            }
        }

        return missing == 0 ? null : new VanishedCount(source.Name, missing, known, missing - gone > rule.MostOf(known)) { Released = gone, WithoutKey = _withoutKey.GetValueOrDefault(source.Name) };
    }
}
