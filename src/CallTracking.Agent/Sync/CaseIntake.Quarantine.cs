using System.Globalization;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Quarantine;
using CallTracking.Contracts;
using CallTracking.Mapping;
using Google.Protobuf;

namespace CallTracking.Agent.Sync;

/// <summary>Rows that stay in the region: sealed, with what it takes to map them once more.</summary>
internal sealed partial class CaseIntake
{
    /// <summary>Notes that the row of an entry is taken next: the entry goes, unless the row is rejected again.</summary>
    public void Retry(QuarantineEntry entry) => _unit.Retried.Add(entry);

    /// <summary>The name of a row's case; null where the row has no readable key, or is none.</summary>
    public CaseUid? UidOf(string source, RowOutcome outcome) => outcome switch
    {
        RowOutcome.Mapped mapped => Names.Of(source, mapped.LocalId, mapped.OtherId),
        RowOutcome.Rejected { LocalId: { } localId, OtherId: var otherId } => Names.Of(source, localId, otherId),
        _ => null,
    };

    private void Quarantine(SourceRow row, RowOutcome.Rejected rejected) =>
        Quarantine(
            row,
            UidOf(row.Source, rejected),
            QuarantineStage.Mapping,
            rejected.Reason,
            rejected.Field ?? string.Empty,
            Placed(row, rejected.Message),
            row.Head.Length == 0 ? rejected.RawRecord.Span : [.. row.Head.Span, .. rejected.RawRecord.Span]);

    private static string Placed(SourceRow row, string message) => row.IsKept ? FirstPlace.Of(row.Entry!.Message, message)
        : row.HasPlace ? string.Create(CultureInfo.InvariantCulture, $"line {row.Outcome.Position.Line}: {message}")
        : message;

    private void Quarantine(SourceRow row, CaseUid uid, string reason, string message, Case value, string field = "") =>
        Quarantine(row, uid, QuarantineStage.Ledger, reason, field, message, value.ToByteArray());

    private void Quarantine(
        SourceRow row, CaseUid? uid, QuarantineStage stage, string reason, string field, string message, ReadOnlySpan<byte> payload)
    {
        _quarantinedBytes += payload.Length;
        if (uid is { } refused && row.IsNew)
        {
            _refusedAnew.Add(refused);
        }

        if (uid is { } earlier && row.IsOfManyRows)
        {
            _unit.Released.Add(earlier);
        }

        if (uid is { } stopped)
        {
            QuarantinedCases.Add(stopped);
        }

        _unit.Quarantine(new QuarantineEntry(
            row.Source,
            row.File,
            row.QuarantinePlace(uid, cipher, payload),
            uid,
            reason,
            stage,
            field,
            message,
            clock.GetUtcNow(),
            cipher.Seal(payload, AgentLedger.QuarantinePayload))
        {
            Run = row.Entry?.Run ?? run.Number,
        });
    }
}
