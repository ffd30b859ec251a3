-- The agent's one database: what was sent (ledger), what is on its way (outbox), what could not be (quarantine), and the runs.
-- One file, so that one transaction covers a case, its batch and its count. No personal value stands here in the clear:
-- uids and hashes are keyed, payloads are AES-256-GCM under the region's storage key.
create table meta(
  id integer primary key check (id = 1),
  key_check blob not null,
  epoch integer not null,
  lease blob not null,
  next_sequence integer not null,
  acked_sequence integer not null,
  edge_digest blob not null
);

-- hash is null when the version at the hub is not known to be the source's: the next read sends the case.
create table cases(
  uid blob primary key,
  hash blob,
  sequence integer not null,
  epoch integer not null,
  source_updated integer,
  state integer not null,
  run integer not null
) without rowid;

create table outbox(
  first_sequence integer primary key,
  last_sequence integer not null,
  batch_id blob not null unique,
  run integer not null,
  policy_version integer not null,
  edge_digest blob not null,
  epoch integer not null,
  count integer not null,
  bytes integer not null,
  redactions blob not null,
  blob blob not null
);

-- report is a serialised RunReport: the counts of everything that was committed so far.
create table runs(
  number integer primary key,
  run_id blob not null,
  state integer not null,
  started_at integer not null,
  report blob not null,
  ack blob
);

-- One entry per bad row or case, replaced when the same is read again; file is empty when only the uid is known.
create table quarantine(
  source text not null,
  file text not null,
  place text not null,
  uid blob,
  reason text not null,
  stage text not null,
  field text not null,
  message text not null,
  at integer not null,
  run integer not null,
  payload blob,
  primary key (source, file, place)
) without rowid;

create index quarantine_by_uid on quarantine(uid) where uid is not null;
