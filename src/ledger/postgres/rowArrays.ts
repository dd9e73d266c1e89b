import type pg from 'pg'

/** A row type of the database: a table's, or one of its own. */
export interface RowType {
  readonly oid: number
  readonly columns: readonly { readonly name: string; readonly oid: number }[]
}

/** By name. Types are numbered when they are made, so every connection asks. */
export type RowTypes<Name extends string> = Readonly<Record<Name, RowType>>

/** @param before statements for the same round trip, as a new connection has some */
export async function rowTypes<Name extends string>(client: pg.ClientBase, names: readonly Name[], before = ''): Promise<RowTypes<Name>> {
  const asked: unknown = await client.query(`${before}
    select c.relname as name, c.reltype::integer as oid,
      json_agg(json_build_object('name', a.attname, 'oid', a.atttypid::integer) order by a.attnum) as columns
    from unnest('{${names.join(',')}}'::text[]) as n(name)
    join pg_class as c on c.oid = n.name::regclass
    join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    group by c.oid`)
  // The driver answers several statements with a list.
  const last = (Array.isArray(asked) ? asked.at(-1) : asked) as pg.QueryResult<{ name: Name; oid: number; columns: RowType['columns'] }> // as: of the last statement
  return Object.fromEntries(last.rows.map(({ name, oid, columns }) => [name, { oid, columns }])) as RowTypes<Name> // as: regclass refuses a name that is not there
}

/**
 * Rows as one parameter, `$1::<type>[]`, in the binary form of arrays and records (`array_recv`, `record_recv`): the server takes each value as it
 * is, where JSON would be printed here, parsed there and looked up column by column. A column that a row does not name is null.
 * Throws TypeError on a value that its column cannot hold.
 */
export function rowArray(type: RowType, rows: readonly object[]): Buffer {
  writer.clear()
  writer.int32(rows.length === 0 ? 0 : 1)
  writer.int32(0)
  writer.int32(type.oid)
  if (rows.length === 0) return writer.taken()
  writer.int32(rows.length)
  writer.int32(1)
  for (const row of rows) {
    const record = writer.open()
    writer.int32(type.columns.length)
    for (const { name, oid } of type.columns) {
      writer.int32(oid)
      const value: unknown = (row as Record<string, unknown>)[name] // as: looked at below
      if (value === null || value === undefined) writer.int32(-1)
      else {
        const field = writer.open()
        put(name, oid, value)
        writer.close(field)
      }
    }
    writer.close(record)
  }
  return writer.taken()
}

const oids = { boolean: 16, bytea: 17, integer: 23, text: 25, timestamptz: 1184, jsonb: 3802 } as const
/** Milliseconds from 1970 to 2000, from which the server counts. */
const epoch = Date.UTC(2000, 0, 1)

function put(name: string, oid: number, value: unknown): void {
  if (oid === oids.text && typeof value === 'string') writer.text(value)
  else if (oid === oids.integer && Number.isInteger(value)) writer.int32(Number(value))
  else if (oid === oids.bytea && Buffer.isBuffer(value)) writer.bytes(value)
  else if (oid === oids.boolean && typeof value === 'boolean') writer.int8(value ? 1 : 0)
  else if (oid === oids.timestamptz && typeof value === 'string') writer.int64(instantOf(name, value))
  else if (oid === oids.jsonb) {
    // The version of the form.
    writer.int8(1)
    writer.text(JSON.stringify(value))
  } else throw new TypeError(`column ${name} of type ${oid} takes no ${typeof value}`)
}

/** RFC 3339 or `infinity` → microseconds since 2000. */
function instantOf(name: string, text: string): number {
  if (text === 'infinity') return Number.POSITIVE_INFINITY
  const milliseconds = Date.parse(text)
  if (Number.isNaN(milliseconds)) throw new TypeError(`column ${name}: ${text} is no moment`)
  return (milliseconds - epoch) * 1000
}

/** Bytes that grow; a piece whose length stands before it is opened, filled and closed. */
class Bytes {
  #buffer = Buffer.allocUnsafeSlow(64 * 1024)
  #end = 0

  #room(length: number): number {
    const start = this.#end
    if (start + length > this.#buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(this.#buffer.length * 2, start + length))
      this.#buffer.copy(larger, 0, 0, start)
      this.#buffer = larger
    }
    this.#end = start + length
    return start
  }

  int8(value: number): void {
    const at = this.#room(1)
    this.#buffer.writeInt8(value, at)
  }

  int32(value: number): void {
    const at = this.#room(4)
    this.#buffer.writeInt32BE(value, at)
  }

  /** @param value exact as a double, or infinite */
  int64(value: number): void {
    const at = this.#room(8)
    const high = Math.floor(value / 2 ** 32)
    const [first, last] = value === Number.POSITIVE_INFINITY ? [0x7fff_ffff, 0xffff_ffff] : [high, value - high * 2 ** 32]
    this.#buffer.writeInt32BE(first, at)
    this.#buffer.writeUInt32BE(last, at + 4)
  }

  bytes(value: Uint8Array): void {
    const at = this.#room(value.length)
    this.#buffer.set(value, at)
  }

  text(value: string): void {
    // At most three bytes to a code unit.
    const at = this.#room(value.length * 3)
    this.#end = at + this.#buffer.write(value, at, 'utf8')
  }

  open(): number {
    return this.#room(4)
  }

  close(start: number): void {
    this.#buffer.writeInt32BE(this.#end - start - 4, start)
  }

  clear(): void {
    this.#end = 0
  }

  /** A copy: the bytes themselves are written over by the next rows. */
  taken(): Buffer {
    return Buffer.from(this.#buffer.subarray(0, this.#end))
  }
}

/** One for all: rows are written without waiting for anything, and what was taken is a copy. */
const writer = new Bytes()
