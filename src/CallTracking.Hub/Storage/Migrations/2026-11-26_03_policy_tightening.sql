-- What: a row for each change of what holds, with how far the stored cases were brought to it.
-- Why: rules that became tighter apply to what is stored, too; a run that was killed goes on where it stopped.
-- Who must act: nobody. The next start looks through the stored cases once. Expected time on a full table: new table, instant.

create table policy_tightening (
    version         bigint not null,
    since           date not null,                  -- the day since which just this holds under the version
    started_at      timestamptz not null,
    finished_at     timestamptz,
    concerned       bigint not null,                -- cases that some rule of theirs asks more of than the one that shaped them
    looked          bigint not null default 0,
    changed         bigint not null default 0,
    asked_again     bigint,                         -- cases that their regions are asked for because headquarters may have more
    last_uid        uuid not null default '00000000-0000-0000-0000-000000000000',
    removed         jsonb not null default '{}',    -- the receipt: values by class and action
    primary key (version, since)
);
