-- Which source a case is of and the last run that met it: null and 0 until a run meets it with a program that knows this.
alter table cases add column source text;
alter table cases add column met integer not null default 0;

-- How many of a batch's cases had no row: they vanished from a complete export.
alter table outbox add column vanished integer not null default 0;

-- Cases that a complete export no longer held. Those released go to the hub as deleted; the others wait for a person's consent.
create table vanished(
  uid blob primary key,
  source text not null,
  run integer not null,
  released integer not null
) without rowid;

create index vanished_by_source on vanished(source, released);
