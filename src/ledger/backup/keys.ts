import type pg from 'pg'
import type { KeyRing } from '../keys/keyRing.ts'

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

const rowsAtOnce = 1_000

/** Every case's key, from the installation's wrapping into the passphrase's, as lines of JSON. `count` tells afterwards what came. */
export function keyLines(client: pg.ClientBase, from: KeyRing, to: KeyRing) {
  const count = { rows: 0, opened: 0, unopened: 0 }
  const lines = async function* (): AsyncGenerator<string> {
    await client.query(
      'declare backup_keys no scroll cursor for select home, case_number as number, wrapped, made_at::text as made_at from case_key',
    )
    for (;;) {
      const { rows } = await client.query<{ home: number; number: string; wrapped: Buffer | null; made_at: string }>(
        `fetch ${rowsAtOnce} from backup_keys`,
      )
      for (const { home, number, wrapped, made_at } of rows) {
        const moved = wrapped && (await rewrapped(wrapped, `${home}/${number}`, from, to))
        const line: KeyLine = { home, case: number, wrapped: (moved ?? wrapped)?.toString('base64') ?? null, madeAt: made_at }
        count.rows += 1
        if (moved) count.opened += 1
        if (wrapped && !moved) {
          count.unopened += 1
          line.asItWas = true
        }
        yield `${JSON.stringify(line)}\n`
      }
      if (rows.length < rowsAtOnce) break
    }
    await client.query('close backup_keys')
  }
  return { lines: lines(), count }
}

/** null: it does not open. One bent key must not stand between an installation and its backup: it is counted, and goes along as it is. */
async function rewrapped(wrapped: Buffer, context: string, from: KeyRing, to: KeyRing): Promise<Buffer | null> {
  let key: Buffer
  try {
    key = await from.unwrap(wrapped, context)
  } catch {
    return null
  }
  return to.wrap(key, context)
}

/** The way back: into the table, wrapped by the installation's key. Throws what the passphrase's ring throws when a key does not open. */
export async function writeKeys(client: pg.ClientBase, lines: AsyncIterable<string>, from: KeyRing, to: KeyRing): Promise<number> {
  let written = 0
  let page: KeyLine[] = []
  const flush = async () => {
    await insertKeys(client, page)
    written += page.length
    page = []
  }
  for await (const line of lines) {
    if (line === '') continue
    const row = JSON.parse(line) as KeyLine // the manifest's digest has told that the file is ours
    if (row.wrapped !== null && !row.asItWas) {
      const context = `${row.home}/${row.case}`
      const key = await from.unwrap(Buffer.from(row.wrapped, 'base64'), context)
      row.wrapped = (await to.wrap(key, context)).toString('base64')
    }
    page.push(row)
    if (page.length >= rowsAtOnce) await flush()
  }
  await flush()
  return written
}

async function insertKeys(client: pg.ClientBase, rows: readonly KeyLine[]): Promise<void> {
  await client.query(
    `insert into case_key (home, case_number, wrapped, made_at)
     select home, number, decode(wrapped, 'base64'), made_at
     from unnest($1::integer[], $2::text[], $3::text[], $4::timestamptz[]) as k(home, number, wrapped, made_at)`,
    [rows.map((r) => r.home), rows.map((r) => r.case), rows.map((r) => r.wrapped), rows.map((r) => r.madeAt)],
  )
}
