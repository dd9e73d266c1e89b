-- The write path: one call appends a batch of commands of one home, at most one a case.
-- Returns the commands that were not appended: [{key, kind, version, result, case}]; null when all were.
-- Any error undoes the whole batch, and the caller sends its commands one by one.
create function qyzmet_append(home integer, batch jsonb) returns jsonb language plpgsql as $$
#variable_conflict use_column
declare
  accepted text[];
  refused jsonb;
begin
  -- The case rows first, in order: two writers that lock in different orders deadlock.
  perform 1
  from case_head as h
  where h.home = qyzmet_append.home
    and h.number = any (array(select c ->> 'number' from jsonb_array_elements(batch -> 'commands') as c))
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
    from jsonb_to_recordset(batch -> 'commands') as c(number text, expected integer, key text, request text, wrapped text)
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

  if batch ? 'files' and exists (
    select from jsonb_to_recordset(batch -> 'files') as f(number text, sha256 text)
    where f.number = any (accepted) and not exists (
      select from file as s
      where s.home = qyzmet_append.home and s.case_number = f.number and s.sha256 = decode(f.sha256, 'hex'))
  ) then
    raise exception 'file missing' using errcode = 'QZ002';
  end if;

  update case_head as h
  set version = c.version, head = decode(c.head, 'hex')
  from jsonb_to_recordset(batch -> 'commands') as c(number text, expected integer, version integer, head text)
  -- Said of h, not of c: so the rows are found by their key, whichever side the planner begins with.
  where h.home = qyzmet_append.home and h.number = any (accepted) and h.number = c.number and c.expected > 0;

  if (batch ->> 'opens')::boolean then
    insert into case_head (home, number, version, head)
    select qyzmet_append.home, c.number, c.version, decode(c.head, 'hex')
    from jsonb_to_recordset(batch -> 'commands') as c(number text, expected integer, version integer, head text)
    where c.expected = 0 and c.number = any (accepted)
    order by c.number;

    insert into case_key (home, case_number, wrapped)
    select qyzmet_append.home, c.number, decode(c.wrapped, 'base64')
    from jsonb_to_recordset(batch -> 'commands') as c(number text, wrapped text)
    where c.wrapped is not null and c.number = any (accepted)
    order by c.number;
  end if;

  insert into command (home, key, case_number, version, request_hash, result)
  select qyzmet_append.home, c.key, c.number, c.version, c.request, c.result
  from jsonb_to_recordset(batch -> 'commands') as c(number text, key text, version integer, request text, result text)
  where c.number = any (accepted)
  order by c.key;

  insert into event (home, case_number, seq, hash, body)
  select qyzmet_append.home, e.number, e.seq, decode(e.hash, 'hex'), e.body
  from jsonb_to_recordset(batch -> 'events') as e(number text, seq integer, hash text, body text)
  where e.number = any (accepted);

  if batch ? 'personal' then
    insert into personal (home, case_number, seq, sealed)
    select qyzmet_append.home, p.number, p.seq, decode(p.sealed, 'base64')
    from jsonb_to_recordset(batch -> 'personal') as p(number text, seq integer, sealed text)
    where p.number = any (accepted);
  end if;

  perform write_views(home, batch, accepted);

  if batch ? 'effects' then
    perform graphile_worker.add_jobs(array(
      select (e.task, json_build_object('home', qyzmet_append.home, 'case', e.number, 'key', e.key, 'payload', e.payload), null, e.run_at, null,
        qyzmet_append.home || '/' || e.number || '/' || e.key, null, null)::graphile_worker.job_spec
      from jsonb_to_recordset(batch -> 'effects') as e(number text, task text, key text, payload jsonb, run_at timestamptz)
      where e.number = any (accepted)));
  end if;

  return refused;
end
$$;

-- `batch` holds {<view>: [row…], remove: {<view>: [{number, key}…]}}; rows of other cases than `accepted` are passed over.
create function write_views(home integer, batch jsonb, accepted text[]) returns void language plpgsql as $$
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
  if gone ? 'custody_item' then
    delete from custody_item as v using jsonb_to_recordset(gone -> 'custody_item') as r(number text, key text)
    where v.home = write_views.home and v.case_number = any (accepted) and v.case_number = r.number and v.key = r.key;
  end if;

  if batch ? 'case_view' then
    insert into case_view as v select * from case_view_rows(batch -> 'case_view') as r where r.case_number = any (accepted)
    on conflict (home, case_number, key) do update set
      regulation = excluded.regulation, edition = excluded.edition, channel = excluded.channel, status = excluded.status,
      open = excluded.open, provider = excluded.provider, branch = excluded.branch, iin = excluded.iin,
      name_folded = excluded.name_folded, receipt_digest = excluded.receipt_digest, opened_at = excluded.opened_at,
      due_at = excluded.due_at, doc = excluded.doc;
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
      next_at = excluded.next_at, doc = excluded.doc;
  end if;
  if batch ? 'custody_item' then
    insert into custody_item as v select * from custody_item_rows(batch -> 'custody_item') as r where r.case_number = any (accepted)
    on conflict (home, case_number, key) do update set
      what = excluded.what, holder_kind = excluded.holder_kind, holder_organisation = excluded.holder_organisation,
      holder_unit = excluded.holder_unit, holder_person = excluded.holder_person, since = excluded.since, doc = excluded.doc;
  end if;
end
$$;
