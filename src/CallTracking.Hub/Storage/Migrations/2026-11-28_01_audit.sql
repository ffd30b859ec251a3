-- What: the audit log, its seals, and what keeps both from being changed.
-- Why: who published, let in, shut out, removed or looked must be known afterwards, also where headquarters would rather not.
-- Who must act: nobody. What was done before is not in it. Expected time on a full table: new tables, instant.

create sequence audit_sequence;

create table audit_log (
    sequence        bigint primary key,             -- has gaps, where what took a number was rolled back
    at              timestamptz not null,
    who             text not null,                  -- command:root, person:a-…, region:DE, job:retention, hub, nobody
    what            text not null,                  -- a stable code: policy.published
    subject         text not null,                  -- on what
    detail          text not null                   -- canonical JSON; jsonb would write it in its own way
);
create index audit_log_what on audit_log (what, sequence);

create table audit_seal (
    number          bigint primary key,             -- from 1, without gaps
    first_sequence  bigint not null,
    last_sequence   bigint not null unique,
    leaves          bytea not null,                 -- 40 bytes a row: its sequence, its hash; they name the row that was changed
    seal            bytea not null,                 -- protobuf AuditSeal, as it was signed
    signature       bytea not null,
    key_id          text not null
);

-- In this order: a transaction has its number before it takes one of the sequence. So whoever reads the sequence and then takes a
-- transaction's number knows that all who took an earlier one of the sequence have earlier transactions (see Audit/AuditSealer).
create function audit_log_number() returns trigger language plpgsql as $$
begin
    perform pg_current_xact_id();
    new.sequence := nextval('audit_sequence');
    new.at := clock_timestamp();
    return new;
end $$;
create trigger audit_log_number before insert on audit_log for each row execute function audit_log_number();

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log is only ever added to' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_log_kept before update or delete on audit_log for each row execute function audit_is_append_only();
create trigger audit_log_not_emptied before truncate on audit_log for each statement execute function audit_is_append_only();
create trigger audit_seal_kept before update or delete on audit_seal for each row execute function audit_is_append_only();
create trigger audit_seal_not_emptied before truncate on audit_seal for each statement execute function audit_is_append_only();

revoke update, delete, truncate on audit_log, audit_seal from public, current_user;
