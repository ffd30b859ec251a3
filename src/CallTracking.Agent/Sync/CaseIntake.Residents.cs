using System.Globalization;
using CallTracking.Agent.Ledger;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Privacy;

namespace CallTracking.Agent.Sync;

/// <summary>Cases that stay in the region: the ledger knows and counts them, the wire never carries them.</summary>
internal sealed partial class CaseIntake
{
    private const ulong FirstEpoch = 1;

    private async ValueTask StayAsync(
        SourceRow row, RowOutcome.Mapped mapped, CaseUid uid, ChangeHash hash, LedgerRow? known, Residency? residency, CancellationToken cancellationToken)
    {
        _unit.Residents[uid] = mapped.IsGone || residency is null ? null : CellOf(mapped.Case, residency);
        if (known is { State: CaseState.Sent or CaseState.Rejected } sent && sent.Run != run.Number)
        {
            // It left before it had to stay: headquarters is told to remove it.
            await WithdrawAsync(row, uid, hash, mapped.SourceUpdatedAt, sent, cancellationToken);
            return;
        }

        var isAgain = known?.Run == run.Number;
        if (isAgain)
        {
            _unit.Counts.Folded++;
        }
        else
        {
            _unit.Counts.Cases++;
            if (mapped.IsGone)
            {
                _unit.Counts.Gone++;
            }
            else
            {
                RunSum.Hold(_unit.Counts, HeldReason.Stays);
            }
        }

        if (isAgain && known!.Value.State is not (CaseState.Held or CaseState.Gone))
        {
            return; // Its withdrawal is on the way in this run.
        }

        var state = mapped.IsGone ? CaseState.Gone : CaseState.Held;
        _unit.Rows[uid] = new PendingRow(SentRow(row, hash, mapped.SourceUpdatedAt, known) with { State = state, Order = known?.Order ?? default }, IsSeenOnly: false);
    }

    private async ValueTask WithdrawAsync(SourceRow row, CaseUid uid, ChangeHash hash, DateTimeOffset? updated, LedgerRow known, CancellationToken cancellationToken)
    {
        await MakeRoomAsync(_departing.Encode(CaseIdentity.Removal(uid, hash, clock.GetUtcNow())), cancellationToken);
        _unit.Counts.Cases++;
        _unit.Released.Add(uid);
        AddSerialised(uid, new RedactionTally(), SentRow(row, hash, updated, known));
    }

    // Held since it was first met: headquarters never heard of it, and hears nothing of its end. Only the region's first ledger can know that:
    // one that took another's place met the case anew, and headquarters may have it.
    private bool NeverLeft(LedgerRow? known) => ledger.Meta.Epoch <= FirstEpoch && known is { State: CaseState.Held } held && held.Order == default;

    private static ResidentCell CellOf(Case value, Residency residency)
    {
        var country = value.CustomerCountry.Length > 0 ? value.CustomerCountry : value.CollectionCountry.Length > 0 ? value.CollectionCountry : value.CentreCountry;
        var month = value.Opened is { At: { } at } opened
            ? at.ToDateTimeOffset().AddMinutes(opened.UtcOffsetMinutes).ToString("yyyy-MM", CultureInfo.InvariantCulture)
            : "";
        return new ResidentCell(country, value.Product?.Category ?? "", month, residency.Least);
    }
}
