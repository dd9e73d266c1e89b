-- Search: what a case is found by, apart from the row that every step moves, so that a step writes none of it.
create table search_key (
  home integer not null,
  case_number text collate "C" not null,
  key text collate "C" not null,
  -- What a search begins with: a name as it sounds, or the digits of a number from the last to the first.
  word text collate "C" not null,
  provider text collate "C" not null,
  branch text collate "C" not null,
  primary key (home, case_number, key)
);
create index search_key_word on search_key (home, word, case_number, key);

drop index case_view_name;
alter table case_view drop column name_folded;

create function search_key_rows(rows jsonb) returns setof search_key language sql stable as $$
  select r.home, r.case_number, r.key, r.word, coalesce(r.provider, ''), coalesce(r.branch, '')
  from jsonb_populate_recordset(null::search_key, rows) as r
$$;

create or replace function case_view_rows(rows jsonb) returns setof case_view language sql stable as $$
  select r.home, r.case_number, r.key, r.regulation, r.edition, r.channel, r.status, coalesce(r.open, true), coalesce(r.provider, ''),
    coalesce(r.branch, ''), r.iin, r.receipt_digest, r.opened_at, coalesce(r.due_at, 'infinity'), coalesce(r.doc, '{}')
  from jsonb_populate_recordset(null::case_view, rows) as r
$$;

-- Supervision: whose term it is, in which step, and from when until when it ran; what runs and what ended lie in ranges of their own.
alter table due
  add column provider text collate "C" not null default '',
  add column organisation text collate "C" not null default '',
  add column role text collate "C" not null default '',
  add column step text collate "C" not null default '',
  add column since timestamptz,
  add column ended_at timestamptz;
create index due_running on due (home, due_at, case_number, key) where ended_at is null;
create index due_ended on due (home, ended_at, case_number, key) where ended_at is not null;

create or replace function due_rows(rows jsonb) returns setof due language sql stable as $$
  select r.home, r.case_number, r.key, r.kind, r.clause, r.due_at, r.warn_at, r.state,
    case r.state when 'running' then coalesce(r.warn_at, r.due_at) when 'warned' then r.due_at end, coalesce(r.doc, '{}'),
    coalesce(r.provider, ''), coalesce(r.organisation, ''), coalesce(r.role, ''), coalesce(r.step, ''), r.since, r.ended_at
  from jsonb_populate_recordset(null::due, rows) as r
$$;

-- As before, with the rows of search_key and the new columns.
create or replace function write_views(home integer, batch jsonb, accepted text[]) returns void language plpgsql as $$
#variable_conflict use_column
declare
  gone jsonb := batch -> 'remove';
begin
  if gone ? 'case_view' then
    delete from case_view as v using jsonb_to_recordset(gone -> 'case_view') as r(number text, key text)
    where v.home = write_views.home and v.case_number = any (accepted) and v.case_number = r.number and v.key = r.key;
  end if;
  if gone ? 'work_item' then
    delete from work_item as v using jsonb_to_recordset(gone -> 'work_item') as r(number text, key text)
    where v.home = write_views.home and v.case_number = any (accepted) and v.case_number = r.number and v.key = r.key;
  end if;
  if gone ? 'due' then
    delete from due as v using jsonb_to_recordset(gone -> 'due') as r(number text, key text)
    where v.home = write_views.home and v.case_number = any (accepted) and v.case_number = r.number and v.key = r.key;
  end if;
  if gone ? 'search_key' then
    delete from search_key as v using jsonb_to_recordset(gone -> 'search_key') as r(number text, key text)
    where v.home = write_views.home and v.case_number = any (accepted) and v.case_number = r.number and v.key = r.key;
  end if;
  if gone ? 'custody_item' then
    delete from custody_item as v using jsonb_to_recordset(gone -> 'custody_item') as r(number text, key text)
    where v.home = write_views.home and v.case_number = any (accepted) and v.case_number = r.number and v.key = r.key;
  end if;

  if batch ? 'case_view' then
    insert into case_view as v select * from case_view_rows(batch -> 'case_view') as r where r.case_number = any (accepted)
    on conflict (home, case_number, key) do update set
      regulation = excluded.regulation, edition = excluded.edition, channel = excluded.channel, status = excluded.status,
      open = excluded.open, provider = excluded.provider, branch = excluded.branch, iin = excluded.iin,
      receipt_digest = excluded.receipt_digest, opened_at = excluded.opened_at, due_at = excluded.due_at, doc = excluded.doc;
  end if;
  if batch ? 'work_item' then
    insert into work_item as v select * from work_item_rows(batch -> 'work_item') as r where r.case_number = any (accepted)
    on conflict (home, case_number, key) do update set
      step = excluded.step, role = excluded.role, organisation = excluded.organisation, unit = excluded.unit,
      assignee = excluded.assignee, since = excluded.since, due_at = excluded.due_at, norm = excluded.norm, title = excluded.title,
      doc = excluded.doc;
  end if;
  if batch ? 'due' then
    insert into due as v select * from due_rows(batch -> 'due') as r where r.case_number = any (accepted)
    on conflict (home, case_number, key) do update set
      kind = excluded.kind, clause = excluded.clause, due_at = excluded.due_at, warn_at = excluded.warn_at, state = excluded.state,
      next_at = excluded.next_at, doc = excluded.doc, provider = excluded.provider, organisation = excluded.organisation,
      role = excluded.role, step = excluded.step, since = excluded.since, ended_at = excluded.ended_at;
  end if;
  if batch ? 'search_key' then
    insert into search_key as v select * from search_key_rows(batch -> 'search_key') as r where r.case_number = any (accepted)
    on conflict (home, case_number, key) do update set word = excluded.word, provider = excluded.provider, branch = excluded.branch;
  end if;
  if batch ? 'custody_item' then
    insert into custody_item as v select * from custody_item_rows(batch -> 'custody_item') as r where r.case_number = any (accepted)
    on conflict (home, case_number, key) do update set
      what = excluded.what, holder_kind = excluded.holder_kind, holder_organisation = excluded.holder_organisation,
      holder_unit = excluded.holder_unit, holder_person = excluded.holder_person, since = excluded.since, doc = excluded.doc;
  end if;
end
$$;

-- Rows that are there already hold nothing of this: they are built anew from the events at the next start.
insert into setting (name, value) select 'viewsStale', 'true' where exists (select from case_head)
on conflict (name) do update set value = excluded.value;
