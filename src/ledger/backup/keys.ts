import type pg from 'pg'
import type { KeyRing } from '../keys/keyRing.ts'
import { fillSealed, type SealedColumn, type SealedRow, selectSealed } from '../keys/sealedColumns.ts'
import type { MigratedFloor } from '../postgres/migrate.ts'

/** A case's key in the file of keys. */
export interface KeyLine {
  home: number
  case: string
  /** Base64; null: destroyed by an order. */
  wrapped: string | null
  /** As PostgreSQL prints it. */
  madeAt: string
  /** It did not open with the installation's key and is still wrapped by it. */
  asItWas?: true
}

/** What else lies under the installation's key. */
interface SealedLine {
  table: string
  key: string
  wrapped: string
  asItWas?: true
}

/** From the installation's wrapping into the passphrase's, or the way back. */
export interface Moving {
  readonly from: KeyRing
  readonly to: KeyRing
  readonly sealed: readonly SealedColumn[]
}

export const sealedOf = (floors: readonly MigratedFloor[]): SealedColumn[] => floors.flatMap((floor) => floor.sealed ?? [])

const rowsAtOnce = 1_000

/** Every case's key and every other secret, wrapped anew, as lines of JSON. `count` tells afterwards what came. */
export function keyLines(client: pg.ClientBase, moving: Moving) {
  const count = { rows: 0, opened: 0, unopened: 0 }
  const move = async <Line extends { asItWas?: true }>(
    wrapped: Buffer | null,
    context: string,
    lineOf: (wrapped: string | null) => Line,
  ): Promise<string> => {
    const moved = wrapped && (await rewrapped(wrapped, context, moving))
    const line = lineOf((moved ?? wrapped)?.toString('base64') ?? null)
    count.rows += 1
    if (moved) count.opened += 1
    if (wrapped && !moved) {
      count.unopened += 1
      line.asItWas = true
    }
    return `${JSON.stringify(line)}\n`
  }
  const lines = async function* (): AsyncGenerator<string> {
    for await (const { home, number, wrapped, made_at } of caseKeys(client))
      yield await move(wrapped, `${home}/${number}`, (text): KeyLine => ({ home, case: number, wrapped: text, madeAt: made_at }))
    for (const column of moving.sealed)
      for await (const { key, wrapped } of sealedRows(client, column))
        yield await move(wrapped, column.contextOf(key), (text): SealedLine => ({ table: column.table, key, wrapped: text ?? '' }))
  }
  return { lines: lines(), count }
}

async function* caseKeys(client: pg.ClientBase) {
  await client.query(
    'declare backup_keys no scroll cursor for select home, case_number as number, wrapped, made_at::text as made_at from case_key',
  )
  for (;;) {
    const { rows } = await client.query<{ home: number; number: string; wrapped: Buffer | null; made_at: string }>(
      `fetch ${rowsAtOnce} from backup_keys`,
    )
    yield* rows
    if (rows.length < rowsAtOnce) break
  }
  await client.query('close backup_keys')
}

async function* sealedRows(client: pg.ClientBase, column: SealedColumn) {
  // A backup may be made of the tables of an earlier release.
  const { rows: known } = await client.query('select where to_regclass($1) is not null', [column.table])
  if (known.length === 0) return
  let after = ''
  for (;;) {
    const { rows }: { rows: SealedRow[] } = await client.query<SealedRow>(selectSealed(column), [after, rowsAtOnce])
    yield* rows
    after = rows.at(-1)?.key ?? ''
    if (rows.length < rowsAtOnce) break
  }
}

/** null: it does not open. One bent key must not stand between an installation and its backup: it is counted, and goes along as it is. */
async function rewrapped(wrapped: Buffer, context: string, { from, to }: Moving): Promise<Buffer | null> {
  let key: Buffer
  try {
    key = await from.unwrap(wrapped, context)
  } catch {
    return null
  }
  return to.wrap(key, context)
}

/** The way back: into the tables, wrapped by the installation's key. Throws what the passphrase's ring throws when a key does not open. */
export async function writeKeys(client: pg.ClientBase, lines: AsyncIterable<string>, moving: Moving): Promise<number> {
  let written = 0
  let page: KeyLine[] = []
  const flush = async () => {
    await insertKeys(client, page)
    written += page.length
    page = []
  }
  for await (const text of lines) {
    if (text === '') continue
    const line = JSON.parse(text) as KeyLine | SealedLine // the manifest's digest has told that the file is ours
    if ('table' in line) {
      await fillOne(client, line, moving)
      written += 1
      continue
    }
    page.push({ ...line, wrapped: line.wrapped === null ? null : await movedBack(line.wrapped, `${line.home}/${line.case}`, line, moving) })
    if (page.length >= rowsAtOnce) await flush()
  }
  await flush()
  return written
}

async function movedBack(wrapped: string, context: string, { asItWas }: { asItWas?: true }, { from, to }: Moving): Promise<string> {
  if (asItWas) return wrapped
  const key = await from.unwrap(Buffer.from(wrapped, 'base64'), context)
  return (await to.wrap(key, context)).toString('base64')
}

async function fillOne(client: pg.ClientBase, line: SealedLine, moving: Moving): Promise<void> {
  const column = moving.sealed.find(({ table }) => table === line.table)
  if (column === undefined) throw new Error(`The file of keys has secrets of ${line.table}, which this release does not know.`)
  const wrapped = await movedBack(line.wrapped, column.contextOf(line.key), line, moving)
  await client.query(fillSealed(column), [line.key, Buffer.from(wrapped, 'base64')])
}

async function insertKeys(client: pg.ClientBase, rows: readonly KeyLine[]): Promise<void> {
  await client.query(
    `insert into case_key (home, case_number, wrapped, made_at)
     select home, number, decode(wrapped, 'base64'), made_at
     from unnest($1::integer[], $2::text[], $3::text[], $4::timestamptz[]) as k(home, number, wrapped, made_at)`,
    [rows.map((r) => r.home), rows.map((r) => r.case), rows.map((r) => r.wrapped), rows.map((r) => r.madeAt)],
  )
}
