import type pg from 'pg'

/** A value of a row as COPY's text format takes it. */
export type CopyValue = string | number | Buffer | null | readonly string[]

/**
 * COPY from this side's memory in one go. The driver knows the protocol's messages but has no call for them; these lines are what a package
 * would add, since nothing here needs a stream.
 */
export function copyRows(client: pg.ClientBase, table: string, columns: readonly string[], rows: readonly (readonly CopyValue[])[]): Promise<void> {
  if (rows.length === 0) return Promise.resolve()
  return new Promise((resolve, reject) => {
    let failure: Error | undefined
    const copying: pg.Submittable & Record<string, unknown> = {
      submit: (connection: pg.Connection) => connection.query(`copy ${table} (${columns.join(', ')}) from stdin`),
      handleCopyInResponse: (connection: CopyConnection) => {
        for (let from = 0; from < rows.length; from += atOnce)
          connection.sendCopyFromChunk(Buffer.from(rows.slice(from, from + atOnce).map(lineOf).join('')))
        connection.endCopyFrom()
      },
      handleError: (cause: Error) => {
        failure = cause
        reject(cause)
      },
      handleCommandComplete: () => {},
      handleReadyForQuery: () => {
        if (failure === undefined) resolve()
      },
    }
    client.query(copying)
  })
}

/** What the driver's connection has beside its published types. */
interface CopyConnection {
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
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
