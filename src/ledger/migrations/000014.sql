-- Evidence records (RFC 4998) over signed files: what an authority says of the time at which their bytes were there. One time-stamp is over a tree of many, and
-- a time-stamp that is renewed is renewed for all of them at once: what there is a million of holds a way through a tree, and nothing else.

create table evidence_stamp (
  number integer primary key,
  -- Of the tree: sha256, sha512, …
  digest text not null,
  root bytea not null,
  -- RFC 3161.
  token bytea not null,
  -- Format qyzmet.evidence/1: the authority's certificates, and what was said of their revocation when this stamp was made, and when it was renewed.
  evidence bytea not null,
  stamped_at timestamptz not null,
  -- When the first certificate of the authority's path ends.
  until timestamptz not null,
  -- The stamp over the digest of this token; `renewed_tree` leads from there to its root.
  renewed_by integer,
  renewed_tree bytea,
  -- No record ends here any more: every one has got a chain of another digest.
  closed boolean not null default false,
  check ((renewed_by is null) = (renewed_tree is null)),
  check (renewed_by > number)
);

-- One row a record and chain. It holds nothing but digests, and goes with the file that it is over.
create table evidence_leaf (
  home integer not null,
  case_number text collate "C" not null,
  -- Of the file.
  sha256 bytea not null,
  -- From 1. A new chain begins when the digest of the one before ages.
  chain integer not null,
  -- evidence_stamp.number; on another server where the tables are spread.
  stamp integer not null,
  -- Leads from the file's digest to the stamp's root.
  tree bytea not null,
  primary key (home, case_number, sha256, chain)
);
-- Hashes do not compress.
alter table evidence_leaf alter column tree set storage external;
