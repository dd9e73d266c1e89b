import type pg from 'pg'
import type { Database } from '../postgres/database.ts'
import type { ReadHashes } from './merkle.ts'
import { hashOfHead, readSeal, type Seal } from './seal.ts'

interface SealRow {
  hash: Buffer
  body: string
}

export async function selectNewest(client: pg.ClientBase): Promise<Seal | null> {
  const { rows } = await client.query<SealRow>('select hash, body from seal order by number desc limit 1')
  const [row] = rows
  return row === undefined ? null : readSeal(row.body, row.hash)
}

/** The newest seal, for somebody else to keep; null: none was made yet. */
export async function newestSeal(database: Database): Promise<Seal | null> {
  const [row] = await database.query<SealRow>({ name: 'newest_seal', text: 'select hash, body from seal order by number desc limit 1' })
  return row === undefined ? null : readSeal(row.body, row.hash)
}

/** Texts of the seals, oldest first, from a number on. */
export async function selectSealsFrom(client: pg.ClientBase, number: number): Promise<(SealRow & { number: number })[]> {
  const { rows } = await client.query<SealRow & { number: number }>(
    'select number, hash, body from seal where number >= $1 order by number',
    [number],
  )
  return rows
}

interface LeafRow {
  home: number
  case_number: string
  version: number
  head: Buffer
}

/** The tree's hashes as this connection sees them. */
export function hashesIn(client: pg.ClientBase): ReadHashes {
  return async (level, position, count) => {
    if (level > 0) {
      const { rows } = await client.query<{ hash: Buffer }>(
        'select hash from seal_node where level = $1 and position >= $2 and position < $3 order by position',
        [level, position, position + count],
      )
      return rows.map((row) => row.hash)
    }
    const { rows } = await client.query<LeafRow>(
      'select home, case_number, version, head from seal_leaf where position >= $1 and position < $2 order by position',
      [position, position + count],
    )
    return rows.map(({ home, case_number, version, head }) => hashOfHead({ home, case: case_number, version, head: head.toString('hex') }))
  }
}
