import type { Statement, Value } from './recorded.ts'
import type { CaseTable, Row } from './tables.ts'

export interface Written {
  readonly statements: Statement[]
  readonly rows: number
  readonly bytes: number
}

type Rows = ReadonlyMap<CaseTable, ReadonlyMap<string, Row>>

/**
 * The fewest statements that bring a case's rows from one state to the next: one insert a table, one update or delete a row. A row that is
 * written again as it was, or replaced under another key, counts as little as it can.
 */
export function statementsFor(before: Rows, after: Rows, number: string): Written {
  const statements: Statement[] = []
  let rows = 0
  let bytes = 0
  for (const [table, now] of after) {
    const then = before.get(table) ?? new Map<string, Row>()
    const gone = [...then].filter(([key]) => !now.has(key)).map(([, row]) => row)
    const made = [...now].filter(([key]) => !then.has(key)).map(([, row]) => row)
    for (const row of gone) statements.push(deletion(table, row, number))
    if (made.length > 0) statements.push(insertion(table, made, number))
    let changed = 0
    for (const [key, row] of now) {
      const old = then.get(key)
      const columns = old === undefined ? [] : table.columns.filter((column) => old[column] !== row[column])
      if (columns.length === 0) continue
      statements.push(update(table, row, columns, number))
      changed++
      bytes += lengthOf(row, columns)
    }
    rows += gone.length + made.length + changed
    bytes += made.reduce((sum, row) => sum + lengthOf(row, table.columns), 0)
  }
  return { statements, rows, bytes }
}

function insertion(table: CaseTable, rows: readonly Row[], number: string): Statement {
  const values: Value[] = []
  const tuples = rows.map((row) => `(${table.columns.map((column) => parameter(values, cellOf(table, row, column, number))).join(', ')})`)
  return { text: `insert into ${table.name} (${table.columns.map(quoted).join(', ')}) values ${tuples.join(', ')}`, values }
}

function update(table: CaseTable, row: Row, columns: readonly string[], number: string): Statement {
  const values: Value[] = []
  const set = columns.map((column) => `${quoted(column)} = ${parameter(values, cellOf(table, row, column, number))}`)
  return { text: `update ${table.name} set ${set.join(', ')} where ${keyOf(table, row, number, values)}`, values }
}

function deletion(table: CaseTable, row: Row, number: string): Statement {
  const values: Value[] = []
  return { text: `delete from ${table.name} where ${keyOf(table, row, number, values)}`, values }
}

const keyOf = (table: CaseTable, row: Row, number: string, values: Value[]) =>
  table.key.map((column) => `${quoted(column)} = ${parameter(values, cellOf(table, row, column, number))}`).join(' and ')

function parameter(values: Value[], value: Value): string {
  values.push(value)
  return `$${values.length}`
}

function cellOf(table: CaseTable, row: Row, column: string, number: string): Value {
  const text = row[column] ?? null
  if (text === null) return null
  const isKey = text === number || table.key.includes(column) || table.alone.has(column)
  const at = isKey ? text.indexOf(number) : -1
  if (at >= 0) return [text.slice(0, at), text.slice(at + number.length)]
  // Unique in itself, as a digest or a random key: as long as before, and another one in each case.
  if (table.alone.has(column) && text.length > number.length) return ['', text.slice(number.length)]
  return text
}

const lengthOf = (row: Row, columns: readonly string[]) => columns.reduce((sum, column) => sum + (row[column]?.length ?? 0), 0)

const quoted = (column: string) => `"${column}"`
