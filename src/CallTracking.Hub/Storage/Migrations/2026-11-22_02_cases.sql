-- What: the cases of the world, their history, what was removed, batch receipts and run reports.
-- Why: the heart of the hub. Only redacted cases are ever written here.
-- Who must act: nobody. Expected time on a full table: new tables, instant.

-- Keyed by case_uid; every unique key contains it, so that the table can be distributed by it.
create table cases (
    case_uid            uuid primary key,
    region              text not null,
    epoch               bigint not null,
    sequence            bigint not null,
    change_hash         uuid not null,              -- 128 bit, keyed by the region: comparable, not testable
    source_updated_at   timestamptz,
    received_at         timestamptz not null,
    policy_version      bigint not null,            -- the version that shaped it at the hub
    anonymized_at       timestamptz,

    kind                smallint not null,
    customer_country    text not null,
    centre_country      text not null,
    collection_country  text not null,
    centre              text not null,
    company             text not null,
    brand               text not null,
    service             text not null,
    requester_kind      smallint not null,
    status              smallint not null,
    priority            smallint not null,
    channel             smallint not null,
    language            text not null,
    product_category    text not null,
    product_line        text not null,
    product_model       text not null,
    product_lot         text not null,
    product_firmware    text not null,
    inquiry_type        text not null,
    severity            smallint not null,
    hazards             text[] not null,
    concepts            text[] not null,
    opened_at           timestamptz,
    updated_at          timestamptz,
    closed_at           timestamptz,
    last_contact_at     timestamptz,
    csat_score          double precision,
    nps                 smallint,
    -- Redacted texts stand here and not in the record, so that they are searchable in SQL and stored once.
    subject             text not null,
    description         text not null,
    -- The redacted Case (protobuf) without subject and description.
    record              bytea not null
);
create index cases_region_uid on cases (region, case_uid);
create index cases_opened on cases (opened_at);
create index cases_country_category on cases (customer_country, product_category);
create index cases_received on cases (received_at, case_uid);

-- Append-only history: who asks how many cases were open on any date gets it from here. Holds coded fields only.
create table case_events (
    case_uid        uuid not null,
    epoch           bigint not null,
    sequence        bigint not null,
    ordinal         smallint not null,              -- one version can carry several status changes
    region          text not null,
    at              timestamptz not null,           -- business time of the change
    recorded_at     timestamptz not null,
    status_from     smallint not null,              -- 0: the case was not there
    status_to       smallint not null,              -- 0: the case is gone from the source
    backlog_delta   smallint not null,              -- +1 the case became open, -1 it ceased to be, 0 neither
    changed         text[] not null,                -- names of the coded fields that differ from the version before
    primary key (case_uid, epoch, sequence, ordinal)
);
create index case_events_at on case_events (region, at) where backlog_delta <> 0;

-- What must not come back. The uid is a keyed hash; nothing else of the case is kept.
create table removed_case (
    case_uid        uuid primary key,
    region          text not null,
    removed_at      timestamptz not null,
    reason          text not null check (reason in ('expired', 'erased', 'gone')),
    -- Order of the removed version: a tombstone of the source does not stop a later version, an expiry or erasure does.
    epoch           bigint not null,
    sequence        bigint not null
);
create index removed_case_region on removed_case (region);

-- Proof that a batch was applied, and its answer for the case that the region asks again. Pruned after 90 days.
create table batch_receipt (
    region          text not null,
    batch_id        uuid not null,
    run_id          uuid not null,
    epoch           bigint not null,
    first_sequence  bigint not null,
    last_sequence   bigint not null,
    received_at     timestamptz not null,
    policy_version  bigint not null,
    ack             bytea not null,                 -- protobuf BatchAck: outcomes and counts, no content
    primary key (region, batch_id)
);
create index batch_receipt_run on batch_receipt (region, run_id);
create index batch_receipt_received on batch_receipt (received_at);

create table run_report (
    region          text not null,
    run_id          uuid not null,
    finished_at     timestamptz not null,
    closes          boolean not null,
    agrees          boolean not null,
    report          bytea not null,                 -- protobuf RunReport
    hub_count       bytea not null,                 -- protobuf RunReportAck
    primary key (region, run_id)
);
create index run_report_finished on run_report (region, finished_at desc);

-- What redaction did, by place: counts only, no case.
create table redaction_count (
    region          text not null,
    run_id          uuid not null,
    place           smallint not null,
    data_class      smallint not null,
    action          smallint not null,
    jurisdiction    text not null,
    count           bigint not null,
    primary key (region, run_id, place, data_class, action, jurisdiction)
);

create table retention_run (
    run_id          uuid primary key,
    previewed_at    timestamptz not null,
    as_of           timestamptz not null,
    policy_version  bigint not null,
    confirmed_at    timestamptz,
    finished_at     timestamptz,
    preview         jsonb not null,                 -- counts by jurisdiction, rule, region and action
    result          jsonb
);
