-- What the hub was found to have where the ledger's row says otherwise, lawfully or for want of anything to send: it counts as equal until either
-- side changes. epoch and sequence are of the ledger's row then, 0 where it had none: a later version speaks for itself.
create table noted(
  uid blob primary key,
  hash blob not null,
  epoch integer not null,
  sequence integer not null
) without rowid;

-- Cases that were deleted or changed by hand at the hub, until it was seen what became of them.
create table wound(
  uid blob primary key,
  kind integer not null
) without rowid;
