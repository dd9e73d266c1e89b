import { createHash } from 'node:crypto'
import type pg from 'pg'
import { chunkContext } from '../files/fileStore.ts'
import { unseal } from '../keys/cipher.ts'
import type { KeyRing } from '../keys/keyRing.ts'
import type { ChainOfCase } from './chain.ts'
import type { Problem } from './problem.ts'

interface CaseKey {
  number: string
  wrapped: Buffer | null
}

/**
 * Opens every file of these cases, one at a time, and compares it with its address; misses those that an event names and nobody has.
 * An event names a file by a member `file` that holds its address.
 */
export async function fileProblems(
  client: pg.ClientBase,
  keyRing: KeyRing,
  cases: CaseKey[],
  chains: readonly ChainOfCase[],
): Promise<Problem[]> {
  const [first] = chains
  if (first === undefined) return []
  const { home } = first
  const keys = new Map(cases.map(({ number, wrapped }) => [number, wrapped]))
  const tell = (number: string, sha256: string, found: string): Problem => ({
    kind: 'file',
    home,
    case: number,
    seq: null,
    text: `file ${sha256}: ${found}`,
  })
  const problems: Problem[] = []
  const kept = await selectFiles(client, home, [...keys.keys()])
  for (const { case_number, sha256, size } of kept) {
    const wrapped = keys.get(case_number)
    if (!wrapped) continue
    const found = await contentOf(client, keyRing, wrapped, home, case_number, sha256)
    if (typeof found === 'string') problems.push(tell(case_number, sha256, found))
    else if (found.sha256 !== sha256) problems.push(tell(case_number, sha256, `the content is ${found.sha256}`))
    else if (found.size !== size) problems.push(tell(case_number, sha256, `it has ${found.size} bytes, its row says ${size}`))
  }
  for (const { case_number, sha256 } of await selectLeftOver(
    client,
    home,
    chains.filter((c) => c.destroyed).map((c) => c.case),
  ))
    problems.push({ ...tell(case_number, sha256, 'pieces are still there though the key was destroyed'), kind: 'destroyed' })
  const there = new Set(kept.map(({ case_number, sha256 }) => `${case_number}/${sha256}`))
  for (const chain of chains)
    for (const sha256 of namedIn(chain))
      if (!there.has(`${chain.case}/${sha256}`)) problems.push(tell(chain.case, sha256, 'an event names it, and it is not there'))
  return problems
}

function namedIn({ rows }: ChainOfCase): Set<string> {
  return new Set(rows.flatMap(({ body }) => [...body.matchAll(/"file":"([0-9a-f]{64})"/g)].map(([, sha256 = '']) => sha256)))
}

async function contentOf(
  client: pg.ClientBase,
  keyRing: KeyRing,
  wrapped: Buffer,
  home: number,
  number: string,
  sha256: string,
): Promise<{ sha256: string; size: number } | string> {
  try {
    const key = await keyRing.unwrap(wrapped, `${home}/${number}`)
    const digest = createHash('sha256')
    let size = 0
    for (const { position, sealed } of await selectChunks(client, home, number, sha256)) {
      const plain = unseal(key, chunkContext(home, number, sha256, position), sealed)
      digest.update(plain)
      size += plain.length
    }
    return { sha256: digest.digest('hex'), size }
  } catch (cause) {
    return String(cause)
  }
}

async function selectFiles(client: pg.ClientBase, home: number, numbers: string[]) {
  const { rows } = await client.query<{ case_number: string; sha256: string; size: number }>(
    `select case_number, encode(sha256, 'hex') as sha256, size from file where home = $1 and case_number = any ($2) order by 1, 2`,
    [home, numbers],
  )
  return rows
}

async function selectChunks(client: pg.ClientBase, home: number, number: string, sha256: string) {
  const { rows } = await client.query<{ position: number; sealed: Buffer }>(
    `select position, sealed from file_chunk where home = $1 and case_number = $2 and sha256 = decode($3, 'hex') order by position`,
    [home, number, sha256],
  )
  return rows
}

async function selectLeftOver(client: pg.ClientBase, home: number, numbers: string[]) {
  const { rows } = await client.query<{ case_number: string; sha256: string }>(
    `select distinct case_number, encode(sha256, 'hex') as sha256 from file_chunk where home = $1 and case_number = any ($2) order by 1, 2`,
    [home, numbers],
  )
  return rows
}
