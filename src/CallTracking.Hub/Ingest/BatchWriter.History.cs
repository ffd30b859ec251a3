using CallTracking.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace CallTracking.Hub.Ingest;

/// <summary>Histories: what is added to them, and where those go on that stand behind a lost row.</summary>
internal sealed partial class BatchWriter
{
    // Asked only where somebody wrote beside the hub.
    private static async Task<Dictionary<Guid, CaseEvent>> FindResumedAsync(NpgsqlConnection connection, Found found, CancellationToken cancellationToken)
    {
        var resumed = new Dictionary<Guid, CaseEvent>();
        Guid[] uids = [.. found.Cases.Where(entry => entry.Value.IsVoid).Select(entry => entry.Key), .. found.Removed.Where(entry => entry.Value.Reason == RemovedCase.Lost).Select(entry => entry.Key)];
        if (uids.Length == 0)
        {
            return resumed;
        }

        await using var find = new NpgsqlCommand(FindLastEvents, connection) { Parameters = { new() { Value = uids } } };
        await using var reader = await find.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            resumed.Add(reader.GetGuid(0), new CaseEvent(reader.GetFieldValue<DateTime>(1), (CaseStatus)reader.GetInt16(2), (CaseStatus)reader.GetInt16(3), []));
        }

        return resumed;
    }

    private async Task WriteEventsAsync(NpgsqlConnection connection, IncomingBatch batch, BatchPlan plan, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (plan.Events.Count == 0)
        {
            return;
        }

        await using var rows = await connection.BeginBinaryImportAsync(CopyIntoEvents, cancellationToken);
        foreach (var (record, events) in plan.Events)
        {
            for (var ordinal = 0; ordinal < events.Count; ordinal++)
            {
                var entry = events[ordinal];
                await rows.StartRowAsync(cancellationToken);
                rows.Write(record.CaseUid, NpgsqlDbType.Uuid);
                rows.Write(batch.Epoch, NpgsqlDbType.Bigint);
                rows.Write((long)record.Sequence, NpgsqlDbType.Bigint);
                rows.Write((short)ordinal, NpgsqlDbType.Smallint);
                rows.Write(_region, NpgsqlDbType.Text);
                rows.Write(entry.At, NpgsqlDbType.TimestampTz);
                rows.Write(now.UtcDateTime, NpgsqlDbType.TimestampTz);
                rows.Write((short)entry.From, NpgsqlDbType.Smallint);
                rows.Write((short)entry.To, NpgsqlDbType.Smallint);
                rows.Write((short)entry.BacklogDelta, NpgsqlDbType.Smallint);
                rows.Write(entry.Changed, NpgsqlDbType.Array | NpgsqlDbType.Text);
            }
        }

        await rows.CompleteAsync(cancellationToken);
    }
}
