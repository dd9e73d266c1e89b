import { createHash } from 'node:crypto'
import type pg from 'pg'
import { chunkContext } from '../files/fileStore.ts'
import { unseal } from '../keys/cipher.ts'
import type { KeyRing } from '../keys/keyRing.ts'
import type { Problem } from './problem.ts'

interface CaseKey {
  number: string
  wrapped: Buffer | null
}

/** Opens every file of these cases, one at a time, and compares it with its address. */
export async function fileProblems(client: pg.ClientBase, keyRing: KeyRing, home: number, cases: CaseKey[]): Promise<Problem[]> {
  const keys = new Map(cases.map(({ number, wrapped }) => [number, wrapped]))
  const problems: Problem[] = []
  for (const { case_number, sha256 } of await selectFiles(client, home, [...keys.keys()])) {
    const wrapped = keys.get(case_number)
    if (!wrapped) continue
    const found = await digestOf(client, keyRing, wrapped, home, case_number, sha256)
    if (found !== sha256) problems.push({ kind: 'file', home, case: case_number, seq: null, text: `file ${sha256}: ${found}` })
  }
  return problems
}

async function digestOf(
  client: pg.ClientBase,
  keyRing: KeyRing,
  wrapped: Buffer,
  home: number,
  number: string,
  sha256: string,
): Promise<string> {
  try {
    const key = await keyRing.unwrap(wrapped, `${home}/${number}`)
    const digest = createHash('sha256')
    for (const { position, sealed } of await selectChunks(client, home, number, sha256))
      digest.update(unseal(key, chunkContext(home, number, sha256, position), sealed))
    return digest.digest('hex')
  } catch (cause) {
    return String(cause)
  }
}

async function selectFiles(client: pg.ClientBase, home: number, numbers: string[]) {
  const { rows } = await client.query<{ case_number: string; sha256: string }>(
    `select case_number, encode(sha256, 'hex') as sha256 from file where home = $1 and case_number = any ($2) order by 1, 2`,
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
