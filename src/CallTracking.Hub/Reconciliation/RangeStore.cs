using CallTracking.Contracts;
using CallTracking.Hub.Cases;
using CallTracking.Hub.Ingest;
using CallTracking.Hub.Storage;
using Google.Protobuf;
using Npgsql;

namespace CallTracking.Hub.Reconciliation;

/// <summary>What the hub has of a range: at most <see cref="RangeStore.MostVersions"/> of its cases by name, the sum over all of them.</summary>
internal sealed class RangeFound
{
    public List<StoredVersion> Versions { get; } = [];

    /// <summary>Rows that are not as the hub wrote them, with the row versions that were judged.</summary>
    public List<(Guid Uid, string RowVersion)> Broken { get; } = [];

    public bool IsTooMany { get; set; }

    public uint Unsealed { get; set; }
}

/// <summary>Reads ranges of one region's cases, each in a statement of its own, and notes what was done to them by hand.</summary>
internal sealed class RangeStore(NpgsqlDataSource dataSource, CaseSeal seal, ReconcileRight right, TimeProvider clock)
{
    /// <summary>So many cases of a range are named.</summary>
    public const int MostVersions = 4096;

    private const int Patience = 300;

    private const string Of = " from cases where region = $1 and case_uid >= $2 and case_uid <= $3";

    private const string Select = $"select case_uid, change_hash, anonymized_at is not null{Of}";

    private const string SelectWhole = $"select {CaseVerification.Columns}, anonymized_at is not null, xmin::text{Of}";

    private const string SelectRemoved = """
        select case_uid, reason from removed_case
        where region = $1 and case_uid >= $2 and case_uid <= $3 and reason <> 'lost'
        limit $4
        """;

    // Any version of the region is newer than it then; its content stays until that comes. Only the row that was judged.
    private const string Void = """
        update cases c
        set change_hash = '00000000-0000-0000-0000-000000000000', epoch = 0, sequence = 0, source_updated_at = null
        from unnest($2, $3) as broken (case_uid, row_version)
        where c.case_uid = broken.case_uid and c.region = $1 and c.xmin::text = broken.row_version and c.sequence <> 0
        """;

    // Only what was here, and of this region: its history says so. Whatever else is named stays unknown.
    private const string NoteLost = """
        insert into removed_case (case_uid, region, removed_at, reason, epoch, sequence)
        select distinct e.case_uid, $2, $3::timestamptz, 'lost', 0, 0
        from case_events e
        where e.case_uid = any($1) and e.region = $2 and not exists (select from cases c where c.case_uid = e.case_uid)
        on conflict (case_uid) do nothing
        """;

    private static readonly byte[] NoHash = new byte[CaseUid.Size];

    /// <summary>Reads a range and adds what should be there to the sum.</summary>
    /// <exception cref="Rpc.RpcException">The caller may not (any more).</exception>
    public async Task<RangeFound> ReadAsync(UidRange range, bool checksSeals, RangeSum sum, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var look = new NpgsqlBatch(connection)
        {
            Timeout = Patience,
            BatchCommands = { right.ToCommand(clock.GetUtcNow()), Command(checksSeals ? SelectWhole : Select, range) },
        };
        await using var reader = await look.ExecuteReaderAsync(cancellationToken);
        await ReconcileRight.RequireAsync(reader, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var found = new RangeFound();
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = checksSeals ? Judge(reader, found) : new Row(reader.GetGuid(0), reader.GetGuid(1), reader.GetBoolean(2), null);
            Take(row, found, sum);
        }

        return found;
    }

    /// <summary>Adds what may not be at the hub, or is gone from its source, to what was found of the range.</summary>
    public async Task AddRemovedAsync(UidRange range, RangeFound found, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var look = new NpgsqlBatch(connection) { Timeout = Patience, BatchCommands = { Command(SelectRemoved, range) } };
        look.BatchCommands[0].Parameters.Add(new() { Value = MostVersions + 1 - found.Versions.Count });
        await using var reader = await look.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Versions.Add(new StoredVersion
            {
                CaseUid = CaseUid.FromGuid(reader.GetGuid(0)).ToByteString(),
                State = reader.GetString(1) == RemovedCase.Gone ? Outcome.Gone : Outcome.Suppressed,
            });
        }

        found.IsTooMany = found.Versions.Count > MostVersions;
    }

    /// <summary>Has the region's version of these taken, whatever its order. Says how many were as they were judged.</summary>
    /// <exception cref="Rpc.RpcException">The caller may not (any more).</exception>
    public Task<int> VoidAsync(RangeFound found, CancellationToken cancellationToken) => WriteAsync(
        Void, [right.Region, found.Broken.Select(row => row.Uid).ToArray(), found.Broken.Select(row => row.RowVersion).ToArray()], cancellationToken);

    /// <summary>Has the history of these go on when they come back. Says how many had been here and are not.</summary>
    /// <exception cref="Rpc.RpcException">The caller may not (any more).</exception>
    public Task<int> NoteLostAsync(Guid[] uids, CancellationToken cancellationToken) =>
        WriteAsync(NoteLost, [uids, right.Region, clock.GetUtcNow()], cancellationToken);

    private async Task<int> WriteAsync(string sql, object[] values, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await right.LockAsync(transaction, clock.GetUtcNow(), cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection, transaction) { CommandTimeout = Patience };
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        var rows = await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return rows;
    }

    private Row Judge(NpgsqlDataReader reader, RangeFound found)
    {
        var (uid, hash, isAnonymized) = (reader.GetGuid(0), reader.GetGuid(4), reader.GetBoolean(CaseVerification.ColumnCount));
        if (CaseVerification.IsUnsealed(reader))
        {
            found.Unsealed++;
            return new Row(uid, hash, isAnonymized, null);
        }

        return new Row(uid, hash, isAnonymized, CaseVerification.FaultOf(reader, seal) is null ? null : reader.GetString(CaseVerification.ColumnCount + 1));
    }

    private static void Take(Row row, RangeFound found, RangeSum sum)
    {
        var uid = CaseUid.FromGuid(row.Uid);
        var hash = row.BrokenVersion is null ? row.Hash.ToByteArray(bigEndian: true) : NoHash;
        if (!row.IsAnonymized)
        {
            sum.Add(uid, hash);
            if (row.BrokenVersion is { } version && found.Broken.Count < MostVersions)
            {
                found.Broken.Add((row.Uid, version));
            }
        }

        if (found.Versions.Count > MostVersions)
        {
            found.IsTooMany = true;
            return;
        }

        found.Versions.Add(new StoredVersion
        {
            CaseUid = uid.ToByteString(),
            ChangeHash = UnsafeByteOperations.UnsafeWrap(hash),
            State = row.IsAnonymized ? Outcome.Suppressed : Outcome.Unspecified,
            Altered = row.BrokenVersion is not null,
        });
    }

    private NpgsqlBatchCommand Command(string sql, UidRange range) => new(sql)
    {
        Parameters = { new() { Value = right.Region }, new() { Value = range.First.ToGuid() }, new() { Value = range.Last.ToGuid() } },
    };

    // BrokenVersion: which version of the row it is, when it is not as the hub wrote it.
    private readonly record struct Row(Guid Uid, Guid Hash, bool IsAnonymized, string? BrokenVersion);
}
