using CallTracking.Contracts;
using CallTracking.Hub.Policies;
using CallTracking.Privacy;
using Google.Protobuf;
using Npgsql;
using NpgsqlTypes;

namespace CallTracking.Hub.Ingest;

/// <summary>Closes the regions' runs: counts them from the hub's own receipts and keeps report and count side by side.</summary>
internal sealed class RunStore(NpgsqlDataSource dataSource, RuleSource rules)
{
    private const string SelectAcks = "select ack from batch_receipt where region = $1 and run_id = $2";

    private const string CountStored = "select count(*) from cases where region = $1";

    private const string Upsert = """
        insert into run_report (region, run_id, finished_at, closes, agrees, report, hub_count, kind, complete, received_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (region, run_id) do update
        set finished_at = excluded.finished_at, closes = excluded.closes, agrees = excluded.agrees,
            report = excluded.report, hub_count = excluded.hub_count, kind = excluded.kind, complete = excluded.complete
        """;

    private const string ForgetEdgeCounts = "delete from redaction_count where region = $1 and run_id = $2 and place = 1";

    private const string InsertEdgeCounts = """
        insert into redaction_count (region, run_id, place, data_class, action, jurisdiction, count)
        select $1, $2, 1, c.data_class, c.action, c.jurisdiction, sum(c.count)
        from unnest($3, $4, $5, $6) as c (data_class, action, jurisdiction, count)
        group by c.data_class, c.action, c.jurisdiction
        """;

    private const string ForgetResidents = "delete from resident_count where region = $1";

    private const string InsertResidents = """
        insert into resident_count (region, country, product_category, month, count, reported_at)
        select $1, c.country, c.category, c.month, sum(c.count), $6
        from unnest($2::text[], $3::text[], $4::text[], $5::bigint[]) as c (country, category, month, count)
        group by c.country, c.category, c.month
        """;

    private const string SelectLast = "select report from run_report where region = $1 and kind <> 2 order by finished_at desc limit 1";

    /// <summary>Counts the run from the receipts, keeps both counts (again, when the report comes again) and answers the hub's.</summary>
    /// <exception cref="Rpc.RpcException">The stream may not go on.</exception>
    public async Task<RunReportAck> CloseAsync(StreamRight right, RunReport report, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (region, runId) = (right.Region, BatchIntake.Uuid(report.RunId));
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await right.LockAsync(transaction, now, cancellationToken);
        var count = await CountAsync(connection, region, runId, cancellationToken);
        count.RunId = report.RunId;
        count.StoredCases = (ulong)await CountStoredAsync(connection, region, cancellationToken);
        count.Agrees = RunSums.Agree(report, count);

        await using var keep = new NpgsqlCommand(Upsert, connection, transaction);
        keep.Parameters.AddWithValue(region.Value);
        keep.Parameters.AddWithValue(runId);
        keep.Parameters.AddWithValue(CaseDoor.Believed(CodedCase.Instant(report.FinishedAt), now.UtcDateTime) ?? now.UtcDateTime);
        keep.Parameters.AddWithValue(RunSums.Close(report));
        keep.Parameters.AddWithValue(count.Agrees);
        keep.Parameters.AddWithValue(report.ToByteArray());
        keep.Parameters.AddWithValue(count.ToByteArray());
        keep.Parameters.AddWithValue((short)report.Kind);
        keep.Parameters.AddWithValue(report.Outcome == RunOutcome.Complete && RunSums.Close(report) && count.Agrees);
        keep.Parameters.AddWithValue(now);
        await keep.ExecuteNonQueryAsync(cancellationToken);
        await KeepEdgeCountsAsync(connection, region, runId, report.EdgeRedactions, cancellationToken);
        await KeepResidentsAsync(connection, region, report.ResidentCounts, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return count;
    }

    /// <summary>How many cases of the region are stored.</summary>
    public async Task<long> CountStoredAsync(RegionCode region, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await CountStoredAsync(connection, region, cancellationToken);
    }

    /// <summary>The report of the run that finished last, or null.</summary>
    public async Task<RunReport?> FindLastAsync(RegionCode region, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SelectLast);
        command.Parameters.AddWithValue(region.Value);
        return await command.ExecuteScalarAsync(cancellationToken) is byte[] report ? RunReport.Parser.ParseFrom(report) : null;
    }

    private static async Task<RunReportAck> CountAsync(NpgsqlConnection connection, RegionCode region, Guid runId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SelectAcks, connection);
        command.Parameters.AddWithValue(region.Value);
        command.Parameters.AddWithValue(runId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var count = new RunReportAck();
        var redactions = new Privacy.RedactionTally();
        while (await reader.ReadAsync(cancellationToken))
        {
            var ack = BatchAck.Parser.ParseFrom(reader.GetFieldValue<byte[]>(0));
            RunSums.Add(count, ack);
            foreach (var part in ack.Redactions)
            {
                redactions.Add(part.DataClass, part.Action, part.Jurisdiction, part.Count);
            }
        }

        count.HubRedactions.Add(redactions.ToCounts());
        return count;
    }

    private static async Task<long> CountStoredAsync(NpgsqlConnection connection, RegionCode region, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(CountStored, connection);
        command.Parameters.AddWithValue(region.Value);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    // The region keeps small cells to itself; one that comes all the same is not kept here either.
    private async Task KeepResidentsAsync(
        NpgsqlConnection connection, RegionCode region, IReadOnlyList<ResidentCount> counts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var book = await rules.FindAsync(cancellationToken);
        var told = counts.Where(cell => cell.Count >= (ulong)(book?.Policies.RulesFor(cell.Country, "", "", cell.ProductCategory).Residency?.Least ?? Residency.Lowest)).ToList();
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(ForgetResidents) { Parameters = { new() { Value = region.Value } } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(InsertResidents)
        {
            Parameters =
            {
                new() { Value = region.Value },
                new() { Value = told.Select(cell => cell.Country).ToArray() },
                new() { Value = told.Select(cell => cell.ProductCategory).ToArray() },
                new() { Value = told.Select(cell => cell.MonthOpened).ToArray() },
                new() { Value = told.Select(cell => (long)Math.Min(cell.Count, long.MaxValue)).ToArray() },
                new() { Value = now },
            },
        });
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task KeepEdgeCountsAsync(
        NpgsqlConnection connection, RegionCode region, Guid runId, IReadOnlyList<RedactionCount> counts, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(ForgetEdgeCounts) { Parameters = { new() { Value = region.Value }, new() { Value = runId } } });
        var insert = new NpgsqlBatchCommand(InsertEdgeCounts) { Parameters = { new() { Value = region.Value }, new() { Value = runId } } };
        RedactionParameters.Add(insert.Parameters, counts);
        batch.BatchCommands.Add(insert);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>The arithmetic of runs.</summary>
internal static class RunSums
{
    /// <summary>True when both sums of the contract hold.</summary>
    public static bool Close(RunReport run) =>
        run.Rows + run.Vanished == run.Cases + run.Folded + run.Blank + run.Filtered + run.Quarantined
        && run.Cases == run.New + run.Changed + run.Unchanged + run.Held + run.Suppressed + run.Gone;

    /// <summary>
    /// True when the region's report fits what the hub counted. What stopped at the edge never came here, so where the region
    /// counts such cases too, its number may be the larger.
    /// </summary>
    public static bool Agree(RunReport run, RunReportAck hub) =>
        run.SentCases == hub.Received
        && run.New == hub.New
        && run.Changed == hub.Changed
        && run.Unchanged >= hub.Unchanged + hub.Superseded
        && run.Held >= hub.Held
        && run.Suppressed >= hub.Suppressed
        && run.Gone >= hub.Gone
        && run.Quarantined >= hub.Rejected;

    /// <summary>Adds a batch's outcomes to the hub's count.</summary>
    public static void Add(RunReportAck count, BatchAck ack)
    {
        foreach (var run in ack.Runs)
        {
            count.Received += run.Count;
            _ = run.Outcome switch
            {
                Outcome.New => count.New += run.Count,
                Outcome.Changed => count.Changed += run.Count,
                Outcome.Unchanged => count.Unchanged += run.Count,
                Outcome.Superseded => count.Superseded += run.Count,
                Outcome.Held => count.Held += run.Count,
                Outcome.Suppressed => count.Suppressed += run.Count,
                Outcome.Gone => count.Gone += run.Count,
                _ => count.Rejected += run.Count,
            };
        }
    }
}

/// <summary>Redaction counts as four parallel arrays, which SQL takes apart with <c>unnest</c>.</summary>
internal static class RedactionParameters
{
    public static void Add(NpgsqlParameterCollection parameters, IReadOnlyList<RedactionCount> counts)
    {
        parameters.Add(new NpgsqlParameter { Value = counts.Select(count => (short)count.DataClass).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
        parameters.Add(new NpgsqlParameter { Value = counts.Select(count => (short)count.Action).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
        parameters.Add(new NpgsqlParameter { Value = counts.Select(count => count.Jurisdiction).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        parameters.Add(new NpgsqlParameter { Value = counts.Select(count => (long)count.Count).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
    }
}
