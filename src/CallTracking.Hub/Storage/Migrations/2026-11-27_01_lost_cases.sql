-- What: removed_case knows cases that were deleted by hand and that their region sends again.
-- Why: such a case comes as if it were new, and its history stands already: begun anew, the backlog would count it twice.
-- Who must act: nobody. Expected time on a full table: reads removed_case once, seconds per 10 million rows.

alter table removed_case drop constraint removed_case_reason_check;
alter table removed_case add constraint removed_case_reason_check check (reason in ('expired', 'erased', 'gone', 'lost'));
