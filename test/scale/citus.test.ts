import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { migrateExchanges } from '../../src/gateway/journal/postgres/migrate.ts'
import type { Database } from '../../src/ledger/postgres/database.ts'
import { openLedger } from '../../src/ledger/postgresLedger.ts'
import { migrateNotices } from '../../src/notices/postgres/migrate.ts'
import { migratePeople } from '../../src/people/migrate.ts'
import { migrateQueue } from '../../src/queue/postgres/migrate.ts'
import { move, open } from '../ledger/commands.ts'
import { type TestDatabase, testKeyRing, withDatabase } from '../ledger/database.ts'
import { type Spread, script, spread } from './cluster.ts'

/** That the ledger can be spread by home: from the catalogs of a migrated database, and from what the append function touches. */
const whole = <T>(work: (test: TestDatabase & { database: Database; found: Spread }) => Promise<T>): Promise<T> =>
  withDatabase(async (test) => {
    const { database } = test.ledger
    for (const migrate of [migratePeople, migrateQueue, migrateNotices, migrateExchanges]) await migrate(database)
    return work({ ...test, database, found: await spread(database) })
  })

const column = async <T>({ pool }: Pick<Database, 'pool'>, text: string, values: unknown[] = []): Promise<T[]> =>
  (await pool.query<{ found: T }>(text, values)).rows.map((row) => row.found)

/** Of the functions that go to the workers: what they say, without comments. */
const bodies = async (database: Database, { functions }: Spread): Promise<string> => {
  const texts = await column<string>(database, 'select prosrc as found from pg_proc where proname = any ($1)', [
    functions.map(({ name }) => name),
  ])
  return texts.join('\n').replaceAll(/--.*$/gm, '').toLowerCase()
}

describe('docs/scale/citus.sql', () => {
  it('names every table once, spread by home beside the case or kept on the coordinator, and may be run again', () =>
    whole(async ({ database, found }) => {
      expect(new Set(found.tables.map((table) => table.column))).toEqual(new Set(['home']))
      const apart = found.tables.filter(({ colocated }) => colocated !== 'case_head').map(({ name }) => name)
      expect(apart).toEqual(['case_head'])
      // Every table with a home is spread: none of a case is forgotten on the coordinator.
      const withHome = await column<string>(
        database,
        `select c.relname as found from pg_class as c join pg_attribute as a on a.attrelid = c.oid and a.attname = 'home'
         where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`,
      )
      expect(found.tables.map(({ name }) => name)).toEqual(withHome)
      expect(await spread(database)).toEqual(found)
    }))

  it('is refused by its own look at the catalogs when a table is forgotten, unknown, or new', () =>
    withDatabase(async ({ ledger: { database } }) => {
      for (const migrate of [migratePeople, migrateQueue, migrateNotices, migrateExchanges]) await migrate(database)
      await expect(spread(database, script.replace("('command'), ", ''))).rejects.toThrow('does not name: command;')
      await expect(spread(database, script.replace("'staff', ", ''))).rejects.toThrow('does not name: staff;')
      await expect(spread(database, script.replace("'staff', ", "'staff', 'stuff', "))).rejects.toThrow('not there: stuff')
      await expect(spread(database, script.replace("('event')", "('evend')"))).rejects.toThrow('"evend" does not exist')
      await database.pool.query('create table later (home integer not null)')
      await expect(spread(database)).rejects.toThrow('does not name: later;')
    }))

  it('delegates the append function by its home, and brings every function that it calls', () =>
    whole(async ({ database, found }) => {
      expect(found.functions.filter(({ argument }) => argument !== null)).toEqual([
        { name: 'qyzmet_append', argument: '$1', colocated: 'case_head' },
      ])
      const [first] = await column<string>(
        database,
        `select proargnames[1] || ' ' || format_type(proargtypes[0], null) as found from pg_proc where proname = 'qyzmet_append'`,
      )
      expect(first).toBe('home integer')
      const ours = await column<string>(
        database,
        `select distinct proname as found from pg_proc where pronamespace = 'public'::regnamespace order by 1`,
      )
      const said = await bodies(database, found)
      const called = ours.filter((name) => new RegExp(`\\b${name}\\(`).test(said))
      expect(called).not.toEqual([])
      const there = found.functions.map(({ name }) => name)
      expect(called.filter((name) => !there.includes(name))).toEqual([])
    }))
})

describe('what goes to the workers', () => {
  it('has home in every primary, unique and foreign key, and no sequence, identity or number of its own', () =>
    whole(async ({ database, found }) => {
      const tables = found.tables.map(({ name }) => name)
      const crossing = await column<string>(
        database,
        `select x.indexrelid::regclass::text as found
         from pg_index as x
         join pg_attribute as a on a.attrelid = x.indrelid and a.attname = 'home'
         where x.indrelid = any ($1::regclass[]) and (x.indisunique or x.indisprimary or x.indisexclusion)
           and not a.attnum = any ((x.indkey::smallint[])[0:x.indnkeyatts - 1])`,
        [tables],
      )
      expect(crossing).toEqual([])
      const foreign = await column<string>(
        database,
        `select conrelid::regclass || ' ' || conname as found
         from pg_constraint as k
         where contype = 'f' and (conrelid = any ($1::regclass[]) or confrelid = any ($1::regclass[]))
           and not exists (
             select
             from unnest(k.conkey, k.confkey) as pair(mine, theirs)
             join pg_attribute as m on m.attrelid = k.conrelid and m.attnum = pair.mine
             join pg_attribute as t on t.attrelid = k.confrelid and t.attnum = pair.theirs
             where m.attname = 'home' and t.attname = 'home')`,
        [tables],
      )
      expect(foreign).toEqual([])
      const numbered = await column<string>(
        database,
        `select a.attrelid::regclass || '.' || a.attname as found
         from pg_attribute as a
         left join pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
         where a.attrelid = any ($1::regclass[]) and (a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) ~ 'nextval')`,
        [tables],
      )
      expect(numbered).toEqual([])
      const partsOrUnlogged = await column<string>(
        database,
        `select relname as found from pg_class where oid = any ($1::regclass[]) and (relpersistence <> 'p' or relkind <> 'r')`,
        [tables],
      )
      expect(partsOrUnlogged).toEqual([])
    }))

  it('says nothing of sequences, temporary tables, tables that stay behind, or other schemas', () =>
    whole(async ({ database, found }) => {
      const said = await bodies(database, found)
      expect(said).not.toMatch(/\b(nextval|currval|setval|lastval|temp|temporary|create|execute|dblink|graphile_worker|pg_temp)\b/)
      expect(said).not.toMatch(/\b(lock table|pg_advisory\w*)\b/)
      const behind = await column<string>(
        database,
        `select c.relname as found from pg_class as c
         where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> all ($1)`,
        [found.tables.map(({ name }) => name)],
      )
      expect(behind.filter((name) => new RegExp(`\\b(from|join|into|update|using)\\s+(public\\.)?${name}\\b`).test(said))).toEqual([])
    }))

  it('touches no row of another home, whatever is appended: each row that the server reads or writes is looked at', () =>
    whole(async ({ database, ledger, url }) => {
      // Beside the homes at work lie others, with the same numbers and keys.
      const others = [3, 8].flatMap((home) =>
        ['T-1', 'T-2'].map((number) => open({ home, case: number, idempotencyKey: `key of ${number}` })),
      )
      for (const command of others) await ledger.append(command)
      await guard(database, 7)
      const inside = await openLedger({ url: asGuarded(url), keyRing: testKeyRing })
      try {
        const first = open({ case: 'T-1', idempotencyKey: 'key of T-1', effects: [{ task: 'notify', key: 'a', payload: null }] })
        const second = open({ case: 'T-2', idempotencyKey: 'key of T-2' })
        const scan = await inside.files.put(7, 'T-3', Buffer.from('a scan'))
        const third = open({ case: 'T-3', files: [scan] })
        const kinds = async (commands: Parameters<typeof inside.append>[0][]) =>
          (await Promise.all(commands.map(inside.append))).map(({ kind }) => kind)
        expect(await kinds([first, second, third])).toEqual(['appended', 'appended', 'appended'])
        const gone = { case_view: ['case'], work_item: ['a'], due: ['service'], custody_item: ['package'], search_key: ['surname'] }
        const views = Object.fromEntries(Object.entries(gone).map(([view, remove]) => [view, { put: [], remove }]))
        expect(
          await kinds([
            { ...first },
            move(second, 2, { views }),
            move(third, 9),
            open({ case: 'T-4', requestHash: 'another', idempotencyKey: 'key of T-1' }),
          ]),
        ).toEqual(['repeated', 'appended', 'conflict', 'keyReused'])
        expect(await kinds([open({ case: 'T-1', idempotencyKey: randomUUID() })])).toEqual(['numberTaken'])
        expect(await relayed(database)).toBe(1)
        await forgetHome(database)
        await expect(inside.append(open({ case: 'T-1', idempotencyKey: randomUUID() }))).rejects.toThrow('row of home')
      } finally {
        await inside.close()
      }
      // The guard itself: a statement that forgets the home is caught, in a function too.
      await expect(asGuard(database, `update case_head set version = version where number = 'T-1'`)).rejects.toThrow('row of home')
      await expect(asGuard(database, `insert into outbox values (8, 'T-1', 'k', 'notify', '{}', null, gen_random_uuid())`)).rejects.toThrow(
        'row of home',
      )
    }))
})

const relayed = async ({ pool }: Database): Promise<number> =>
  (await pool.query<{ rows: number }>('select count(*) as rows from outbox where home = 7')).rows[0]?.rows ?? Number.NaN

/** From now on whoever is `one_worker` meets an error at each row of another home that the server reads or writes for them. */
async function guard({ pool }: Database, home: number): Promise<void> {
  await pool.query(`
    do $$ begin create role one_worker; exception when duplicate_object or unique_violation then null; end $$;
    create function of_this_home(home integer) returns boolean language plpgsql stable as $$
    begin
      if home <> ${home} then raise exception 'row of home %', home; end if;
      return true;
    end $$;
    grant all on schema public, graphile_worker to one_worker;
    grant all on all tables in schema public, graphile_worker to one_worker`)
  const tables = await column<string>({ pool }, 'select logicalrelid::text as found from cluster.pg_dist_partition')
  for (const name of tables)
    await pool.query(`
      alter table ${name} enable row level security;
      create policy one_home on ${name} to one_worker using (of_this_home(home)) with check (of_this_home(home))`)
}

/** The append function locks rows by number alone. */
async function forgetHome({ pool }: Database): Promise<void> {
  const [made] = await column<string>({ pool }, `select pg_get_functiondef(oid) as found from pg_proc where proname = 'qyzmet_append'`)
  const mutant = made?.replace('where h.home = coalesce(qyzmet_append.home, c.home) and h.number', 'where h.number')
  expect(mutant).not.toBe(made)
  await pool.query(mutant ?? '')
}

/** No sequential scan, as the writers have it: over a dozen rows the planner would read all, which on a shard of one home proves nothing. */
const asGuarded = (url: string): string => {
  const guarded = new URL(url.replace('@/', '@socket/'))
  guarded.searchParams.set('options', '-c role=one_worker -c enable_seqscan=off')
  return guarded.href.replace('@socket/', '@/')
}

async function asGuard(database: Database, text: string): Promise<void> {
  await database.withClient(async (client) => {
    await client.query('begin; set local role one_worker')
    try {
      await client.query(text)
    } finally {
      await client.query('rollback')
    }
  })
}
