-- Spreads the ledger's tables over the workers of a Citus cluster by `home`, and delegates the append function to the worker that holds the home.
--
-- Run once by the owner of the database, on the coordinator, with every `serve` stopped, after a release has migrated the database there:
--   psql -v ON_ERROR_STOP=1 -f docs/scale/citus.sql "$DATABASE_URL"
-- Before it: `create extension citus` on every node, citus_set_coordinator_host() and citus_add_node() on the coordinator (docs/scale.md).
-- Rows that are there already move to their shards. It may be run again after a release that brings new tables or replaces functions.
--
-- Where it was tried, and where not, stands in docs/scale.md. test/scale/citus.test.ts runs this file against a migrated database whose Citus functions
-- are replaced by ones that note their calls, so a table or function that is forgotten here, or does not exist, fails the gate.

-- One connection at a time: functions, types and tables made by one transaction are then seen by the next step on every node.
set citus.multi_shard_modify_mode to 'sequential';
-- Triggers of distributed tables are allowed by this setting alone. Ours (append_only) look at no other row, so it is safe whatever shard they run beside.
set citus.enable_unsafe_triggers to on;

-- Effects stay with their home from here on, and a relay on the coordinator makes jobs of them (docs/decisions/0006-effects.md).
select divert_effects();

-- What the tables' triggers call must be on every node before them.
select create_distributed_function('refuse_change()'::regprocedure);

-- Everything of a case. Home is in every key, so one worker holds all rows of a home. The first table makes the group of shards, the others join it.
select create_distributed_table('case_head'::regclass, 'home', shard_count => 32)
where not exists (select from pg_dist_partition where logicalrelid = 'case_head'::regclass);
select create_distributed_table(t.name::regclass, 'home', colocate_with => 'case_head')
from (values
  ('case_key'), ('event'), ('command'), ('personal'),
  ('file'), ('file_chunk'), ('saved_form'),
  ('case_view'), ('work_item'), ('due'), ('custody_item'), ('search_key'),
  ('read_journal'), ('outbox'), ('queue_line'), ('notice'), ('exchange'), ('outage_case'), ('consent_token'), ('seal_leaf'), ('kept_day'), ('evidence_leaf')
) as t(name)
where not exists (select from pg_dist_partition where logicalrelid = t.name::regclass);

-- Everything the append function calls is on every node; it alone is delegated, by its first argument, to the worker that holds the home's shard.
-- Their arguments are those of the release, so they are found by name.
select create_distributed_function(p.oid::regprocedure)
from pg_proc as p
where p.pronamespace = 'public'::regnamespace
  and p.proname in ('outbox_add', 'qyzmet_write_views');
select create_distributed_function(p.oid::regprocedure, '$1', colocate_with => 'case_head')
from pg_proc as p
where p.pronamespace = 'public'::regnamespace and p.proname = 'qyzmet_append';

-- What belongs to the installation, not to a case, stays on the coordinator: a few thousand rows, kept in memory by every `serve` and never read by the
-- append function. So do graphile-worker's tables, whose numbers come from sequences. A table that is in neither list would be found by nobody.
do $$
declare
  kept text[] := array[
    'law_file', 'law_version', 'setting', 'seal', 'seal_node', 'evidence_stamp',
    'people_version', 'organisation', 'staff', 'password', 'session', 'sign_in_failure', 'people_event', 'form_owner', 'work_filter', 'work_look',
    'used_challenge', 'second_factor', 'recovery_code', 'wrong_code',
    'service_breaker', 'service_outage', 'exchange_settled', 'message_seen',
    'migration', 'people_migration', 'queue_migration', 'notice_migration', 'exchange_migration'
  ];
  unnamed text;
  unknown text;
begin
  select string_agg(c.relname, ', ' order by c.relname) into unnamed
  from pg_class as c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> all (kept)
    and not exists (select from pg_dist_partition as p where p.logicalrelid = c.oid)
    and not exists (select from pg_depend as d where d.objid = c.oid and d.deptype = 'e');
  select string_agg(k.name, ', ' order by k.name) into unknown
  from unnest(kept) as k(name)
  where to_regclass('public.' || k.name) is null;
  if unnamed is not null or unknown is not null then
    raise exception 'citus.sql does not name: %; names what is not there: %', coalesce(unnamed, 'nothing'), coalesce(unknown, 'nothing');
  end if;
end
$$;
