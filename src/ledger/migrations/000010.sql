-- The write path takes rows as rows: arrays of record types, which the caller sends in the server's own form. Nothing is printed as JSON and
-- parsed again, and a column is found by its place.

create type append_command as (
  number text collate "C",
  -- 0: the command opens the case.
  expected integer,
  version integer,
  key text collate "C",
  request text,
  head bytea,
  -- With the first event: the case's key, wrapped.
  wrapped bytea,
  result text
);
-- A file that events name. With a size: it comes with the command, its pieces are among `chunks`; without: it must be there.
create type append_file as (number text collate "C", sha256 bytea, size integer);
create type append_effect as (number text collate "C", task text, key text, payload jsonb, run_at timestamptz);
-- Rows that leave a view.
create type append_gone as (view text, number text collate "C", key text collate "C");

drop function qyzmet_append(integer, jsonb);
drop function write_views(integer, jsonb, text[]);
drop function case_view_rows(jsonb);
drop function work_item_rows(jsonb);
drop function due_rows(jsonb);
drop function search_key_rows(jsonb);
drop function custody_item_rows(jsonb);

-- Appends a batch of commands of one home, at most one a case.
-- Returns the commands that were not appended: [{key, kind, version, result, case}]; null when all were.
-- Any error undoes the whole batch, and the caller sends its commands one by one.
create function qyzmet_append(
  home integer, commands append_command[], events event[], personals personal[], files append_file[], chunks file_chunk[], effects append_effect[],
  gone append_gone[], cases case_view[], work work_item[], dues due[], words search_key[], things custody_item[]
) returns jsonb language plpgsql as $$
#variable_conflict use_column
declare
  accepted text[];
  refused jsonb;
begin
  -- The case rows first, in order: two writers that lock in different orders deadlock.
  perform 1
  from case_head as h
  where h.home = qyzmet_append.home and h.number = any (array(select c.number from unnest(commands) as c))
  order by h.number
  for update;

  with verdict as (
    select c.number, c.key, coalesce(k.version, h.version, 0) as version, k.result, k.case_number,
      case
        when k.request_hash = c.request then 'repeated'
        when k.request_hash is not null then 'keyReused'
        -- A key sent with the first event is new: another one under this number means that somebody has taken it for a case in preparation.
        when c.expected = 0 and (h.number is not null or (c.wrapped is not null and o.case_number is not null)) then 'numberTaken'
        when c.expected <> coalesce(h.version, 0) then 'conflict'
        else 'appended'
      end as kind
    from unnest(commands) as c
    left join command as k on k.home = qyzmet_append.home and k.key = c.key
    left join case_head as h on h.home = qyzmet_append.home and h.number = c.number
    left join case_key as o on c.wrapped is not null and o.home = qyzmet_append.home and o.case_number = c.number
  )
  select
    array_agg(v.number) filter (where v.kind = 'appended'),
    jsonb_agg(jsonb_build_object('key', v.key, 'kind', v.kind, 'version', v.version, 'result', v.result, 'case', v.case_number))
      filter (where v.kind <> 'appended')
  into accepted, refused
  from verdict as v;

  if accepted is null then
    return refused;
  end if;

  if cardinality(chunks) > 0 then
    insert into file (home, case_number, sha256, size)
    select qyzmet_append.home, f.number, f.sha256, f.size from unnest(files) as f where f.size is not null and f.number = any (accepted)
    on conflict (home, case_number, sha256) do nothing;

    insert into file_chunk (home, case_number, sha256, position, sealed)
    select qyzmet_append.home, p.case_number, p.sha256, p.position, p.sealed from unnest(chunks) as p where p.case_number = any (accepted)
    on conflict (home, case_number, sha256, position) do nothing;
  end if;

  if cardinality(files) > 0 and exists (
    select from unnest(files) as f
    where f.number = any (accepted) and not exists (
      select from file as s where s.home = qyzmet_append.home and s.case_number = f.number and s.sha256 = f.sha256)
  ) then
    raise exception 'file missing' using errcode = 'QZ002';
  end if;

  update case_head as h
  set version = c.version, head = c.head
  from unnest(commands) as c
  -- Said of h, not of c: so the rows are found by their key, whichever side the planner begins with.
  where h.home = qyzmet_append.home and h.number = any (accepted) and h.number = c.number and c.expected > 0;

  if exists (select from unnest(commands) as c where c.expected = 0) then
    insert into case_head (home, number, version, head)
    select qyzmet_append.home, c.number, c.version, c.head
    from unnest(commands) as c
    where c.expected = 0 and c.number = any (accepted)
    order by c.number;

    insert into case_key (home, case_number, wrapped)
    select qyzmet_append.home, c.number, c.wrapped
    from unnest(commands) as c
    where c.wrapped is not null and c.number = any (accepted)
    order by c.number;
  end if;

  insert into command (home, key, case_number, version, request_hash, result)
  select qyzmet_append.home, c.key, c.number, c.version, c.request, c.result
  from unnest(commands) as c
  where c.number = any (accepted)
  order by c.key;

  insert into event (home, case_number, seq, hash, body)
  select qyzmet_append.home, e.case_number, e.seq, e.hash, e.body from unnest(events) as e where e.case_number = any (accepted);

  if cardinality(personals) > 0 then
    insert into personal (home, case_number, seq, sealed)
    select qyzmet_append.home, p.case_number, p.seq, p.sealed from unnest(personals) as p where p.case_number = any (accepted);
  end if;

  perform qyzmet_write_views(home, accepted, gone, cases, work, dues, words, things);

  if cardinality(effects) > 0 then
    perform graphile_worker.add_jobs(array(
      select (e.task, json_build_object('home', qyzmet_append.home, 'case', e.number, 'key', e.key, 'payload', e.payload), null, e.run_at, null,
        qyzmet_append.home || '/' || e.number || '/' || e.key, null, null)::graphile_worker.job_spec
      from unnest(effects) as e
      where e.number = any (accepted)));
  end if;

  return refused;
end
$$;

-- Rows of other cases than `accepted` are passed over. A row may leave one view and stand in it again under another key.
create function qyzmet_write_views(
  home integer, accepted text[], gone append_gone[], cases case_view[], work work_item[], dues due[], words search_key[],
  things custody_item[]
) returns void language plpgsql as $$
#variable_conflict use_column
begin
  if cardinality(gone) > 0 then
    delete from case_view as v using unnest(gone) as g
    where v.home = qyzmet_write_views.home and v.case_number = any (accepted) and v.case_number = g.number and v.key = g.key and g.view = 'case_view';
    delete from work_item as v using unnest(gone) as g
    where v.home = qyzmet_write_views.home and v.case_number = any (accepted) and v.case_number = g.number and v.key = g.key and g.view = 'work_item';
    delete from due as v using unnest(gone) as g
    where v.home = qyzmet_write_views.home and v.case_number = any (accepted) and v.case_number = g.number and v.key = g.key and g.view = 'due';
    delete from search_key as v using unnest(gone) as g
    where v.home = qyzmet_write_views.home and v.case_number = any (accepted) and v.case_number = g.number and v.key = g.key and g.view = 'search_key';
    delete from custody_item as v using unnest(gone) as g
    where v.home = qyzmet_write_views.home and v.case_number = any (accepted) and v.case_number = g.number and v.key = g.key and g.view = 'custody_item';
  end if;

  if cardinality(cases) > 0 then
    insert into case_view as v select r.* from unnest(cases) as r where r.case_number = any (accepted)
    on conflict (home, case_number, key) do update set
      regulation = excluded.regulation, edition = excluded.edition, channel = excluded.channel, status = excluded.status,
      open = excluded.open, provider = excluded.provider, branch = excluded.branch, iin = excluded.iin,
      receipt_digest = excluded.receipt_digest, opened_at = excluded.opened_at, due_at = excluded.due_at, doc = excluded.doc;
  end if;
  if cardinality(work) > 0 then
    insert into work_item as v select r.* from unnest(work) as r where r.case_number = any (accepted)
    on conflict (home, case_number, key) do update set
      step = excluded.step, role = excluded.role, organisation = excluded.organisation, unit = excluded.unit,
      assignee = excluded.assignee, since = excluded.since, due_at = excluded.due_at, norm = excluded.norm, title = excluded.title,
      doc = excluded.doc;
  end if;
  if cardinality(dues) > 0 then
    insert into due as v select r.* from unnest(dues) as r where r.case_number = any (accepted)
    on conflict (home, case_number, key) do update set
      kind = excluded.kind, clause = excluded.clause, due_at = excluded.due_at, warn_at = excluded.warn_at, state = excluded.state,
      next_at = excluded.next_at, doc = excluded.doc, provider = excluded.provider, organisation = excluded.organisation,
      role = excluded.role, step = excluded.step, since = excluded.since, ended_at = excluded.ended_at;
  end if;
  if cardinality(words) > 0 then
    insert into search_key as v select r.* from unnest(words) as r where r.case_number = any (accepted)
    on conflict (home, case_number, key) do update set word = excluded.word, provider = excluded.provider, branch = excluded.branch;
  end if;
  if cardinality(things) > 0 then
    insert into custody_item as v select r.* from unnest(things) as r where r.case_number = any (accepted)
    on conflict (home, case_number, key) do update set
      what = excluded.what, holder_kind = excluded.holder_kind, holder_organisation = excluded.holder_organisation,
      holder_unit = excluded.holder_unit, holder_person = excluded.holder_person, since = excluded.since, doc = excluded.doc;
  end if;
end
$$;
