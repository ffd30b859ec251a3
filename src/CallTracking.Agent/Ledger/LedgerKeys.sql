-- The highest version of the keys of pseudonyms under which cases were shaped.
alter table meta add column pseudonym_version integer not null default 1;
