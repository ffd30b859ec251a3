-- What: who reviewed which law pack or policy document, and what they had to say.
-- Why: "not reviewed by counsel" is shown wherever a document is used until a person records a review of its very text.
-- Who must act: nobody. Expected time on a full table: new table, instant.

create table law_review (
    code            text not null,                  -- the jurisdiction
    digest          text not null,                  -- SHA-256 of the document's text: another text is not reviewed
    reviewed_at     timestamptz not null,
    reviewed_by     text not null,
    note            text not null,
    primary key (code, digest, reviewed_at)
);
