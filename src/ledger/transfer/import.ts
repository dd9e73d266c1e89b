import { createHash } from 'node:crypto'
import pg from 'pg'
import type { KeyRing } from '../keys/keyRing.ts'
import type { StoredEvent } from '../ledger.ts'
import { type Database, inTransaction, isAway } from '../postgres/database.ts'
import { foldAll } from '../views/fold.ts'
import type { Views } from '../views/rows.ts'
import { type Footer, type Header, type Row, rewrap } from './export.ts'
import { keyRingFrom } from './passphrase.ts'
import { movedTables } from './tables.ts'

/**
 * `notEmpty` the database has cases; `format` not an export or backup of ours; `notWhole` it ends early or was altered; `passphrase` it needs
 * one, or another; `newer` a newer release made it.
 */
export type ImportRefusal = 'notEmpty' | 'format' | 'notWhole' | 'passphrase' | 'newer'

/** The import or restore is refused, and nothing of it is kept. */
export class ImportRefused extends Error {
  readonly code: ImportRefusal

  constructor(code: ImportRefusal, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'ImportRefused'
    this.code = code
  }
}

export interface ImportOptions {
  keyRing: KeyRing
  passphrase?: string
  /** As for `verify`: builds the views, which do not travel. */
  rowsOf: (events: StoredEvent[]) => Views
}

const rowsAtOnce = 500

/** Reads an export, line by line, into an empty ledger, in one transaction. Returns how many rows of each table came. Run `verify` after it. */
export async function importLedger(
  database: Database,
  lines: AsyncIterable<string>,
  options: ImportOptions,
): Promise<Record<string, number>> {
  return database.withClient((client) =>
    inTransaction(client, async () => {
      await refuseUnlessEmpty(client)
      const rows = await readRows(client, lines, options)
      await buildViews(client, options)
      return rows
    }),
  )
}

async function readRows(
  client: pg.ClientBase,
  lines: AsyncIterable<string>,
  { keyRing, passphrase }: ImportOptions,
): Promise<Record<string, number>> {
  const digest = createHash('sha256')
  const counted: Record<string, number> = {}
  const writer = rowWriter(client)
  let header: Header | undefined
  let footer: Footer | undefined
  let outer: KeyRing | undefined
  for await (const line of lines) {
    if (line === '') continue
    if (footer) throw new ImportRefused('notWhole', 'There are lines after the last one.')
    const item = parsed(line)
    if (!Array.isArray(item) && isFooter(item)) {
      footer = item
      continue
    }
    digest.update(`${line}\n`)
    if (Array.isArray(item) !== (header !== undefined)) throw new ImportRefused('format', 'The export does not begin as one of version 1.')
    if (Array.isArray(item)) {
      const [table, row] = item
      if (outer && table === 'case_key' && row.wrapped !== null) await rewrapped(row, outer, keyRing)
      counted[table] = (counted[table] ?? 0) + 1
      await writer.add(table, row)
    } else {
      header = item
      outer = await outerRing(header, passphrase)
    }
  }
  if (!header || !footer || footer.sha256 !== digest.digest('hex'))
    throw new ImportRefused('notWhole', 'The export ends early or was altered.')
  await writer.flush()
  return counted
}

/** The digest at the end tells a slip of the disk; who means ill makes it fit. So nothing is taken of a line but its shape, and rows are the database's to refuse. */
function parsed(line: string): [string, Row] | Header | Footer {
  let item: unknown
  try {
    item = JSON.parse(line)
  } catch (cause) {
    throw new ImportRefused('format', 'A line is not JSON.', cause)
  }
  if (Array.isArray(item)) {
    const [table, row, ...more] = item
    if (typeof table === 'string' && isObject(row) && more.length === 0) return [table, row]
  } else if (isObject(item)) {
    if (typeof item.sha256 === 'string' && isObject(item.rows)) return item as unknown as Footer // its two members were looked at
    if (item.format === 'qyzmet-ledger' && item.version === 1 && (item.salt === undefined || typeof item.salt === 'string'))
      return item as unknown as Header // its members were looked at
  }
  throw new ImportRefused('format', 'A line is none of an export of version 1.')
}

const isObject = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)

function isFooter(item: Header | Footer): item is Footer {
  return 'rows' in item
}

async function outerRing({ salt }: Header, passphrase: string | undefined): Promise<KeyRing | undefined> {
  if (salt === undefined) return undefined
  if (passphrase === undefined) throw new ImportRefused('passphrase', 'The export was made with a passphrase.')
  return keyRingFrom(passphrase, Buffer.from(salt, 'base64'))
}

async function rewrapped(row: Row, outer: KeyRing, inner: KeyRing): Promise<void> {
  try {
    await rewrap(row, outer, inner)
  } catch (cause) {
    throw new ImportRefused('passphrase', 'The export was made with another passphrase.', cause)
  }
}

/** Rows of one table gather and are written together. */
function rowWriter(client: pg.ClientBase) {
  const known = new Map(movedTables.map((table) => [table.name, table]))
  let current = ''
  let rows: Row[] = []
  let length = 0

  async function flush(): Promise<void> {
    if (rows.length === 0) return
    const statement = current === 'effect' ? insertEffects : insertion(current, known.get(current)?.bytes ?? [])
    try {
      await client.query(statement, [JSON.stringify(rows)])
    } catch (cause) {
      if (!isOfRows(cause)) throw cause
      throw new ImportRefused('notWhole', `The rows of the table ${current} were altered.`, cause)
    }
    rows = []
    length = 0
  }

  return {
    flush,
    add: async (table: string, row: Row) => {
      if (table !== 'effect' && !known.has(table))
        throw new ImportRefused('format', 'The export has a table that this release does not know.')
      if (table !== current || rows.length >= rowsAtOnce || length > 8_000_000) await flush()
      current = table
      rows.push(row)
      // Only chunks of files are long.
      length += typeof row.sealed === 'string' ? row.sealed.length : 0
    },
  }
}

function insertion(table: string, bytes: readonly string[]): string {
  const decoded = bytes.map((column) => `'${column}', '\\x' || encode(decode(r ->> '${column}', 'base64'), 'hex')`)
  return `
    insert into ${table}
    select p.* from jsonb_array_elements($1::jsonb) as r
    cross join lateral jsonb_populate_record(null::${table}, r || jsonb_build_object(${decoded.join(', ')})) as p`
}

const insertEffects = `
  select graphile_worker.add_jobs(array_agg(
    (r ->> 'task', (r -> 'payload')::json, null, (r ->> 'run_at')::timestamptz, (r ->> 'max_attempts')::smallint, r ->> 'key', null, null)::graphile_worker.job_spec))
  from jsonb_array_elements($1::jsonb) as r`

async function refuseUnlessEmpty(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ filled: boolean }>(
    'select exists (select from case_head) or exists (select from case_key) or exists (select from law_file) as filled',
  )
  if (rows[0]?.filled) throw new ImportRefused('notEmpty', 'The ledger is not empty.')
  // What an empty ledger may have: its own settings give way to those of the export.
  await client.query('delete from setting')
}

/** Views are replayed from the events: what cannot be replayed was not written by us, whatever its digest says. */
async function buildViews(client: pg.ClientBase, { keyRing, rowsOf }: ImportOptions): Promise<void> {
  try {
    await foldAll(client, rowsOf, (wrapped, context) => opened(keyRing, wrapped, context))
  } catch (cause) {
    if (cause instanceof ImportRefused || isAway(cause)) throw cause
    if (cause instanceof pg.DatabaseError && !isOfRows(cause)) throw cause
    throw new ImportRefused('notWhole', 'The events of a case cannot be replayed: they were altered.', cause)
  }
}

/** Classes 22 and 23: a value, or its absence, that the table does not take; 54: one that is too large or too deep. */
const isOfRows = (cause: unknown): boolean => cause instanceof pg.DatabaseError && /^(2[23]|54)/.test(cause.code ?? '')

/** Without a passphrase the keys travel as they lie: only an installation with the same key file opens them. */
async function opened(keyRing: KeyRing, wrapped: Buffer, name: string): Promise<Buffer> {
  try {
    return await keyRing.unwrap(wrapped, name)
  } catch (cause) {
    throw new ImportRefused('passphrase', 'The export was made without a passphrase, under keys that are not here.', cause)
  }
}
