using System.Data;
using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Privacy;
using Npgsql;

namespace CallTracking.Hub.Audit;

/// <summary>What was found wrong: a kind for scripts and a sentence.</summary>
/// <param name="Kind">changed, missing, inserted, reordered, seal, seal-missing, head.</param>
/// <param name="Text">Names the row or the seal.</param>
internal sealed record AuditFault(string Kind, string Text);

/// <summary>What a look at the whole log came to.</summary>
/// <param name="Rows">Sealed rows that were looked at.</param>
/// <param name="Seals">Seals that were looked at.</param>
/// <param name="Fault">The first thing that is wrong; null when nothing is.</param>
/// <param name="Unsealed">Rows behind the last seal.</param>
/// <param name="UnsealedSince">The oldest of them.</param>
/// <param name="UnsealedFor">How long it waits, by the database's clock.</param>
internal sealed record VerifiedLog(long Rows, long Seals, AuditFault? Fault, long Unsealed, DateTimeOffset? UnsealedSince, TimeSpan? UnsealedFor);

/// <summary>
/// Computes everything anew, row by row and seal by seal, and names the first that is wrong. Reads one snapshot, in the memory of one seal.
/// </summary>
internal sealed class AuditVerification(NpgsqlDataSource dataSource, IdentitySource identity, SealMemory memory)
{
    private const string SelectSeal = $"select {SealedPart.Columns} from audit_seal where number > $1 order by number limit 1";

    private const string SelectRows = $"select {AuditRow.Columns} from audit_log where sequence > $1 and sequence <= $2 order by sequence";

    private const string SelectTail = "select count(*), min(at), clock_timestamp() - min(at) from audit_log where sequence > $1";

    private const string SelectFirst = "select min(sequence) from audit_log where sequence < 1";

    /// <param name="head">A seal that a region kept; it has to be in the history.</param>
    /// <param name="progress">Told after each seal: seals and rows so far.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="HubException">What this hub remembers of its seals cannot be read.</exception>
    public async Task<VerifiedLog> RunAsync(SignedAuditSeal? head, Action<long, long> progress, CancellationToken cancellationToken) =>
        await RunAsync(
            dataSource, (await identity.GetAsync(cancellationToken)).PolicySigningKey.ExportSubjectPublicKeyInfo(), memory.Load(), head, progress, cancellationToken);

    /// <summary>The same with the public half of the signing key and what the hub remembers at hand. That was read before: a seal is remembered once it is committed.</summary>
    public static async Task<VerifiedLog> RunAsync(
        NpgsqlDataSource dataSource, byte[] spki, SignedAuditSeal? remembered, SignedAuditSeal? head, Action<long, long> progress, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var (rows, seals, headLook) = (0L, 0L, new HeadLook("that was kept", head, head is null ? null : AuditSealVerifier.Open(head, spki)));
        var ownLook = new HeadLook("that this hub remembers", remembered, remembered is null ? null : AuditSeal.Parser.ParseFrom(remembered.Seal));
        SealedPart? last = null;
        var fault = headLook.Fault ?? await FirstAsync(connection, cancellationToken);
        while (fault is null && await NextAsync(connection, last?.Number ?? 0, cancellationToken) is { } part)
        {
            fault = part.Number != (last?.Number ?? 0) + 1 ? new AuditFault("seal-missing", $"seal {(last?.Number ?? 0) + 1} is missing: the next one is {part.Number}")
                : part.Fault(last?.Envelope, spki) is { } what ? new AuditFault("seal", $"seal {part.Number} (rows {part.FirstSequence} to {part.LastSequence}): {what}")
                : await RowsAsync(connection, part, cancellationToken) ?? headLook.At(part) ?? ownLook.At(part);
            if (fault is null)
            {
                (last, seals, rows) = (part, seals + 1, rows + part.Leaves.Count);
                progress(seals, rows);
            }
        }

        fault ??= headLook.AtEnd(last) ?? ownLook.AtEnd(last);
        var (unsealed, since, waits) = await TailAsync(connection, last?.LastSequence ?? 0, cancellationToken);
        return new VerifiedLog(rows, seals, fault, unsealed, since, waits);
    }

    private static async Task<SealedPart?> NextAsync(NpgsqlConnection connection, long after, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SelectSeal, connection);
        command.Parameters.AddWithValue(after);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? SealedPart.Read(reader) : null;
    }

    // The sequence begins at 1: what stands before was written by hand.
    private static async Task<AuditFault?> FirstAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SelectFirst, connection);
        return await command.ExecuteScalarAsync(cancellationToken) is long row ? Inserted(row) : null;
    }

    private static async Task<AuditFault?> RowsAsync(NpgsqlConnection connection, SealedPart part, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SelectRows, connection);
        command.Parameters.AddWithValue(part.FirstSequence - 1);
        command.Parameters.AddWithValue(part.LastSequence);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var next = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = AuditRow.Read(reader);
            if (next == part.Leaves.Count || row.Sequence < part.Leaves[next].Sequence)
            {
                return Inserted(row.Sequence);
            }

            if (row.Sequence > part.Leaves[next].Sequence)
            {
                return Missing(part.Leaves[next].Sequence, part);
            }

            if (!row.Leaf().AsSpan().SequenceEqual(part.Leaves[next].Hash))
            {
                return Changed(row, part);
            }

            next++;
        }

        return next < part.Leaves.Count ? Missing(part.Leaves[next].Sequence, part) : null;
    }

    private static AuditFault Changed(AuditRow row, SealedPart part)
    {
        foreach (var leaf in part.Leaves)
        {
            if (row.LeafAt(leaf.Sequence).AsSpan().SequenceEqual(leaf.Hash))
            {
                return new AuditFault("reordered", $"row {row.Sequence} is the one that was sealed as {leaf.Sequence} (seal {part.Number}): rows changed places");
            }
        }

        return new AuditFault("changed", $"row {row.Sequence} ({row.At:u}, {row.What}) is not as it was sealed (seal {part.Number})");
    }

    private static AuditFault Missing(long sequence, SealedPart part) => new("missing", $"row {sequence} is missing (seal {part.Number})");

    private static AuditFault Inserted(long sequence) => new("inserted", $"row {sequence} was not there when its part of the log was sealed");

    private static async Task<(long Rows, DateTimeOffset? Since, TimeSpan? For)> TailAsync(NpgsqlConnection connection, long after, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SelectTail, connection);
        command.Parameters.AddWithValue(after);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetFieldValue<DateTimeOffset>(1), reader.IsDBNull(2) ? null : reader.GetTimeSpan(2));
    }

    /// <summary>Looks for a seal that somebody keeps outside the database.</summary>
    private sealed class HeadLook(string whose, SignedAuditSeal? head, AuditSeal? seal)
    {
        public AuditFault? Fault { get; } = head is not null && seal is null ? new AuditFault("head", "the kept head is not signed by this hub's key") : null;

        public AuditFault? At(SealedPart part) => seal is not null && (ulong)part.Number == seal.Number && part.Envelope.Seal != head!.Seal
            ? new AuditFault("head", $"seal {part.Number} is another than the one {whose}, sealed {seal.SealedAt.ToDateTimeOffset():u}: the history was rewritten at or before row {seal.LastSequence}")
            : null;

        public AuditFault? AtEnd(SealedPart? last) => seal is not null && (ulong)(last?.Number ?? 0) < seal.Number
            ? new AuditFault("head", $"the log ends with seal {last?.Number ?? 0}, and {seal.Number} is the one {whose} (sealed {seal.SealedAt.ToDateTimeOffset():u}, up to row {seal.LastSequence}): the end was cut off, or an older database was put back")
            : null;
    }
}
