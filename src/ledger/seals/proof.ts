import type pg from 'pg'
import { type Database, inTransaction } from '../postgres/database.ts'
import { inclusionPath } from './merkle.ts'
import { hashesIn, selectSealsFrom } from './readSeals.ts'
import { readSeal } from './seal.ts'

/** What shows, to anybody and without us, that a case's history is the one that was sealed. `docs/verify/README.md` says how it is checked. */
export interface CaseProof {
  format: 'qyzmet-proof-1'
  home: number
  case: string
  /** All events in order: the canonical text, and its hash (hex). Personal values stand in it as salted digests only. */
  events: { hash: string; body: string }[]
  /** The newest sealed head of the case; null: none is sealed yet. */
  sealed: {
    /** How many events it covers. */
    version: number
    /** Of the leaf, from 0. */
    position: number
    /** Hex, from the leaf up. */
    path: string[]
    /** Canonical texts: the seal to whose root the path leads, and every one after it up to the newest. */
    seals: string[]
  } | null
}

/** One snapshot. null: there is no such case. */
export async function caseProof(database: Database, home: number, caseNumber: string): Promise<CaseProof | null> {
  return database.withClient((client) =>
    inTransaction(client, () => proofIn(client, home, caseNumber), 'begin isolation level repeatable read read only'),
  )
}

async function proofIn(client: pg.ClientBase, home: number, caseNumber: string): Promise<CaseProof | null> {
  const { rows: events } = await client.query<{ hash: string; body: string }>(
    `select encode(hash, 'hex') as hash, body from event where home = $1 and case_number = $2 order by seq`,
    [home, caseNumber],
  )
  if (events.length === 0) return null
  return { format: 'qyzmet-proof-1', home, case: caseNumber, events, sealed: await sealedIn(client, home, caseNumber) }
}

async function sealedIn(client: pg.ClientBase, home: number, caseNumber: string): Promise<CaseProof['sealed']> {
  const { rows } = await client.query<{ version: number; position: number }>(
    'select version, position from seal_leaf where home = $1 and case_number = $2 order by version desc limit 1',
    [home, caseNumber],
  )
  const [leaf] = rows
  if (leaf === undefined) return null
  const seals = await selectSealsFrom(client, await firstSealOver(client, leaf.position))
  const [first] = seals
  if (first === undefined) return null
  const { size } = readSeal(first.body, first.hash)
  const path = await inclusionPath(leaf.position, size, hashesIn(client))
  return { ...leaf, path: path.map((hash) => hash.toString('hex')), seals: seals.map(({ body }) => body) }
}

/** Number of the oldest seal that covers the leaf: by halving, since each covers more than the one before. */
async function firstSealOver(client: pg.ClientBase, position: number): Promise<number> {
  let [low, high] = [1, (await newestNumber(client)) + 1]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const [seal] = (
      await client.query<{ size: number }>(`select (body::jsonb ->> 'size')::bigint as size from seal where number = $1`, [middle])
    ).rows
    if (seal !== undefined && seal.size > position) high = middle
    else low = middle + 1
  }
  return low
}

async function newestNumber(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ number: number | null }>('select max(number) as number from seal')
  return rows[0]?.number ?? 0
}
