import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrateExchanges } from '../../src/gateway/journal/postgres/migrate.ts'
import { openDatabase, type Statement } from '../../src/ledger/postgres/database.ts'
import { openLedger, type PostgresLedger } from '../../src/ledger/postgresLedger.ts'
import { migrateNotices } from '../../src/notices/postgres/migrate.ts'
import { migratePeople } from '../../src/people/migrate.ts'
import { migrateQueue } from '../../src/queue/postgres/migrate.ts'
import { dropDatabase, newDatabase, testKeyRing } from '../ledger/database.ts'
import { spread } from './cluster.ts'
import { type Sort, sortOf } from './sorts.ts'
import { everyStatement, home, saidBy } from './statements.ts'

/** Asked over all homes: each is a filter, an order and a limit, or counts by what it groups, which every shard answers and the coordinator merges. */
const ofManyHomes = [
  'case_counts',
  'cases_by_iin',
  'cases_of_provider',
  'custody_kept_by',
  'custody_offered_by',
  'delete_old_saved_forms',
  'due_totals',
  'due_until',
  'evidence_aged',
  'evidence_leaves',
  'exchange_settled',
  'files_without_evidence',
  'forget_days',
  'oldest_saved_form',
  'select_journal_entries',
  'select_readings_by',
]

describe('what desks, effects and pages ask of a cluster that is spread by home', () => {
  let url: string
  let ledger: PostgresLedger
  let tables: Set<string>
  let sorted: Map<string, Sort>
  let said: Statement[]

  beforeAll(async () => {
    url = await newDatabase()
    ledger = await openLedger({ url, keyRing: testKeyRing })
    const { database } = ledger
    for (const migrate of [migratePeople, migrateQueue, migrateNotices, migrateExchanges]) await migrate(database)
    tables = new Set((await spread(database)).tables.map(({ name }) => name))
    said = await everyStatement()
    sorted = await database.withClient(async (client) => {
      const found = new Map<string, Sort>()
      for (const statement of said) {
        const label = statement.name || statement.text.trim().split(/\s+/).slice(0, 4).join(' ')
        const sort = await sortOf(client, statement, tables).catch((cause) => ({ kind: 'refused', why: String(cause) }) as const)
        const before = found.get(label)
        if (before === undefined || before.kind === 'oneHome' || sort.kind === 'refused') found.set(label, sort)
      }
      return found
    })
  })
  afterAll(async () => {
    await ledger.close()
    await dropDatabase(url)
  })

  it('names one home, or is of a kind that Citus takes over several shards', () => {
    expect([...sorted].filter(([, sort]) => sort.kind === 'refused')).toEqual([])
    expect([...sorted].flatMap(([label, { kind }]) => (kind === 'manyHomes' ? [label] : [])).sort()).toEqual(ofManyHomes)
  })

  it('is all that these floors ask: whoever writes a statement adds it here', () => {
    const folders = ['ledger/views', 'gateway/journal/postgres', 'notices/postgres', 'queue/postgres', 'ledger/evidence', 'ledger/files']
    const files = folders.flatMap((folder) =>
      readdirSync(join(import.meta.dirname, '../../src', folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .map((file) => join(import.meta.dirname, '../../src', folder, file)),
    )
    const beside = ['read.ts', 'journal.ts', 'savedForms.ts'].map((file) => join(import.meta.dirname, '../../src/ledger', file))
    const named = [...files, ...beside].flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\bname: '([\w ]+)',\s*text:/g)].map(([, name = '']) => name),
    )
    expect(named.length).toBeGreaterThan(50)
    const heard = new Set(said.map(({ name }) => name))
    expect(named.filter((name) => !heard.has(name) && !notAsked.includes(name))).toEqual([])
    expect(notAsked.filter((name) => heard.has(name) || !named.includes(name))).toEqual([])
  })

  it.each([
    [
      'a recursion',
      'with recursive r as (select min(organisation) as o from work_item where organisation > $1) select * from r, lateral (select * from work_item where organisation = r.o limit 1) as w',
      ['a'],
    ],
    [
      'a home of one table alone',
      'select h.number, (select count(*) from event as e where e.case_number = h.number) as events from case_head as h where h.home = $1',
      [7],
    ],
    ['a join not on home', 'select * from case_head as h join event as e on e.case_number = h.number', []],
    ['a table of the coordinator', 'select * from case_view as c join organisation as o on o.id = c.provider where c.home = $1', [7]],
    ['a lock over shards', 'select * from case_head where number = $1 for update', ['C']],
  ])('would be refused: %s', async (_, text, values) => {
    const sort = await ledger.database.withClient((client) => sortOf(client, { name: '', text, values }, tables))
    expect(sort.kind).toBe('refused')
  })

  it('names the home that it was asked about', async () => {
    const text = 'select * from case_head where home = $1'
    const heard = await saidBy((database) => database.query({ name: 'x', text, values: [home] }))
    expect(await ledger.database.withClient((client) => sortOf(client, heard[0] ?? expect.unreachable(), tables))).toEqual({
      kind: 'oneHome',
    })
  })
})

const cluster = process.env.CITUS_URL

/** docs/scale/try-citus.sh brings a database of a cluster to this release, spreads it and sets the address. */
describe.skipIf(cluster === undefined)('a real cluster (skipped where CITUS_URL does not name one)', () => {
  it('plans every statement', async () => {
    const database = openDatabase({ url: cluster ?? '' })
    const refused: string[] = []
    await database.withClient(async (client) => {
      for (const { name, text, values } of await everyStatement())
        await client.query(`explain (costs off) ${text}`, values).catch((cause) => refused.push(`${name}: ${cause}`))
    })
    await database.close()
    expect(refused).toEqual([])
  })
})

/** Asked once at the start, of the coordinator's own table of settings, before desks open. */
const notAsked = ['views_stale']
