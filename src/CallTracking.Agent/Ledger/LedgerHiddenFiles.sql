-- file becomes a keyed hash of the file's name, which may be that of a person; name is the name itself, sealed. Null where an earlier program wrote
-- the entry: file is the name then, until the ledger is next opened with its key.
alter table quarantine add column name blob;
