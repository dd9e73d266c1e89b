import type pg from 'pg'
import { openChain } from '../chain.ts'
import type { KeyRing } from '../keys/keyRing.ts'
import type { StoredEvent } from '../ledger.ts'
import { type Database, inTransaction } from '../postgres/database.ts'
import { openPersonal } from '../read.ts'
import { selectEvents } from '../views/fold.ts'
import type { Views } from '../views/rows.ts'
import { type ChainOfCase, chainProblems } from './chain.ts'
import { evidenceProblems } from './evidence.ts'
import { fileProblems } from './files.ts'
import { orphanProblems } from './orphans.ts'
import type { Problem } from './problem.ts'
import { type KeptSeal, sealedProblems, sealProblems, selectLeavesOf } from './seals.ts'
import { viewProblems } from './views.ts'

export interface Verification {
  cases: number
  events: number
  problems: Problem[]
}

export interface VerifyOptions {
  /** Absent: all. */
  homes?: number[]
  /** Only the chains, values, views and files of these; rows without a case are looked for everywhere all the same. Absent: of all. */
  cases?: string[]
  /** What the views of a case must hold, from its events. Throws when the events cannot be replayed. */
  rowsOf: (events: StoredEvent[]) => Views
  /** A seal that lay elsewhere: it must be one of the chain. */
  kept?: KeptSeal
}

interface Asked {
  homes: number[] | null
  cases: string[] | null
}

interface CaseRow {
  home: number
  number: string
  version: number
  head: Buffer
  wrapped: Buffer | null
  key_known: boolean
}

const casesAtOnce = 200

/**
 * Checks every chain, value, file and view row, in one snapshot: work may go on meanwhile. The seals are of all homes at once, and are left out where
 * only some are asked for.
 */
export async function verify(database: Database, keyRing: KeyRing, options: VerifyOptions): Promise<Verification> {
  const begin = 'begin isolation level repeatable read read only'
  return database.withClient((client) => inTransaction(client, () => verifyIn(client, keyRing, options), begin))
}

/** The same as this connection sees it, in the transaction that it is in. */
export async function verifyIn(
  client: pg.ClientBase,
  keyRing: KeyRing,
  { homes, cases, rowsOf, kept }: VerifyOptions,
): Promise<Verification> {
  const result = await verifySnapshot(client, keyRing, { homes: homes ?? null, cases: cases ?? null }, rowsOf)
  if (homes === undefined && cases === undefined)
    result.problems.push(...(await sealProblems(client, kept)), ...(await evidenceProblems(client)))
  return result
}

async function verifySnapshot(
  client: pg.ClientBase,
  keyRing: KeyRing,
  asked: Asked,
  rowsOf: VerifyOptions['rowsOf'],
): Promise<Verification> {
  const knownLaw = await selectKnownLaw(client)
  const result: Verification = { cases: 0, events: 0, problems: await orphanProblems(client, asked.homes) }
  let last: { home: number; number: string } = { home: -1, number: '' }
  for (;;) {
    const cases = await selectCases(client, asked, last)
    const [first] = cases
    if (first === undefined) return result
    const page = cases.filter((row) => row.home === first.home)
    last = page.at(-1) ?? first
    const chains = await readChains(client, keyRing, first.home, page)
    result.cases += chains.length
    result.events += chains.reduce((sum, chain) => sum + chain.rows.length, 0)
    for (const chain of chains) result.problems.push(...chainProblems(chain, knownLaw))
    const leaves = await selectLeavesOf(
      client,
      first.home,
      page.map(({ number }) => number),
    )
    for (const chain of chains)
      result.problems.push(
        ...sealedProblems(
          chain,
          leaves.get(chain.case) ?? [],
          chain.rows.map(({ hash }) => hash),
        ),
      )
    result.problems.push(...(await viewProblems(client, first.home, chains, (chain) => rowsOf(openChain(chain.rows)))))
    result.problems.push(...(await fileProblems(client, keyRing, page, chains)))
  }
}

async function readChains(client: pg.ClientBase, keyRing: KeyRing, home: number, cases: CaseRow[]): Promise<ChainOfCase[]> {
  const events = Map.groupBy(
    await selectEvents(
      client,
      home,
      cases.map((row) => row.number),
    ),
    (row) => row.case_number,
  )
  return Promise.all(
    cases.map(async ({ number, version, head, wrapped, key_known }) => {
      const key = wrapped && (await unwrapped(keyRing, wrapped, `${home}/${number}`))
      const rows = (events.get(number) ?? []).map(({ seq, hash, body, sealed }) => ({
        seq,
        hash,
        body,
        personal: sealed === null ? undefined : opened(key, home, number, seq, sealed),
      }))
      return { home, case: number, version, head, destroyed: key_known && wrapped === null, keyless: !key_known, rows }
    }),
  )
}

async function unwrapped(keyRing: KeyRing, wrapped: Buffer, context: string): Promise<Buffer | null> {
  try {
    return await keyRing.unwrap(wrapped, context)
  } catch {
    // Another installation's key, or a bent one: told of each value that it should have opened.
    return null
  }
}

function opened(key: Buffer | null, home: number, caseNumber: string, seq: number, sealed: Buffer) {
  try {
    return key && openPersonal(key, home, caseNumber, seq, sealed)
  } catch {
    return null
  }
}

async function selectCases(client: pg.ClientBase, asked: Asked, after: { home: number; number: string }): Promise<CaseRow[]> {
  const { rows } = await client.query<CaseRow>(
    `select h.home, h.number, h.version, h.head, k.wrapped, k.case_number is not null as key_known
     from case_head as h
     left join case_key as k on k.home = h.home and k.case_number = h.number
     where (h.home, h.number) > ($1, $2) and ($3::integer[] is null or h.home = any ($3)) and ($5::text[] is null or h.number = any ($5))
     order by h.home, h.number
     limit $4`,
    [after.home, after.number, asked.homes, casesAtOnce, asked.cases],
  )
  return rows
}

async function selectKnownLaw(client: pg.ClientBase): Promise<Set<string>> {
  const { rows } = await client.query<{ sha256: string }>(
    `select encode(sha256, 'hex') as sha256 from law_file where sha256 = sha256(convert_to(text, 'UTF8'))`,
  )
  return new Set(rows.map((row) => row.sha256))
}
