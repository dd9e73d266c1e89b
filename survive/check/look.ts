import type pg from 'pg'
import { openChain } from '../../src/ledger/chain.ts'
import type { KeyRing } from '../../src/ledger/keys/keyRing.ts'
import type { StoredEvent } from '../../src/ledger/ledger.ts'
import { type Database, inTransaction } from '../../src/ledger/postgres/database.ts'
import { openPersonal } from '../../src/ledger/read.ts'
import type { CommandRow, Head, Job, NoticeRow, Seen, SeenCase } from './seen.ts'

/** Reads the cases that moved since `known` and those of these keys, with everything that a check asks about them, in one snapshot. */
export function look(
  database: Database,
  keyRing: KeyRing,
  known: ReadonlyMap<string, number>,
  keys: readonly string[],
): Promise<{ heads: Head[]; seen: Seen }> {
  return database.withClient((client) =>
    inTransaction(
      client,
      async () => {
        const heads = await selectHeads(client)
        const commands = await selectCommandsOfKeys(client, keys)
        const asked = new Set(commands.map((row) => row.case))
        const wanted = heads.filter(({ number, version }) => known.get(number) !== version || asked.has(number))
        return { heads, seen: { cases: await readCases(client, keyRing, wanted), jobs: await selectJobs(client), commands } }
      },
      'begin isolation level repeatable read read only',
    ),
  )
}

async function readCases(client: pg.ClientBase, keyRing: KeyRing, heads: readonly Head[]): Promise<SeenCase[]> {
  const numbers = heads.map(({ number }) => number)
  const events = Map.groupBy(await selectEvents(client, numbers), (row) => row.case)
  const commands = Map.groupBy(await selectCommandsOfCases(client, numbers), (row) => row.case)
  const notices = Map.groupBy(await selectNotices(client, numbers), (row) => row.case)
  return Promise.all(
    heads.map(async ({ home, number, version }) => ({
      home,
      number,
      version,
      events: await opened(keyRing, home, number, events.get(number) ?? []),
      commands: commands.get(number) ?? [],
      notices: notices.get(number) ?? [],
    })),
  )
}

async function opened(keyRing: KeyRing, home: number, number: string, rows: readonly EventRow[]): Promise<StoredEvent[]> {
  const wrapped = rows[0]?.wrapped
  const key = wrapped ? await keyRing.unwrap(wrapped, `${home}/${number}`) : null
  return openChain(
    rows.map(({ seq, hash, body, sealed }) => ({
      ...{ hash, body },
      personal: sealed && key ? openPersonal(key, home, number, seq, sealed) : null,
    })),
  )
}

async function selectHeads(client: pg.ClientBase): Promise<Head[]> {
  const { rows } = await client.query<Head>('select home, number, version from case_head')
  return rows
}

interface EventRow {
  case: string
  seq: number
  hash: Buffer
  body: string
  sealed: Buffer | null
  wrapped: Buffer | null
}

async function selectEvents(client: pg.ClientBase, numbers: readonly string[]): Promise<EventRow[]> {
  const { rows } = await client.query<EventRow>(
    `select e.case_number as "case", e.seq, e.hash, e.body, p.sealed, k.wrapped
     from event as e
     left join personal as p on p.home = e.home and p.case_number = e.case_number and p.seq = e.seq
     left join case_key as k on k.home = e.home and k.case_number = e.case_number
     where e.case_number = any ($1)
     order by e.case_number, e.seq`,
    [numbers],
  )
  return rows
}

const commandColumns = 'home, key, case_number as "case", version'

async function selectCommandsOfKeys(client: pg.ClientBase, keys: readonly string[]): Promise<CommandRow[]> {
  const { rows } = await client.query<CommandRow>(`select ${commandColumns} from command where key = any ($1)`, [keys])
  return rows
}

async function selectCommandsOfCases(client: pg.ClientBase, numbers: readonly string[]): Promise<CommandRow[]> {
  const { rows } = await client.query<CommandRow>(`select ${commandColumns} from command where case_number = any ($1)`, [numbers])
  return rows
}

async function selectNotices(client: pg.ClientBase, numbers: readonly string[]): Promise<(NoticeRow & { case: string })[]> {
  const { rows } = await client.query<NoticeRow & { case: string }>(
    'select case_number as "case", key, channel, state, tries from notice where case_number = any ($1)',
    [numbers],
  )
  return rows
}

async function selectJobs(client: pg.ClientBase): Promise<Job[]> {
  const { rows } = await client.query<Job>(
    `select key, task_identifier as task, attempts, attempts >= max_attempts and locked_at is null as dead
     from graphile_worker.jobs
     where key is not null`,
  )
  return rows
}
