-- Where the tables are spread over several servers by home (docs/scale.md), the append function runs beside the rows of its home, and graphile-worker's
-- tables are on another server: their job numbers come from one sequence. There effects are left in the home's own rows, and a relay on the
-- coordinator turns them into jobs (docs/decisions/0006-effects.md). On a single server all of this rests, and a command pays nothing for it.
create table outbox (
  home integer not null,
  case_number text collate "C" not null,
  key text collate "C" not null,
  task text not null,
  -- As a job has it: {home, case, key, payload}.
  payload json not null,
  run_at timestamptz,
  -- Names this writing of the row: what is written again while the relay carries it is not deleted with what it carried.
  writing uuid not null,
  primary key (home, case_number, key)
);

-- The counterparts of graphile_worker.job_spec and graphile_worker.add_jobs, which the append function names there.
create type outbox_spec as (
  identifier text, payload json, queue_name text, run_at timestamptz, max_attempts integer, job_key text, priority integer, flags text[]
);

create function outbox_add(specs outbox_spec[]) returns void language plpgsql as $$
begin
  insert into outbox (home, case_number, key, task, payload, run_at, writing)
  select (s.payload ->> 'home')::integer, s.payload ->> 'case', s.payload ->> 'key', s.identifier, s.payload, s.run_at, gen_random_uuid()
  from unnest(specs) as s
  -- The same key of a case never waits twice.
  on conflict (home, case_number, key) do update set
    task = excluded.task, payload = excluded.payload, run_at = excluded.run_at, writing = excluded.writing;
end
$$;

-- From now on the append function leaves effects in `outbox`. The setting makes each later start do it again, after a migration that replaces the function.
create function divert_effects() returns void language plpgsql as $$
declare
  definition text;
begin
  for definition in
    select pg_get_functiondef(p.oid)
    from pg_proc as p
    where p.pronamespace = 'public'::regnamespace and p.proname = 'qyzmet_append' and p.prosrc like '%graphile_worker.%'
  loop
    execute replace(replace(definition, 'graphile_worker.add_jobs(', 'outbox_add('), 'graphile_worker.job_spec', 'outbox_spec');
  end loop;
  insert into setting (name, value) values ('effectsDiverted', 'true') on conflict (name) do nothing;
end
$$;
