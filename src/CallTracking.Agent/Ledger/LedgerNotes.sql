-- What sources remember from run to run, such as how far a file was read: key is a keyed hash of what it is about, value is sealed.
create table source_note(
  source text not null,
  key blob not null,
  value blob not null,
  run integer not null,
  primary key (source, key)
) without rowid;
