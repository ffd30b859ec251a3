using CallTracking.Contracts;
using CallTracking.Hub.Storage;
using CallTracking.Privacy;
using Google.Protobuf;
using Npgsql;

namespace CallTracking.Hub.Retention;

/// <summary>The fields by which a rule is found. All cases of one kind have the same rule.</summary>
internal readonly record struct CaseKind(string CustomerCountry, string CentreCountry, string CollectionCountry, string ProductCategory, CaseStatus Status);

/// <summary>
/// Finds, deletes and anonymizes cases whose time is over. Methods take the caller's transaction, read committed: expired cases
/// are locked by one statement and changed by the next, which sees all that pushes committed until they were locked. Rows that
/// someone else holds are left for the next batch.
/// </summary>
internal static class RetentionStore
{
    /// <summary>So many bytes of cases are anonymized at once, or one case.</summary>
    public const long PortionBytes = 8 * 1024 * 1024;

    private const string SelectKinds = """
        select customer_country, centre_country, collection_country, product_category, status from cases group by 1, 2, 3, 4, 5
        """;

    private const string Of = """

        from cases c
        join unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::smallint[])
            as kind (customer_country, centre_country, collection_country, product_category, status)
            using (customer_country, centre_country, collection_country, product_category, status)
        where ($11 or c.anonymized_at is null) and
        """;

    // The calendar arithmetic of CalendarPeriod.AddTo, in UTC: months first, clamped to the month's last day, then days. Without
    // the event that the rule counts from, the comparison is null and the case stays.
    private const string PeriodOver = """
         at time zone 'UTC' + make_interval(months => $6, days => $7) <= $10 at time zone 'UTC' and
        """;

    private const string MinimumOver = """
         at time zone 'UTC' + make_interval(months => $8, days => $9) <= $10 at time zone 'UTC'
        """;

    private const string CountByRegion = "select c.region, count(*)";
    private const string GroupByRegion = " group by c.region";
    private const string Lock = " limit $12 for update of c skip locked";

    // Texts and records are large and lie outside the row: their sizes are known without reading them.
    private const string SelectExpired = "select c.case_uid, octet_length(c.record) + octet_length(c.subject) + octet_length(c.description)";

    // History stays countable and leads to nobody: the entries get a name that stands nowhere else, and no order by which
    // removed_case could be joined to them. A case that was open ends here, or the backlog would keep it for ever.
    private const string Delete = """
        with expired as materialized (
            select case_uid, region, epoch, sequence, status, gen_random_uuid() as alias from cases where case_uid = any($1)
        ), deleted as (
            delete from cases c using expired x where c.case_uid = x.case_uid
        ), remembered as (
            insert into removed_case (case_uid, region, removed_at, reason, epoch, sequence)
            select case_uid, region, $2, 'expired', epoch, sequence from expired
            on conflict (case_uid) do update
                set removed_at = excluded.removed_at, reason = excluded.reason, epoch = excluded.epoch, sequence = excluded.sequence
        ), history as materialized (
            select e.case_uid, e.epoch, e.sequence, e.ordinal, e.backlog_delta, x.alias,
                   row_number() over (partition by x.alias order by e.epoch, e.sequence, e.ordinal) as place
            from case_events e join expired x on x.case_uid = e.case_uid
        ), renamed as (
            update case_events e set case_uid = h.alias, epoch = 0, sequence = h.place, ordinal = 0
            from history h
            where e.case_uid = h.case_uid and e.epoch = h.epoch and e.sequence = h.sequence and e.ordinal = h.ordinal
        ), ended as (
            insert into case_events (case_uid, epoch, sequence, ordinal, region, at, recorded_at, status_from, status_to, backlog_delta, changed)
            select x.alias, 0, max(h.place) + 1, 0, x.region, $2, $2, x.status, 0, -sum(h.backlog_delta), '{}'
            from expired x join history h on h.alias = x.alias
            group by x.alias, x.region, x.status
            having sum(h.backlog_delta) <> 0
        )
        select region, count(*) from expired group by region
        """;

    private const string SelectRecords = """
        select case_uid, region, record, epoch, sequence, change_hash, policy_version, subject, description, seal from cases where case_uid = any($1)
        """;

    private const string Anonymize = """
        update cases c set record = a.record, subject = '', description = '', anonymized_at = $3, seal = a.seal
        from unnest($1::uuid[], $2::bytea[], $4::uuid[]) as a (case_uid, record, seal)
        where c.case_uid = a.case_uid
        """;

    /// <summary>Every kind of case that is stored.</summary>
    public static async Task<IReadOnlyList<CaseKind>> KindsAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SelectKinds, transaction.Connection, transaction);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var kinds = new List<CaseKind>();
        while (await reader.ReadAsync(cancellationToken))
        {
            kinds.Add(new CaseKind(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), (CaseStatus)reader.GetInt16(4)));
        }

        return kinds;
    }

    /// <summary>How many cases of the group have expired by an instant, per region.</summary>
    public static async Task<IReadOnlyList<RetentionLine>> CountAsync(
        NpgsqlTransaction transaction, RetentionGroup group, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        await using var command = Command(transaction, CountByRegion + Expired(group) + GroupByRegion, group, asOf);
        return await ReadLinesAsync(command, group, cancellationToken);
    }

    /// <summary>
    /// Deletes or anonymizes at most <paramref name="limit"/> cases and answers how many of each region; none when no case is
    /// left that could be locked.
    /// </summary>
    /// <param name="transaction">Read committed, so that each statement sees what is committed when it begins.</param>
    /// <param name="group">The kinds and their rule.</param>
    /// <param name="asOf">Cases whose time was over by then.</param>
    /// <param name="limit">Cases at once. Those to anonymize are fewer where they are large: their records pass through memory.</param>
    /// <param name="now">When it was done.</param>
    /// <param name="seal">Seals what is left of a case.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<RetentionLine>> ApplyAsync(
        NpgsqlTransaction transaction, RetentionGroup group, DateTimeOffset asOf, int limit, DateTimeOffset now, CaseSeal seal, CancellationToken cancellationToken)
    {
        var deletes = group.Decision.Action == RetentionAction.Delete;
        var uids = await LockExpiredAsync(transaction, group, asOf, limit, deletes ? long.MaxValue : PortionBytes, cancellationToken);
        return uids.Length == 0 ? []
            : deletes ? await DeleteAsync(transaction, group, uids, now, cancellationToken)
            : await AnonymizeAsync(transaction, group, uids, now, seal, cancellationToken);
    }

    private static async Task<Guid[]> LockExpiredAsync(
        NpgsqlTransaction transaction, RetentionGroup group, DateTimeOffset asOf, int limit, long bytes, CancellationToken cancellationToken)
    {
        await using var command = Command(transaction, SelectExpired + Expired(group) + Lock, group, asOf);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (uids, taken) = (new List<Guid>(), 0L);
        while (await reader.ReadAsync(cancellationToken))
        {
            taken += reader.GetInt32(1);
            if (taken > bytes && uids.Count > 0)
            {
                // Locked until the transaction ends, and the next one's.
                break;
            }

            uids.Add(reader.GetGuid(0));
        }

        return [.. uids];
    }

    private static async Task<IReadOnlyList<RetentionLine>> DeleteAsync(
        NpgsqlTransaction transaction, RetentionGroup group, Guid[] uids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Delete, transaction.Connection, transaction);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = uids });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        return await ReadLinesAsync(command, group, cancellationToken);
    }

    private static async Task<IReadOnlyList<RetentionLine>> AnonymizeAsync(
        NpgsqlTransaction transaction, RetentionGroup group, Guid[] locked, DateTimeOffset now, CaseSeal seal, CancellationToken cancellationToken)
    {
        var (uids, records, regions, seals) = (new List<Guid>(), new List<byte[]>(), new List<string>(), new List<Guid?>());
        await using (var select = new NpgsqlCommand(SelectRecords, transaction.Connection, transaction))
        {
            select.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = locked });
            await using var reader = await select.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                uids.Add(reader.GetGuid(0));
                regions.Add(reader.GetString(1));
                var before = new SealedRow(
                    uids[^1], regions[^1], reader.GetInt64(3), reader.GetInt64(4), reader.GetGuid(5), reader.GetInt64(6),
                    reader.GetFieldValue<byte[]>(2), new CaseTexts(reader.GetString(7), reader.GetString(8)));
                var @case = Case.Parser.ParseFrom(before.Record.Span);
                CaseAnonymizer.Anonymize(@case);
                records.Add(@case.ToByteArray());
                seals.Add(seal.Renew(reader.IsDBNull(9) ? null : reader.GetGuid(9), before, before with { Record = records[^1], Texts = new CaseTexts("", "") }));
            }
        }

        await using var update = new NpgsqlCommand(Anonymize, transaction.Connection, transaction);
        update.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. uids] });
        update.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = [.. records] });
        update.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        update.Parameters.Add(new NpgsqlParameter<Guid?[]> { TypedValue = [.. seals] });
        await update.ExecuteNonQueryAsync(cancellationToken);
        return [.. regions.CountBy(region => region).Select(count => RetentionLine.Of(group.Decision, count.Key, count.Value))];
    }

    private static string Expired(RetentionGroup group)
    {
        var clock = group.Decision.Clock switch
        {
            RetentionClock.Opened => " c.opened_at",
            RetentionClock.Closed => " c.closed_at",
            RetentionClock.LastContact => " c.last_contact_at",
            RetentionClock.Updated => " c.updated_at",
        };
        return Of + clock + PeriodOver + clock + MinimumOver;
    }

    private static NpgsqlCommand Command(NpgsqlTransaction transaction, string sql, RetentionGroup group, DateTimeOffset asOf)
    {
        var command = new NpgsqlCommand(sql, transaction.Connection, transaction);
        AddTexts(kind => kind.CustomerCountry);
        AddTexts(kind => kind.CentreCountry);
        AddTexts(kind => kind.CollectionCountry);
        AddTexts(kind => kind.ProductCategory);
        command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = [.. group.Kinds.Select(kind => (short)kind.Status)] });
        AddPeriod(group.Decision.Period);
        AddPeriod(group.Decision.Minimum ?? group.Decision.Period);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = asOf });

        // What is anonymized already can still be deleted, but not anonymized again.
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = group.Decision.Action == RetentionAction.Delete });
        return command;

        void AddTexts(Func<CaseKind, string> field) =>
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. group.Kinds.Select(field)] });

        void AddPeriod(CalendarPeriod period)
        {
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = (period.Years * 12) + period.Months });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = (period.Weeks * 7) + period.Days });
        }
    }

    private static async Task<IReadOnlyList<RetentionLine>> ReadLinesAsync(NpgsqlCommand command, RetentionGroup group, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var lines = new List<RetentionLine>();
        while (await reader.ReadAsync(cancellationToken))
        {
            lines.Add(RetentionLine.Of(group.Decision, reader.GetString(0), reader.GetInt64(1)));
        }

        return lines;
    }
}
