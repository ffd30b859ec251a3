-- What: who may look at pages and REST: API tokens, local accounts, their sessions and what guards their passwords.
-- Why: one token for all tells nobody apart, can be bound to no region, and ends for all when it ends for one.
-- Who must act: nobody; hubs on loopback and with web.access_token_file go on as before. Expected time on a full table: new tables, instant.

create table api_token (
    id              text primary key,
    token_hash      bytea not null unique,          -- SHA-256; the token itself is shown once and not kept
    name            text not null,
    role            text not null,
    regions         text[] not null,
    created_at      timestamptz not null,
    created_by      text not null,
    expires_at      timestamptz not null,
    revoked_at      timestamptz,
    last_used_on    date,
    check ((role = 'regional') = (cardinality(regions) > 0))
);

create table account (
    id              text primary key,
    name            text not null,
    -- The name as it is compared: in one form and in lower case.
    name_key        text not null unique,
    role            text not null,
    regions         text[] not null,
    password_hash   text not null,
    created_at      timestamptz not null,
    created_by      text not null,
    password_at     timestamptz not null,
    disabled_at     timestamptz,
    last_sign_in_on date,
    check ((role = 'regional') = (cardinality(regions) > 0))
);

create table account_session (
    id_hash         bytea primary key,              -- SHA-256 of what stands in the cookie
    account         text not null references account (id) on delete cascade,
    begun_at        timestamptz not null,
    seen_at         timestamptz not null,
    ends_at         timestamptz not null
);
create index account_session_account on account_session (account);

-- Browsers in which somebody has signed in: guesses made elsewhere do not lock them.
create table known_browser (
    id_hash         bytea not null,
    account         text not null references account (id) on delete cascade,
    seen_at         timestamptz not null,
    primary key (account, id_hash)
);

-- Wrong passwords in a row, for names that exist and names that do not: the key is a digest, so that both look the same.
create table sign_in_guard (
    key             bytea primary key,
    failures        integer not null,
    failed_at       timestamptz not null,
    locked_until    timestamptz
);
create index sign_in_guard_failed_at on sign_in_guard (failed_at);
