import type pg from 'pg'
import { sealEvent } from './chain.ts'
import { destruction, type NewEvent } from './ledger.ts'
import type { Database } from './postgres/database.ts'

const emptied = [
  'personal',
  'file_chunk',
  'case_view',
  'work_item',
  'due',
  'custody_item',
  'search_key',
  'saved_form',
  'outbox',
  'evidence_leaf',
]
/** Of floors above, which a ledger without their tables may lack. */
const emptiedElsewhere = ['consent_token']

/**
 * Lawful destruction: the key goes, and with it everything sealed under it, here and in every copy. What only copies a value goes too: views, forms,
 * what waits to be sent, and the digests of requests, which are not salted. Under the lock that an append takes, with the event that tells of it.
 */
export async function destroyCase(database: Database, home: number, caseNumber: string, record: NewEvent): Promise<boolean> {
  if (record.type !== destruction || record.personal !== undefined)
    throw new TypeError(`a destruction is told by an event ${destruction} without personal values`)
  return database.transaction(async (client) => {
    const head = await lockHead(client, home, caseNumber)
    if (head === undefined) return false
    const { rowCount } = await client.query(
      'update case_key set wrapped = null where home = $1 and case_number = $2 and wrapped is not null',
      [home, caseNumber],
    )
    if (rowCount === 0) return false
    await appendRecord(client, home, caseNumber, head, record)
    for (const table of [...emptied, ...(await thoseThere(client, emptiedElsewhere))]) await deleteOfCase(client, table, home, caseNumber)
    await client.query(`update command set request_hash = '' where home = $1 and case_number = $2`, [home, caseNumber])
    await removeEffects(client, home, caseNumber)
    return true
  })
}

interface Head {
  version: number
  head: Buffer
}

async function lockHead(client: pg.ClientBase, home: number, caseNumber: string): Promise<Head | undefined> {
  const { rows } = await client.query<Head>('select version, head from case_head where home = $1 and number = $2 for update', [
    home,
    caseNumber,
  ])
  return rows[0]
}

async function appendRecord(
  client: pg.ClientBase,
  home: number,
  caseNumber: string,
  { version, head }: Head,
  record: NewEvent,
): Promise<void> {
  const { seq, hash, body } = sealEvent(home, caseNumber, version + 1, head, record, () => Buffer.alloc(0))
  await client.query('insert into event (home, case_number, seq, hash, body) values ($1, $2, $3, $4, $5)', [
    home,
    caseNumber,
    seq,
    hash,
    body,
  ])
  await client.query('update case_head set version = $3, head = $4 where home = $1 and number = $2', [home, caseNumber, seq, hash])
  await client.query(`insert into command (home, key, case_number, version, request_hash, result) values ($1, $2, $3, $4, '', $5)`, [
    home,
    `destroy/${caseNumber}`,
    caseNumber,
    seq,
    JSON.stringify({ number: caseNumber }),
  ])
}

async function thoseThere(client: pg.ClientBase, names: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'select name from unnest($1::text[]) as n(name) where to_regclass(name) is not null',
    [names],
  )
  return rows.map(({ name }) => name)
}

async function deleteOfCase(client: pg.ClientBase, table: string, home: number, caseNumber: string): Promise<void> {
  await client.query(`delete from ${table} where home = $1 and case_number = $2`, [home, caseNumber])
}

/** Payloads may hold what a register is asked. One that runs at this moment ends, and is not made again. */
async function removeEffects(client: pg.ClientBase, home: number, caseNumber: string): Promise<void> {
  await client.query('select graphile_worker.remove_job(j.key) from graphile_worker.jobs as j where starts_with(j.key, $1)', [
    `${home}/${caseNumber}/`,
  ])
}
