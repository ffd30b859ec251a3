-- What: a region knows from where it was pushed last, and when two of its agents were met.
-- Why: a ledger from a backup and a second agent with a copy of one look the same by their order; the place tells them apart.
-- Who must act: nobody. Expected time on a full table: milliseconds; one row per region.

alter table region add column place bytea;
alter table region add column other_agent_at timestamptz;
