-- The write path is one call a batch, of whatever homes: a statement costs the more, the more often it is begun, and a batch of three homes began each
-- three times. Rows name their home. Where the tables are spread over servers (docs/scale.md), a call is still one home's, named as its first argument:
-- every statement then says it as a constant, so that one shard can be given it.
-- A batch in which something is refused writes nothing: the others are sent again without it. So no statement asks of each row whether its command was taken.

alter type append_command add attribute home integer;
alter type append_file add attribute home integer;
alter type append_effect add attribute home integer;
alter type append_gone add attribute home integer;

drop function qyzmet_append(
  integer, append_command[], event[], personal[], append_file[], file_chunk[], append_effect[], append_gone[], case_view[], work_item[], due[],
  search_key[], custody_item[]
);
drop function qyzmet_write_views(integer, text[], append_gone[], case_view[], work_item[], due[], search_key[], custody_item[]);

-- Appends a batch of commands, at most one a case, in ascending order of home and number. `home`: of all of them; null: as the rows say.
-- Returns the commands that cannot be appended: [{home, key, kind, version, result, case}], and then nothing is written; null when all were.
-- Any error undoes the whole batch, and the caller sends its commands one by one.
create function qyzmet_append(
  home integer, commands append_command[], events event[], personals personal[], files append_file[], chunks file_chunk[], effects append_effect[],
  gone append_gone[], cases case_view[], work work_item[], dues due[], words search_key[], things custody_item[]
) returns jsonb language plpgsql as $$
#variable_conflict use_column
declare
  homes integer[];
  numbers text[];
  refused jsonb;
begin
  -- The case rows first, in the order given: two writers that lock in different orders deadlock. What is there already, and its key new, may go on.
  select array_agg(c.home), array_agg(c.number) into homes, numbers
  from unnest(commands) as c
  cross join lateral (
    select h.version from case_head as h where h.home = coalesce(qyzmet_append.home, c.home) and h.number = c.number for update
  ) as h
  where h.version = c.expected
    and not exists (select from command as k where k.home = coalesce(qyzmet_append.home, c.home) and k.key = c.key);

  if cardinality(numbers) is distinct from cardinality(commands) then
    -- A statement of its own, under the locks: it sees what was committed while they were waited for.
    with verdict as (
      select coalesce(qyzmet_append.home, c.home) as home, c.key, coalesce(k.version, h.version, 0) as version, k.result, k.case_number,
        case
          when k.request_hash = c.request then 'repeated'
          when k.request_hash is not null then 'keyReused'
          -- A key sent with the first event is new: another one under this number means that somebody has taken it for a case in preparation.
          when c.expected = 0 and (h.number is not null or (c.wrapped is not null and o.case_number is not null)) then 'numberTaken'
          when c.expected <> coalesce(h.version, 0) then 'conflict'
        end as kind
      from unnest(commands) as c
      left join command as k on k.home = coalesce(qyzmet_append.home, c.home) and k.key = c.key
      left join case_head as h on h.home = coalesce(qyzmet_append.home, c.home) and h.number = c.number
      left join case_key as o on c.wrapped is not null and o.home = coalesce(qyzmet_append.home, c.home) and o.case_number = c.number
    )
    select jsonb_agg(jsonb_build_object('home', v.home, 'key', v.key, 'kind', v.kind, 'version', v.version, 'result', v.result, 'case', v.case_number))
    into refused
    from verdict as v
    where v.kind is not null;

    if refused is not null then
      return refused;
    end if;

    insert into case_head (home, number, version, head)
    select coalesce(qyzmet_append.home, c.home), c.number, c.version, c.head
    from unnest(commands) as c
    where c.expected = 0;

    insert into case_key (home, case_number, wrapped)
    select coalesce(qyzmet_append.home, c.home), c.number, c.wrapped
    from unnest(commands) as c
    where c.wrapped is not null;
  end if;

  if cardinality(chunks) > 0 then
    insert into file (home, case_number, sha256, size)
    select coalesce(qyzmet_append.home, f.home), f.number, f.sha256, f.size from unnest(files) as f where f.size is not null
    on conflict (home, case_number, sha256) do nothing;

    insert into file_chunk (home, case_number, sha256, position, sealed)
    select coalesce(qyzmet_append.home, p.home), p.case_number, p.sha256, p.position, p.sealed from unnest(chunks) as p
    on conflict (home, case_number, sha256, position) do nothing;
  end if;

  if cardinality(files) > 0 and exists (
    select from unnest(files) as f
    where not exists (
      select from file as s where s.home = coalesce(qyzmet_append.home, f.home) and s.case_number = f.number and s.sha256 = f.sha256)
  ) then
    raise exception 'file missing' using errcode = 'QZ002';
  end if;

  update case_head as h
  set version = c.version, head = c.head
  from unnest(commands) as c
  where h.home = coalesce(qyzmet_append.home, c.home) and h.number = c.number and c.expected > 0
    -- Said of h once more: so the rows are found by their key, whichever side the planner begins with.
    and h.home = any (homes) and h.number = any (numbers);

  insert into command (home, key, case_number, version, request_hash, result)
  select coalesce(qyzmet_append.home, c.home), c.key, c.number, c.version, c.request, c.result
  from unnest(commands) as c
  order by 1, 2;

  insert into event (home, case_number, seq, hash, body)
  select coalesce(qyzmet_append.home, e.home), e.case_number, e.seq, e.hash, e.body from unnest(events) as e;

  if cardinality(personals) > 0 then
    insert into personal (home, case_number, seq, sealed)
    select coalesce(qyzmet_append.home, p.home), p.case_number, p.seq, p.sealed from unnest(personals) as p;
  end if;

  perform qyzmet_write_views(home, gone, cases, work, dues, words, things);

  if cardinality(effects) > 0 then
    perform graphile_worker.add_jobs(array(
      select (e.task, json_build_object('home', coalesce(qyzmet_append.home, e.home), 'case', e.number, 'key', e.key, 'payload', e.payload), null,
        e.run_at, null, coalesce(qyzmet_append.home, e.home) || '/' || e.number || '/' || e.key, null, null)::graphile_worker.job_spec
      from unnest(effects) as e));
  end if;

  return null;
end
$$;

-- `home` as above. A row may leave one view and stand in it again under another key.
create function qyzmet_write_views(
  home integer, gone append_gone[], cases case_view[], work work_item[], dues due[], words search_key[], things custody_item[]
) returns void language plpgsql as $$
#variable_conflict use_column
declare
  views text[];
begin
  if cardinality(gone) > 0 then
    views := array(select distinct g.view from unnest(gone) as g);
    if 'case_view' = any (views) then
      delete from case_view as v using unnest(gone) as g
      where v.home = coalesce(qyzmet_write_views.home, g.home) and v.case_number = g.number and v.key = g.key and g.view = 'case_view';
    end if;
    if 'work_item' = any (views) then
      delete from work_item as v using unnest(gone) as g
      where v.home = coalesce(qyzmet_write_views.home, g.home) and v.case_number = g.number and v.key = g.key and g.view = 'work_item';
    end if;
    if 'due' = any (views) then
      delete from due as v using unnest(gone) as g
      where v.home = coalesce(qyzmet_write_views.home, g.home) and v.case_number = g.number and v.key = g.key and g.view = 'due';
    end if;
    if 'search_key' = any (views) then
      delete from search_key as v using unnest(gone) as g
      where v.home = coalesce(qyzmet_write_views.home, g.home) and v.case_number = g.number and v.key = g.key and g.view = 'search_key';
    end if;
    if 'custody_item' = any (views) then
      delete from custody_item as v using unnest(gone) as g
      where v.home = coalesce(qyzmet_write_views.home, g.home) and v.case_number = g.number and v.key = g.key and g.view = 'custody_item';
    end if;
  end if;

  if cardinality(cases) > 0 then
    insert into case_view as v select r.* from unnest(cases) as r
    on conflict (home, case_number, key) do update set
      regulation = excluded.regulation, edition = excluded.edition, channel = excluded.channel, status = excluded.status,
      open = excluded.open, provider = excluded.provider, branch = excluded.branch, iin = excluded.iin,
      receipt_digest = excluded.receipt_digest, opened_at = excluded.opened_at, due_at = excluded.due_at, doc = excluded.doc;
  end if;
  if cardinality(work) > 0 then
    insert into work_item as v select r.* from unnest(work) as r
    on conflict (home, case_number, key) do update set
      step = excluded.step, role = excluded.role, organisation = excluded.organisation, unit = excluded.unit,
      assignee = excluded.assignee, since = excluded.since, due_at = excluded.due_at, norm = excluded.norm, title = excluded.title,
      doc = excluded.doc;
  end if;
  if cardinality(dues) > 0 then
    insert into due as v select r.* from unnest(dues) as r
    on conflict (home, case_number, key) do update set
      kind = excluded.kind, clause = excluded.clause, due_at = excluded.due_at, warn_at = excluded.warn_at, state = excluded.state,
      next_at = excluded.next_at, doc = excluded.doc, provider = excluded.provider, organisation = excluded.organisation,
      role = excluded.role, step = excluded.step, since = excluded.since, ended_at = excluded.ended_at;
  end if;
  if cardinality(words) > 0 then
    insert into search_key as v select r.* from unnest(words) as r
    on conflict (home, case_number, key) do update set word = excluded.word, provider = excluded.provider, branch = excluded.branch;
  end if;
  if cardinality(things) > 0 then
    insert into custody_item as v select r.* from unnest(things) as r
    on conflict (home, case_number, key) do update set
      what = excluded.what, holder_kind = excluded.holder_kind, holder_organisation = excluded.holder_organisation,
      holder_unit = excluded.holder_unit, holder_person = excluded.holder_person, since = excluded.since, doc = excluded.doc;
  end if;
end
$$;
