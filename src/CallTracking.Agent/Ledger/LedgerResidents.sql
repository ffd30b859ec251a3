-- Cases that stay in the region, with what their counts are told by, and the smallest count that may be told.
create table resident(
  uid blob primary key,
  country text not null,
  category text not null,
  month text not null,
  least integer not null
) without rowid;
