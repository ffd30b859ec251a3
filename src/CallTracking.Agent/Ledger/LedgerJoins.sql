-- The most that each join of the mapping gave the case: a few bytes, null where it joins nothing or until a program reads it that knows this.
alter table cases add column joined blob;
