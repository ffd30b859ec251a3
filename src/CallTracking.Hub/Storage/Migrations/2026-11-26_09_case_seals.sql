-- What: each stored case gets a seal, a MAC under a key that lies beside the hub.
-- Why: who can write to the database must not be able to change a case or its receipts unseen (calltracking-hub cases verify).
-- Who must act: nobody; back up case-seal.key in the state folder. Cases from before have none until they change; verify counts them.
-- Expected time on a full table: no rewrite, instant.

alter table cases add column seal uuid;
