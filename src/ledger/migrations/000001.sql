-- The ledger. `home` leads every key, and no key, sequence or foreign key spans homes: the tables can be distributed by it.

-- One row a case: what a command locks and moves.
create table case_head (
  home integer not null,
  number text collate "C" not null,
  version integer not null,
  head bytea not null,
  primary key (home, number)
) with (fillfactor = 80);

-- `body` is the canonical text that the hash covers, so that checking never depends on how a database prints JSON.
create table event (
  home integer not null,
  case_number text collate "C" not null,
  seq integer not null,
  hash bytea not null,
  body text not null,
  primary key (home, case_number, seq)
);

-- Values that a lawful order can destroy; the chain holds only their salted digests.
create table personal (
  home integer not null,
  case_number text collate "C" not null,
  seq integer not null,
  sealed bytea not null,
  primary key (home, case_number, seq)
);

-- A case's key, wrapped by the installation's. `wrapped` is null when it was destroyed.
create table case_key (
  home integer not null,
  case_number text collate "C" not null,
  wrapped bytea,
  made_at timestamptz not null default now(),
  primary key (home, case_number)
);

create table command (
  home integer not null,
  key text collate "C" not null,
  case_number text collate "C" not null,
  version integer not null,
  request_hash text not null,
  result text not null,
  primary key (home, key)
);

create table file (
  home integer not null,
  case_number text collate "C" not null,
  sha256 bytea not null,
  size integer not null,
  put_at timestamptz not null default now(),
  primary key (home, case_number, sha256)
);

create table file_chunk (
  home integer not null,
  case_number text collate "C" not null,
  sha256 bytea not null,
  position integer not null,
  sealed bytea not null,
  primary key (home, case_number, sha256, position)
);
-- Ciphertext does not compress.
alter table file_chunk alter column sealed set storage external;
alter table personal alter column sealed set storage external;

create table law_file (
  sha256 bytea primary key,
  path text not null,
  text text not null
);

-- The contents that a path had, in order; every one after the first is a correction with its reason.
create table law_version (
  path text collate "C" not null,
  ordinal integer not null,
  sha256 bytea not null,
  reason text,
  actor jsonb,
  at timestamptz,
  primary key (path, ordinal),
  check (ordinal = 1 or (reason is not null and actor is not null and at is not null))
);

create table read_journal (
  home integer not null,
  id uuid not null,
  at timestamptz not null,
  who text not null,
  role text not null,
  purpose text not null,
  cases text[] not null,
  primary key (home, id)
);
create index read_journal_cases on read_journal using gin (cases);

create table setting (
  name text primary key,
  value jsonb not null
);

-- Views: derived, rebuilt by replay, in no backup.

create table case_view (
  home integer not null,
  case_number text collate "C" not null,
  key text collate "C" not null,
  regulation text not null,
  edition text not null,
  channel text not null,
  status text collate "C" not null,
  open boolean not null,
  provider text collate "C" not null,
  branch text collate "C" not null,
  iin text collate "C",
  name_folded text collate "C",
  receipt_digest text collate "C",
  opened_at timestamptz not null,
  due_at timestamptz not null,
  doc jsonb not null,
  primary key (home, case_number, key)
) with (fillfactor = 80);
create index case_view_iin on case_view (iin, opened_at) where iin is not null;
create index case_view_name on case_view (name_folded, home, case_number) where name_folded is not null;
create unique index case_view_receipt on case_view (home, receipt_digest) where receipt_digest is not null;
create index case_view_provider on case_view (provider, opened_at, home, case_number);
create index case_view_open on case_view (provider, status) where open;

create table work_item (
  home integer not null,
  case_number text collate "C" not null,
  key text collate "C" not null,
  step text not null,
  role text collate "C" not null,
  organisation text collate "C" not null,
  unit text collate "C" not null,
  assignee text collate "C",
  since timestamptz not null,
  due_at timestamptz not null,
  norm jsonb,
  title text,
  doc jsonb not null,
  primary key (home, case_number, key)
);
create index work_item_place on work_item (organisation, role, unit, due_at, home, case_number, key);
create index work_item_assignee on work_item (assignee, due_at, home, case_number, key) where assignee is not null;

create table due (
  home integer not null,
  case_number text collate "C" not null,
  key text collate "C" not null,
  kind text not null,
  clause text,
  due_at timestamptz not null,
  warn_at timestamptz,
  state text not null,
  -- When the sweeper has something to mark; null: nothing more.
  next_at timestamptz,
  doc jsonb not null,
  primary key (home, case_number, key)
);
create index due_next on due (next_at, home, case_number, key) where next_at is not null;

create table custody_item (
  home integer not null,
  case_number text collate "C" not null,
  key text collate "C" not null,
  what text not null,
  holder_kind text not null,
  holder_organisation text collate "C" not null,
  holder_unit text collate "C" not null,
  holder_person text collate "C",
  since timestamptz not null,
  doc jsonb not null,
  primary key (home, case_number, key)
);
create index custody_item_holder on custody_item (holder_organisation, holder_unit, since, home, case_number, key);

-- One function a view turns the caller's rows into the table's: appending, verifying and importing cannot disagree.

create function case_view_rows(rows jsonb) returns setof case_view language sql stable as $$
  select r.home, r.case_number, r.key, r.regulation, r.edition, r.channel, r.status, coalesce(r.open, true), coalesce(r.provider, ''),
    coalesce(r.branch, ''), r.iin, r.name_folded, r.receipt_digest, r.opened_at, coalesce(r.due_at, 'infinity'), coalesce(r.doc, '{}')
  from jsonb_populate_recordset(null::case_view, rows) as r
$$;

create function work_item_rows(rows jsonb) returns setof work_item language sql stable as $$
  select r.home, r.case_number, r.key, r.step, r.role, coalesce(r.organisation, ''), coalesce(r.unit, ''), r.assignee, r.since,
    coalesce(r.due_at, 'infinity'), r.norm, r.title, coalesce(r.doc, '{}')
  from jsonb_populate_recordset(null::work_item, rows) as r
$$;

create function due_rows(rows jsonb) returns setof due language sql stable as $$
  select r.home, r.case_number, r.key, r.kind, r.clause, r.due_at, r.warn_at, r.state,
    case r.state when 'running' then coalesce(r.warn_at, r.due_at) when 'warned' then r.due_at end, coalesce(r.doc, '{}')
  from jsonb_populate_recordset(null::due, rows) as r
$$;

create function custody_item_rows(rows jsonb) returns setof custody_item language sql stable as $$
  select r.home, r.case_number, r.key, r.what, r.holder_kind, coalesce(r.holder_organisation, ''), coalesce(r.holder_unit, ''),
    r.holder_person, r.since, coalesce(r.doc, '{}')
  from jsonb_populate_recordset(null::custody_item, rows) as r
$$;

-- What happened is never edited.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'QZ001';
end
$$;
create trigger append_only before update or delete on event for each row execute function refuse_change();
create trigger append_only before update or delete on read_journal for each row execute function refuse_change();
create trigger append_only before update or delete on law_file for each row execute function refuse_change();
create trigger append_only before update or delete on law_version for each row execute function refuse_change();
