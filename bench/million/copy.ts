import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** A value of a row as COPY's text format takes it. */
export type CopyValue = string | number | Buffer | null | readonly string[]

/** COPY of rows that are in memory. */
export async function copyRows(
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly CopyValue[])[],
): Promise<void> {
  if (rows.length === 0) return
  const pieces = function* (): Generator<Buffer> {
    for (let from = 0; from < rows.length; from += atOnce)
      yield Buffer.from(
        rows
          .slice(from, from + atOnce)
          .map(lineOf)
          .join(''),
      )
  }
  await pipeline(Readable.from(pieces(), { objectMode: true }), client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`)))
}

const atOnce = 500

const lineOf = (row: readonly CopyValue[]): string => `${row.map(textOf).join('\t')}\n`

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
const escaped = (text: string): string => (/[\\\t\n\r]/.test(text) ? text.replaceAll(/[\\\t\n\r]/g, (sign) => escapes[sign] ?? sign) : text)

function textOf(value: CopyValue): string {
  if (value === null) return '\\N'
  if (typeof value === 'string') return escaped(value)
  if (typeof value === 'number') return String(value)
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`
  return escaped(`{${value.map((one) => `"${one.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`)
}
