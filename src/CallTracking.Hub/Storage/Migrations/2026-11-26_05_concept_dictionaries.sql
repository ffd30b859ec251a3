-- What: a dictionary says whether it is a code table or a concept dictionary, and cases are found by their concept codes.
-- Why: regions are told of the concept dictionaries in force without naming them, and analysts ask for smoke and burns.
-- Who must act: nobody. Expected time on a full table: about a minute per 10 million cases, writers wait; few cases have codes.

alter table dictionary_version add column kind smallint not null default 0;

create index cases_concepts on cases using gin (concepts) where concepts <> '{}';
