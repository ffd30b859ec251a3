-- What: regions, their certificates, enrolment tokens, policy versions, tasks, settings of the installation.
-- Why: who may push, under which rules, and what the hub asks of a region.
-- Who must act: nobody. Expected time on a full table: new tables, instant.

create table region (
    code            text primary key check (code ~ '^[A-Z]{2,8}$'),
    name            text not null,
    centre          text not null,
    country         text not null,
    created_at      timestamptz not null,
    -- The epoch that the hub last issued: a fencing lease. Batches of an older epoch are refused.
    epoch           bigint not null default 0,
    lease           bytea,
    -- Highest sequence committed in the epoch.
    last_sequence   bigint not null default 0,
    last_push_at    timestamptz,
    -- The push stream that may write now: the newest one. An older one is told so at its next batch.
    stream          uuid,
    agent_version   text
);

create table region_certificate (
    thumbprint      bytea primary key,              -- SHA-256 of the certificate's DER
    region          text not null references region (code),
    serial_number   text not null,
    issued_at       timestamptz not null,
    expires_at      timestamptz not null,
    revoked_at      timestamptz
);
create index region_certificate_region on region_certificate (region);

create table enrolment_token (
    token_hash      bytea primary key,              -- SHA-256 of the secret part; the token itself is shown once and not kept
    region          text not null references region (code),
    issued_at       timestamptz not null,
    expires_at      timestamptz not null,
    used_at         timestamptz
);

-- One row a version, never edited: documents are the YAML texts as legal wrote them (protobuf PolicyBundle without region).
create table policy_version (
    version         bigint primary key,
    published_at    timestamptz not null,
    valid_from      timestamptz not null,
    published_by    text not null,
    note            text not null,
    -- Batches shaped under an older version than this are answered with Reshape.
    required_version bigint not null,
    documents       bytea not null
);

create table region_task (
    task_id         uuid primary key,
    region          text not null references region (code),
    issued_at       timestamptz not null,
    body            bytea not null,                 -- protobuf RegionTask
    delivered_at    timestamptz,
    finished_at     timestamptz,
    status          smallint,
    reason          text,
    count           bigint
);
create index region_task_open on region_task (region, issued_at) where finished_at is null;
