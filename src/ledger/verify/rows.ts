import { createReadStream, statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { checkFiles, openManifest, readManifest } from '../backup/check.ts'
import { linesOf } from '../backup/lines.ts'
import { fileOf } from '../backup/manifest.ts'
import type { Database } from '../postgres/database.ts'

/** An event as a ledger keeps it, without what is personal. */
export interface EventRow {
  readonly home: number
  readonly case: string
  readonly seq: number
  /** Hex. */
  readonly hash: string
  /** The canonical text that the chain covers. */
  readonly body: string
}

/**
 * Events of another ledger, from an export (`.gz` or not) or a backup. Their order is not promised; whether they are chains is the caller's matter.
 * @param passphrase where given, a backup's manifest must be sealed by it
 * @throws ImportRefused when a backup is not whole
 */
export async function* eventsIn(path: string, passphrase: string | undefined): AsyncGenerator<EventRow> {
  if (statSync(path).isDirectory()) yield* eventsInBackup(path, passphrase)
  else yield* eventsInExport(path)
}

async function* eventsInExport(path: string): AsyncGenerator<EventRow> {
  const bytes = createReadStream(path)
  const lines = createInterface({ input: path.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes, crlfDelay: Number.POSITIVE_INFINITY })
  for await (const line of lines) {
    if (!line.startsWith('["event",')) continue
    const [, row] = JSON.parse(line) as [string, { home: number; case_number: string; seq: number; hash: string; body: string }] // rows of the table, as the export writes them
    yield { home: row.home, case: row.case_number, seq: row.seq, hash: Buffer.from(row.hash, 'base64').toString('hex'), body: row.body }
  }
}

async function* eventsInBackup(folder: string, passphrase: string | undefined): AsyncGenerator<EventRow> {
  const manifest = await readManifest(folder)
  if (passphrase !== undefined) await openManifest(manifest, passphrase)
  await checkFiles(manifest, folder, null)
  const table = manifest.tables.find((one) => one.table === 'event')
  if (table === undefined) return
  const place = (name: string) => table.columns.indexOf(name)
  const [home, number, seq, hash, body] = [place('home'), place('case_number'), place('seq'), place('hash'), place('body')]
  for await (const line of linesOf(join(folder, fileOf('event')))) {
    const values = line.split('\t')
    const at = (index: number) => unescaped(values[index] ?? '')
    yield { home: Number(at(home)), case: at(number), seq: Number(at(seq)), hash: at(hash).slice('\\x'.length), body: at(body) }
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v' }

/** Text as COPY wrote it. */
const unescaped = (text: string): string => text.replace(/\\(.)/g, (_, sign: string) => escapes[sign] ?? sign)

/** Every event of the cases in which something of these types happened. One reading of the whole table: for whoever verifies. */
export async function eventsOfCasesWith(database: Database, types: readonly string[]): Promise<EventRow[]> {
  return database.query<EventRow>({
    name: 'events_of_cases_with',
    text: `
      select e.home, e.case_number as case, e.seq, encode(e.hash, 'hex') as hash, e.body
      from event as e
      where exists (
        select from event as m
        where m.home = e.home and m.case_number = e.case_number
          and m.body like any (select '%,"type":"' || t || '"}' from unnest($1::text[]) as t))
      order by e.home, e.case_number, e.seq`,
    values: [types],
  })
}
