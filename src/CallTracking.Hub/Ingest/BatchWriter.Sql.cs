namespace CallTracking.Hub.Ingest;

internal sealed partial class BatchWriter
{
    // Every row is found by its key. Without statistics on what was just loaded the planner would sometimes read all of cases
    // for each batch instead; here it may not. Planning anew and compiling would cost more than the statements.
    private const string PrepareSession = """
        set enable_seqscan = off;
        set enable_hashjoin = off;
        set enable_mergejoin = off;
        set jit = off;
        create temp table if not exists staged_case (like cases) on commit delete rows
        """;

    private const string PolicyInForce = "select coalesce(max(version), 0) from policy_version where valid_from <= $1";

    private const string FindReceipt = "select ack from batch_receipt where region = $1 and batch_id = $2";

    // Locks the rows: whoever removes a case meanwhile is waited for, and its trace is seen by the next statement.
    private const string LockCases = $"""
        select case_uid, region, epoch, sequence, change_hash, source_updated_at, policy_version, anonymized_at is not null, {CodedCase.Columns}
        from cases
        where case_uid = any($1)
        for update
        """;

    private const string FindRemoved = """
        select case_uid, region, reason, removed_at, epoch, sequence from removed_case where case_uid = any($1)
        """;

    private const string FindLastEvents = """
        select distinct on (case_uid) case_uid, at, status_from, status_to
        from case_events where case_uid = any($1)
        order by case_uid, epoch desc, sequence desc, ordinal desc
        """;

    private const string CaseColumns = $"""
        case_uid, region, epoch, sequence, change_hash, source_updated_at, received_at, policy_version, {CodedCase.Columns},
        subject, description, record, seal
        """;

    private const string CopyIntoCases = $"copy cases ({CaseColumns}) from stdin (format binary)";

    private const string CopyIntoStaging = $"copy staged_case ({CaseColumns}) from stdin (format binary)";

    private const string UpdateFromStaging = """
        update cases c
        set region = s.region, epoch = s.epoch, sequence = s.sequence, change_hash = s.change_hash,
            source_updated_at = s.source_updated_at, received_at = s.received_at, policy_version = s.policy_version,
            kind = s.kind, customer_country = s.customer_country, centre_country = s.centre_country,
            collection_country = s.collection_country, centre = s.centre, company = s.company, brand = s.brand,
            service = s.service, requester_kind = s.requester_kind, status = s.status, priority = s.priority,
            channel = s.channel, language = s.language, product_category = s.product_category,
            product_line = s.product_line, product_model = s.product_model, product_lot = s.product_lot,
            product_firmware = s.product_firmware, inquiry_type = s.inquiry_type, severity = s.severity,
            hazards = s.hazards, concepts = s.concepts, opened_at = s.opened_at, updated_at = s.updated_at,
            closed_at = s.closed_at, last_contact_at = s.last_contact_at, csat_score = s.csat_score, nps = s.nps,
            subject = s.subject, description = s.description, record = s.record, seal = s.seal
        from staged_case s
        where c.case_uid = s.case_uid
        """;

    private const string CopyIntoEvents = """
        copy case_events (case_uid, epoch, sequence, ordinal, region, at, recorded_at, status_from, status_to, backlog_delta, changed)
        from stdin (format binary)
        """;

    private const string ForgetGone = "delete from removed_case where case_uid = any($1) and reason in ('gone', 'lost')";

    private const string DeleteCases = "delete from cases where case_uid = any($1)";

    private const string RememberRemoved = """
        insert into removed_case (case_uid, region, removed_at, reason, epoch, sequence)
        select r.case_uid, $4, $5, r.reason, $6, r.sequence
        from unnest($1, $2, $3) as r (case_uid, reason, sequence)
        on conflict (case_uid) do update
        set removed_at = excluded.removed_at, reason = excluded.reason, epoch = excluded.epoch, sequence = excluded.sequence
        where removed_case.reason in ('gone', 'lost') and (removed_case.epoch, removed_case.sequence) < (excluded.epoch, excluded.sequence)
        """;

    private const string InsertReceipt = """
        insert into batch_receipt (region, batch_id, run_id, epoch, first_sequence, last_sequence, received_at, policy_version, ack)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    private const string AddRedactions = """
        insert into redaction_count (region, run_id, place, data_class, action, jurisdiction, count)
        select $1, $2, 2, c.data_class, c.action, c.jurisdiction, c.count
        from unnest($3, $4, $5, $6) as c (data_class, action, jurisdiction, count)
        on conflict (region, run_id, place, data_class, action, jurisdiction) do update
        set count = redaction_count.count + excluded.count
        """;

    private const string AdvanceRegion = "update region set last_sequence = greatest(last_sequence, $2), last_push_at = $3 where code = $1";

    private const string RetireEpoch = """
        update region set epoch = epoch + 1, lease = null, last_sequence = 0, stream = null, other_agent_at = $2 where code = $1
        """;
}
