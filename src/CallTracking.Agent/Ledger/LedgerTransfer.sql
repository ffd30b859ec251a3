-- Files that were exported, and those that headquarters answered.
create table if not exists transfer(
  number integer primary key,
  file_id blob not null,
  made_at integer not null,
  answered_at integer
);

-- Answers to tasks that came with receipts: they travel with each export until one that had them was answered. exported is 0 before the first.
create table if not exists task_result(
  task_id blob primary key,
  result blob not null,
  exported integer not null default 0
) without rowid;
