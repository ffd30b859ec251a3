-- What: the group's code tables, a row a version and its entries in pages.
-- Why: regions map their words to the group's codes; a version that was published is never edited and says who answers for it.
-- Who must act: nobody. Expected time on a full table: new tables, instant.

create table dictionary_version (
    name            text not null check (name ~ '^[a-z][a-z0-9-]{0,63}$'),
    version         integer not null check (version > 0),
    published_at    timestamptz not null,
    published_by    text not null,
    note            text not null,
    entries         integer not null,
    pages           integer not null,
    -- SHA-256 over the entries: two versions with one digest say the same.
    digest          bytea not null,
    primary key (name, version)
);

create table dictionary_page (
    name            text not null,
    version         integer not null,
    page            integer not null,
    content         bytea not null,                 -- protobuf Dictionary, as it is signed and sent
    primary key (name, version, page),
    foreign key (name, version) references dictionary_version (name, version)
);
