-- What: a region's deadline and pause; alarms, and what each channel is still to be told of them; of a run, its kind, whether it was whole and when it came.
-- Why: a region that is late is noticed by headquarters, once, whichever hub process looks, and across restarts.
-- Who must act: nobody; regions without a deadline raise nothing. Expected time on a full table: seconds (a column with a constant default is not written to rows).

alter table run_report add column kind smallint not null default 0;     -- enum RunKind
alter table run_report add column complete boolean;                     -- null: from before this column
alter table run_report add column received_at timestamptz;              -- by the hub's clock; null: from before this column
create index run_report_received on run_report (region, received_at desc) where kind = 0;

create table region_deadline (
    region          text primary key references region,
    at              time not null,                  -- on clocks of the zone
    zone            text not null,                  -- IANA name
    days            smallint not null,              -- bit 0 is Sunday
    holidays        date[] not null,
    reach           interval not null,              -- how long before the deadline a run still counts for it
    set_at          timestamptz not null
);

create table region_pause (
    region          text primary key references region,
    note            text not null,
    since           timestamptz not null,
    until           timestamptz
);

create table alarm (
    id              bigint generated always as identity primary key,
    code            text not null,
    region          text not null,
    words           text not null,
    raised_at       timestamptz not null,
    cleared_at      timestamptz
);
create unique index alarm_open on alarm (code, region) where cleared_at is null;
create index alarm_raised on alarm (raised_at desc);

create table alarm_delivery (
    alarm           bigint not null references alarm,
    act             smallint not null,              -- 1 raised, 2 cleared
    channel         text not null,
    attempts        integer not null default 0,
    next_at         timestamptz not null,
    done_at         timestamptz,
    answer          text,
    primary key (alarm, act, channel)
);
create index alarm_delivery_due on alarm_delivery (next_at) where done_at is null;
