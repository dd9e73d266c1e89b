-- Seals over the heads of all cases. The leaves are a log: one row for each head of a case that was ever sealed, numbered from 0 in the order in
-- which they were sealed. A seal is the root of the Merkle tree (RFC 9162, 2.1) over the first `size` leaves, and names the seal before it.

-- Distributed by home like the cases whose heads they are. `position` is given by the one sealer, from the seal before: no sequence, and no
-- unique key across homes; that no number is missing or comes twice is what the root says.
create table seal_leaf (
  home integer not null,
  case_number text collate "C" not null,
  version integer not null,
  head bytea not null,
  position bigint not null,
  primary key (home, case_number, version)
);
create index seal_leaf_position on seal_leaf (position);

-- Roots of whole subtrees of 256, 65,536, … leaves (level 1, 2, …): so that a path is found without hashing all leaves. Derivable; `verify` does.
create table seal_node (
  level integer not null,
  position bigint not null,
  hash bytea not null,
  primary key (level, position)
);

-- `body` is the canonical text that the hash covers, as of an event.
create table seal (
  number integer primary key,
  hash bytea not null,
  body text not null
);

create trigger append_only before update or delete on seal_leaf for each row execute function refuse_change();
create trigger append_only before update or delete on seal_node for each row execute function refuse_change();
create trigger append_only before update or delete on seal for each row execute function refuse_change();
