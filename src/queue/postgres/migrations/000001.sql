-- The hall's log: one row a line, numbered without gaps within a branch's day. Who comes second to a number decides again.
create table queue_line (
  home integer not null,
  branch text collate "C" not null,
  day date not null,
  seq integer not null,
  -- Tells a line that we wrote and never heard of from another's: two takers in one second write the same words.
  writer uuid not null,
  line text not null,
  primary key (home, branch, day, seq)
);
