-- What: the transfer files of regions without a line that were taken in.
-- Why: a file that comes again is known, and one that comes late is told from a ledger that was restored from a backup.
-- Who must act: nobody. Expected time on a full table: none; the table is new.

create table transfer_file (
    region          text not null references region,
    file_id         uuid not null,
    number          bigint not null,                -- the region's own count
    made_at         timestamptz not null,           -- by the region's clock, and never after imported_at
    imported_at     timestamptz not null,           -- for the first time
    epoch           bigint not null,                -- that it was answered with
    primary key (region, file_id)
);
create index transfer_file_number on transfer_file (region, number);
