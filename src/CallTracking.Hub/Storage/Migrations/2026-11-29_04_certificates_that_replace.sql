-- What: which certificate, once it is used, shuts the region's older ones out.
-- Why: an enrolment of which the answer got lost left a region with a token used up and its working certificate revoked.
-- Who must act: nobody. Expected time on a full table: instant (a column with a constant default is not written to rows).

alter table region_certificate add column replaces boolean not null default false;  -- from an enrolment, and not used yet
