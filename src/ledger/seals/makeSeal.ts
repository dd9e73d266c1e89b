import type pg from 'pg'
import { withAdvisoryLock } from '../advisoryLock.ts'
import { type Database, inTransaction } from '../postgres/database.ts'
import { growingTree, type KeptNode, peaksOf } from './merkle.ts'
import { hashesIn, selectNewest } from './readSeals.ts'
import { hashOfHead, readSeal, type Seal, type SealFacts, sealHash, sealText } from './seal.ts'

/** At most so many rows are in memory. */
const headsAtOnce = 5_000

interface HeadRow {
  home: number
  number: string
  version: number
  head: Buffer
}

/**
 * Seals the heads that moved since the seal before, in one snapshot; commands go on meanwhile. null: another process seals, or no head moved.
 * @param at RFC 3339, by the law's clock
 */
export async function makeSeal(database: Database, at: string): Promise<Seal | null> {
  const done = await withAdvisoryLock(database, 'seal', () =>
    database.withClient((client) => inTransaction(client, () => sealHeads(client, at), 'begin isolation level repeatable read')),
  )
  return done.ran ? done.value : null
}

async function sealHeads(client: pg.ClientBase, at: string): Promise<Seal | null> {
  const last = await selectNewest(client)
  const nodes: KeptNode[] = []
  const size = last?.size ?? 0
  const tree = growingTree(size, await peaksOf(size, hashesIn(client)), (node) => nodes.push(node))
  // The rows are wanted to the last one: else the planner would probe for each head instead of walking both indexes side by side.
  await client.query('set local cursor_tuple_fraction = 1')
  await client.query(`declare moved no scroll cursor for ${movedHeads}`)
  for (;;) {
    const { rows } = await client.query<HeadRow>(`fetch ${headsAtOnce} from moved`)
    if (rows.length === 0) break
    const first = tree.size
    for (const { home, number, version, head } of rows) tree.append(hashOfHead({ home, case: number, version, head: head.toString('hex') }))
    await insertLeaves(client, rows, first)
    await insertNodes(client, nodes.splice(0))
  }
  if (tree.size === size) return null
  const facts: SealFacts = {
    format: 'qyzmet-seal-1',
    number: (last?.number ?? 0) + 1,
    at,
    previous: last?.hash ?? '',
    size: tree.size,
    root: tree.root().toString('hex'),
    cases: await countCases(client),
  }
  const body = sealText(facts)
  const hash = sealHash(body)
  await client.query('insert into seal (number, hash, body) values ($1, $2, $3)', [facts.number, hash, body])
  return readSeal(body, hash)
}

export const movedHeads = `
  select h.home, h.number, h.version, h.head
  from case_head as h
  where not exists (select from seal_leaf as l where l.home = h.home and l.case_number = h.number and l.version = h.version)
  order by h.home, h.number`

async function insertLeaves(client: pg.ClientBase, rows: HeadRow[], first: number): Promise<void> {
  await client.query(
    `insert into seal_leaf (home, case_number, version, head, position)
     select home, number, version, head, $5::bigint + ordinal - 1
     from unnest($1::integer[], $2::text[], $3::integer[], $4::bytea[]) with ordinality as r(home, number, version, head, ordinal)`,
    [rows.map((row) => row.home), rows.map((row) => row.number), rows.map((row) => row.version), rows.map((row) => row.head), first],
  )
}

async function insertNodes(client: pg.ClientBase, nodes: KeptNode[]): Promise<void> {
  if (nodes.length === 0) return
  await client.query('insert into seal_node (level, position, hash) select * from unnest($1::integer[], $2::bigint[], $3::bytea[])', [
    nodes.map((node) => node.level),
    nodes.map((node) => node.position),
    nodes.map((node) => node.hash),
  ])
}

async function countCases(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ cases: number }>('select count(*) as cases from case_head')
  return rows[0]?.cases ?? 0
}
