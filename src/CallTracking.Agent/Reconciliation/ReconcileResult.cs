using System.Globalization;
using CallTracking.Agent.Configuration;
using CallTracking.Contracts;

namespace CallTracking.Agent.Reconciliation;

/// <summary>What a comparison came to.</summary>
/// <param name="Found">In numbers.</param>
/// <param name="Wounds">What was deleted or changed by hand at the hub.</param>
/// <param name="WoundedRanges">Where to look again.</param>
internal sealed record ReconcileResult(ReconcileCount Found, WoundList Wounds, IReadOnlyCollection<UidRange> WoundedRanges)
{
    /// <summary>Wounds that sending again did not heal.</summary>
    public long Open { get; init; }

    public bool IsWounded => Wounds.Count > 0;

    /// <summary>One line for what was found, before anything is healed.</summary>
    public string Verdict => IsWounded
        ? Say($"compared with the hub: {Amounts.Of(Found.Cases, "case")}; deleted or changed there by hand: {Wounds.Missing:N0} missing, {Wounds.Altered:N0} altered, {Wounds.Differing:N0} of another version")
        : IsTouched
            ? Say($"compared with the hub: {Amounts.Of(Found.Cases, "case")}; deleted or changed there by hand, and not to be sent again: {Found.Spoilt:N0} changed, {Found.LostAtHub:N0} gone")
            : Say($"compared with the hub: {Amounts.Of(Found.Cases, "case")}, all equal");

    /// <summary>True when something was deleted or changed by hand that sending again does not heal, or did not.</summary>
    public bool IsLeftOpen => Open > 0 || IsTouched;

    private bool IsTouched => Found.Spoilt > 0 || Found.LostAtHub > 0;

    /// <summary>The wounded cases, by name, as far as they are named.</summary>
    public IEnumerable<string> Names
    {
        get
        {
            foreach (var (uid, kind, source) in Wounds.Named)
            {
                yield return Say($"  {Word(kind),-8} {uid}  {source ?? "(no source known)"}");
            }

            if (Wounds.Count > Wounds.Named.Count)
            {
                yield return Say($"  and {Wounds.Count - Wounds.Named.Count:N0} more");
            }
        }
    }

    /// <summary>What is to be known besides, and what became of the wounds.</summary>
    public IEnumerable<string> Ends
    {
        get
        {
            if (IsWounded)
            {
                yield return Say($"healed {Wounds.Count - Open:N0} of {Wounds.Count:N0}");
            }

            foreach (var (cases, what) in Besides())
            {
                if (cases > 0)
                {
                    yield return Say($"  {Amounts.Of(cases, "case")} {what}");
                }
            }
        }
    }

    private IEnumerable<(long Cases, string What)> Besides() =>
    [
        (Open, "not healed: no source holds them any more, the hub refused them (see 'quarantine list'), or it has a later version by the source's own time"),
        (Found.Suppressed, "found lawfully absent (erased or expired at the hub): noted, and not sent again"),
        (Found.OnlyAtHub, "only at the hub, unknown to this ledger: nothing is deleted"),
        (Found.StillAtHub, "at the hub though gone from their source: nothing is deleted"),
        (Found.Spoilt, "changed by hand at the hub, and nothing to put in their place: see 'calltracking-hub cases verify'"),
        (Found.LostAtHub, "gone from the hub that only the hub had"),
        (Found.Unsealed, "without a seal at the hub, from before there were seals: see 'calltracking-hub cases verify'"),
    ];

    private static string Word(WoundKind kind) => kind switch
    {
        WoundKind.Missing => "missing",
        WoundKind.Altered => "altered",
        _ => "differs",
    };

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
