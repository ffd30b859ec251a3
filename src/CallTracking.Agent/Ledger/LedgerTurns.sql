-- comparisons: how many have looked at a sixteenth of the seals; the next looks at the next one.
-- stale_pages: 1 from the moment in which names were hidden until the file was written anew without what they were written over.
alter table meta add column comparisons integer not null default 0;
alter table meta add column stale_pages integer not null default 0;
