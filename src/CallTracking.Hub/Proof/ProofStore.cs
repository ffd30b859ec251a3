using CallTracking.Contracts;
using CallTracking.Privacy;
using Npgsql;

namespace CallTracking.Hub.Proof;

/// <summary>Reads what a proof counts. All of a report comes from one snapshot of the database.</summary>
internal sealed class ProofStore(NpgsqlConnection connection)
{
    private const string SelectCases = """
        select customer_country, case when customer_country = '' then collection_country else '' end,
            case when customer_country = '' then centre_country else '' end, policy_version, count(*), count(anonymized_at)
        from cases group by 1, 2, 3, 4 order by 1, 2, 3, 4
        """;

    private const string SelectRemoved = """
        select place, data_class, action, jurisdiction, sum(count)::bigint from redaction_count group by 1, 2, 3, 4 order by 1, 2, 3, 4
        """;

    private const string SelectRetention = "select run_id, previewed_at, confirmed_at, finished_at, result::text from retention_run order by previewed_at, run_id";

    private const string SelectGone = "select region, reason, count(*) from removed_case where reason <> 'lost' group by 1, 2 order by 1, 2";

    private const string SelectTightened = "select version, since, finished_at, changed, removed::text from policy_tightening order by version, since";

    // The first are as good a sample as any: uids are keyed hashes.
    private const string SelectRecords = "select record, subject, description from cases order by case_uid";

    // Quartz keeps its jobs in qrtz_…; policy_version, law_review and audit_log hold what legal and operators wrote, with names of who did;
    // account and api_token hold names of those who may look.
    private const string SelectColumns = """
        select table_name, column_name from information_schema.columns
        where table_schema = 'public' and data_type in ('text', 'character varying', 'ARRAY', 'json', 'jsonb')
          and table_name not like 'qrtz%' and table_name not in ('cases', 'policy_version', 'law_review', 'audit_log', 'account', 'api_token', 'schema_migration')
        order by 1, 2
        """;

    public Task<List<ProofCases>> CasesAsync(CancellationToken cancellationToken) => ReadAsync(
        SelectCases,
        row => new ProofCases(ProofGround.Of(row.GetString(0), row.GetString(1), row.GetString(2)), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5)),
        cancellationToken);

    public Task<List<ProofRemoved>> RemovedAsync(CancellationToken cancellationToken) => ReadAsync(
        SelectRemoved,
        row => new ProofRemoved(
            ((RedactionPlace)row.GetInt16(0)).ToString().ToLowerInvariant(), DataClassNames.Of((DataClass)row.GetInt16(1)),
            RuleWords.Of((RedactionAction)row.GetInt16(2)), row.GetString(3), row.GetInt64(4)),
        cancellationToken);

    public Task<List<ProofRetention>> RetentionAsync(CancellationToken cancellationToken) => ReadAsync(
        SelectRetention,
        row => new ProofRetention(row.GetGuid(0), row.GetFieldValue<DateTimeOffset>(1), Instant(row, 2), Instant(row, 3), row.IsDBNull(4) ? null : row.GetString(4)),
        cancellationToken);

    public Task<List<ProofGone>> GoneAsync(CancellationToken cancellationToken) => ReadAsync(
        SelectGone, row => new ProofGone(row.GetString(0), row.GetString(1), row.GetInt64(2)), cancellationToken);

    public Task<List<ProofTightened>> TightenedAsync(CancellationToken cancellationToken) => ReadAsync(
        SelectTightened,
        row => new ProofTightened(row.GetInt64(0), row.GetFieldValue<DateOnly>(1), Instant(row, 2), row.GetInt64(3), row.GetString(4)),
        cancellationToken);

    /// <summary>Hands all stored cases to the scanner.</summary>
    /// <param name="scanner">Takes them.</param>
    /// <param name="limit">The texts of at most so many are looked through.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task ScanCasesAsync(ProofScanner scanner, long limit, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SelectRecords, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        for (var cases = 0L; await reader.ReadAsync(cancellationToken); cases++)
        {
            scanner.Look(reader.GetFieldValue<byte[]>(0), reader.GetString(1), reader.GetString(2), searches: cases < limit);
        }
    }

    /// <summary>Hands every text of every other table to the scanner.</summary>
    public async Task ScanTablesAsync(ProofScanner scanner, long limit, CancellationToken cancellationToken)
    {
        foreach (var (table, column) in await ReadAsync(SelectColumns, row => (row.GetString(0), row.GetString(1)), cancellationToken))
        {
#pragma warning disable CA2100 // Names come from the catalogue of our own schema.
            await using var command = new NpgsqlCommand($"select \"{column}\"::text from \"{table}\" where \"{column}\" is not null limit $1", connection);
#pragma warning restore CA2100
            command.Parameters.AddWithValue(limit);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                scanner.LookAt($"{table}.{column}", reader.GetString(0));
            }
        }
    }

    private static DateTimeOffset? Instant(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);

    private async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
