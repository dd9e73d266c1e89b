import { createHash, hash } from 'node:crypto'
import type pg from 'pg'
import type { CaseHeads } from '../keys/caseHeads.ts'
import { seal, unseal } from '../keys/cipher.ts'
import type { FileFacts, FileStore, KeptFile } from '../ledger.ts'
import type { Database } from '../postgres/database.ts'

/** 10 MiB: the largest scan that an office may upload. */
export const longestFile = 10 * 1024 * 1024
export const chunkLength = 256 * 1024

export class FileTooLong extends Error {
  constructor() {
    super(`A file is longer than ${longestFile} bytes.`)
    this.name = 'FileTooLong'
  }
}

const destroyedBefore = (caseNumber: string) => new TypeError(`the key of case ${caseNumber} was destroyed: it takes no files`)

/** Files of a case in pieces, each sealed under the case's key and bound to its place. */
export function fileStore(database: Database, heads: CaseHeads): FileStore {
  return {
    put: async (home, caseNumber, bytes, facts) => {
      const whole = await gathered(bytes)
      const { sha256, size, sealed } = sealFile(await heads.keyOf(home, caseNumber), home, caseNumber, whole)
      await insertFile(database, home, caseNumber, { sha256, size, facts: facts ?? null }, sealed)
      return sha256
    },
    list: (home, caseNumber) => selectFiles(database, home, caseNumber),
    remove: (home, caseNumber, sha256, version) => removeFile(database, home, caseNumber, sha256, version),
    get: async (home, caseNumber, sha256) => {
      const pieces = await readFile(database, heads, home, caseNumber, sha256)
      return pieces && Buffer.concat(await Array.fromAsync(pieces))
    },
    read: (home, caseNumber, sha256) => readFile(database, heads, home, caseNumber, sha256),
  }
}

async function readFile(database: Database, heads: CaseHeads, home: number, caseNumber: string, sha256: string) {
  const [row] = await database.query<{ size: number; wrapped: Buffer | null }>({
    name: 'select_file',
    text: `
      select f.size, k.wrapped
      from file as f
      join case_key as k on k.home = f.home and k.case_number = f.case_number
      where f.home = $1 and f.case_number = $2 and f.sha256 = decode($3, 'hex')`,
    values: [home, caseNumber, sha256],
  })
  if (!row?.wrapped) return null
  const key = await heads.unwrap(home, caseNumber, row.wrapped)
  return pieces(database, key, row.size, home, caseNumber, sha256)
}

async function* pieces(database: Database, key: Buffer, size: number, home: number, caseNumber: string, sha256: string) {
  const digest = createHash('sha256')
  for (let position = 0; position * chunkLength < size; position++) {
    const [row] = await database.query<{ sealed: Buffer }>({
      name: 'select_chunk',
      text: `select sealed from file_chunk where home = $1 and case_number = $2 and sha256 = decode($3, 'hex') and position = $4`,
      values: [home, caseNumber, sha256, position],
    })
    if (row === undefined) throw new Error(`File ${sha256} of case ${home}/${caseNumber} lacks piece ${position}.`)
    const plain = unseal(key, chunkContext(home, caseNumber, sha256, position), row.sealed)
    digest.update(plain)
    yield plain
  }
  if (digest.digest('hex') !== sha256) throw new Error(`File ${sha256} of case ${home}/${caseNumber} has other content.`)
}

/** Bound to the file and the place: pieces cannot be exchanged or moved. */
export function chunkContext(home: number, caseNumber: string, sha256: string, position: number): string {
  return `file ${home}/${caseNumber}/${sha256}/${position}`
}

async function gathered(bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  if (bytes instanceof Uint8Array) return bytes
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of bytes) {
    length += part.length
    if (length > longestFile) throw new FileTooLong()
    parts.push(part)
  }
  return Buffer.concat(parts)
}

export interface SealedFile {
  /** Hex. */
  readonly sha256: string
  /** Of the content, in bytes. */
  readonly size: number
  readonly sealed: readonly Buffer[]
}

/** Throws FileTooLong; TypeError where the case's key was destroyed. */
export function sealFile(key: Buffer | null, home: number, caseNumber: string, bytes: Uint8Array): SealedFile {
  const size = bytes.length
  if (size > longestFile) throw new FileTooLong()
  if (key === null) throw new TypeError(`the key of case ${caseNumber} was destroyed: it takes no files`)
  const sha256 = hash('sha256', bytes, 'hex')
  const sealed = Array.from({ length: Math.ceil(size / chunkLength) }, (_, position) =>
    seal(key, chunkContext(home, caseNumber, sha256, position), bytes.subarray(position * chunkLength, (position + 1) * chunkLength)),
  )
  return { sha256, size, sealed }
}

async function insertFile(
  database: Database,
  home: number,
  caseNumber: string,
  { sha256, size, facts }: KeptFile,
  sealed: readonly Buffer[],
): Promise<void> {
  await database.transaction(async (client) => {
    // Another process may have destroyed the case after its key was read here: what is sealed under that key must not come to lie in it.
    const { rowCount: keys } = await client.query(
      'select from case_key where home = $1 and case_number = $2 and wrapped is not null for share',
      [home, caseNumber],
    )
    if (keys === 0) throw destroyedBefore(caseNumber)
    const { rowCount } = await client.query(
      `insert into file (home, case_number, sha256, size, type, pages) values ($1, $2, decode($3, 'hex'), $4, $5, $6)
       on conflict (home, case_number, sha256) do nothing`,
      [home, caseNumber, sha256, size, facts?.type ?? null, facts?.pages ?? null],
    )
    if (rowCount === 0) return
    for (const [position, chunk] of sealed.entries())
      await client.query(
        `insert into file_chunk (home, case_number, sha256, position, sealed) values ($1, $2, decode($3, 'hex'), $4, $5)`,
        [home, caseNumber, sha256, position, chunk],
      )
  })
}

async function selectFiles(database: Database, home: number, caseNumber: string): Promise<KeptFile[]> {
  const rows = await database.query<{ sha256: string; size: number } & { [Name in keyof FileFacts]: FileFacts[Name] | null }>({
    name: 'select_files',
    text: `
      select encode(sha256, 'hex') as sha256, size, type, pages
      from file where home = $1 and case_number = $2
      order by put_at, sha256`,
    values: [home, caseNumber],
  })
  return rows.map(({ sha256, size, type, pages }) => ({ sha256, size, facts: type === null || pages === null ? null : { type, pages } }))
}

/** Under the lock that an append takes: no command can name the file between the look and the removal. */
async function removeFile(database: Database, home: number, caseNumber: string, sha256: string, version: number): Promise<boolean> {
  return database.transaction(async (client) => {
    const head = await client.query<{ version: number }>(`select version from case_head where home = $1 and number = $2 for update`, [
      home,
      caseNumber,
    ])
    if (head.rows[0]?.version !== version) return false
    return deleteFile(client, home, caseNumber, sha256)
  })
}

/** Pieces and row, whatever names the file: within the transaction of whoever knows that nothing does any more. False: it is not there. */
export async function deleteFile(client: pg.ClientBase, home: number, caseNumber: string, sha256: string): Promise<boolean> {
  const file = [home, caseNumber, sha256]
  await client.query(`delete from file_chunk where home = $1 and case_number = $2 and sha256 = decode($3, 'hex')`, file)
  const { rowCount } = await client.query(`delete from file where home = $1 and case_number = $2 and sha256 = decode($3, 'hex')`, file)
  return rowCount === 1
}
