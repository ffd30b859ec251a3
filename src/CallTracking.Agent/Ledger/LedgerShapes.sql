-- What the columns of each source were when all of it was last read: names and kinds, sealed. Notes are forgotten whenever a case has to be
-- sent again; this is not, since it passes nothing over.
create table source_shape(
  source text not null,
  key blob not null,
  value blob not null,
  run integer not null,
  primary key(source, key)
) without rowid;
