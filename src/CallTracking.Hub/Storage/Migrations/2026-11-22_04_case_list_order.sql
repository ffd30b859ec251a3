-- What: the index of opening times gets the case uid behind them.
-- Why: lists are ordered by both and start behind a given case; each page then costs the same however deep it is.
-- Who must act: nobody. Expected time on a full table: about a minute per 10 million cases, writers wait.

create index cases_opened_uid on cases (opened_at, case_uid);
drop index cases_opened;
