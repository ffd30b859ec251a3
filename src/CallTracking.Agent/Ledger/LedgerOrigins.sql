-- What shaped the versions that were sent, but for their rows: one line per file, mapping and edge rules, which many cases share. key is a keyed
-- hash of all of it, value is sealed, for names of files may tell of people.
create table origin(
  number integer primary key,
  key blob not null unique,
  source text not null,
  value blob not null
);

-- Null until a version is sent with a program that knows this.
alter table cases add column origin integer;
alter table cases add column source_row integer;
