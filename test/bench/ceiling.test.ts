import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { oneStatement } from '../../bench/ledger/oneStatement.ts'
import { pgbenchScript } from '../../bench/ledger/pgbenchScript.ts'
import { record } from '../../bench/ledger/record.ts'
import { newNumber, type Recorded, type Statement, valuesOf } from '../../bench/ledger/recorded.ts'
import { type CaseTable, caseTables, rowsOfCase } from '../../bench/ledger/tables.ts'
import { dropDatabase, newDatabase } from '../ledger/database.ts'

let url: string
let folder: string
let client: pg.Client
let tables: CaseTable[]
let recorded: Recorded

beforeAll(async () => {
  url = await newDatabase()
  folder = mkdtempSync(join(tmpdir(), 'qyzmet-ceiling-'))
  recorded = await record(url, folder, 1)
  client = new pg.Client({ connectionString: url })
  await client.connect()
  tables = await caseTables(client)
})

afterAll(async () => {
  await client.end()
  await dropDatabase(url)
  rmSync(folder, { recursive: true, force: true })
})

/** Values of all rows, by table, without the number that tells two cases apart. */
async function contentOf(number: string): Promise<Record<string, string[]>> {
  const found = await rowsOfCase(client, tables, number)
  const plain = (value: string | null) => value?.replaceAll(number, '#') ?? null
  return Object.fromEntries(
    [...found].map(([table, rows]) => [
      table.name,
      [...rows.values()]
        .map((row) =>
          JSON.stringify(table.columns.filter((column) => !table.alone.has(column)).map((column) => plain(row[column] ?? null))),
        )
        .sort(),
    ]),
  )
}

async function playAgain(
  number: string,
  statementsOf: (step: Recorded['cases'][number]['steps'][number]) => readonly Statement[],
): Promise<void> {
  for (const step of recorded.cases[0]?.steps ?? [])
    for (const statement of statementsOf(step)) await client.query(statement.text, valuesOf(statement, number))
}

describe('the ceiling', () => {
  it('leaves the rows that the ledger left, of every table', async () => {
    const [first] = recorded.cases
    const original = await contentOf(first?.number ?? '')
    const number = newNumber()
    await playAgain(number, ({ statements }) => statements)
    const again = await contentOf(number)
    for (const name of ['case_head', 'event', 'case_view']) expect(again[name], name).not.toEqual([])
    // Bodies of events hold the number that was recorded, and what only the case's own number is made of differs with it.
    const counts = (content: Record<string, string[]>) => Object.entries(content).map(([name, all]) => [name, all.length])
    expect(counts(again)).toEqual(counts(original))
    for (const name of ['work_item', 'due', 'custody_item', 'personal']) expect(again[name], name).toEqual(original[name])
  })

  it('leaves the same rows when a step is one statement', async () => {
    const [apart, together] = [newNumber(), newNumber()]
    await playAgain(apart, ({ statements }) => statements)
    await playAgain(together, (step) => [oneStatement(step)])
    expect(await contentOf(together)).toEqual(await contentOf(apart))
  })

  it('records cases of every regulation, each step with its rows and its payload', () => {
    expect(new Set(recorded.cases.map(({ regulation }) => regulation)).size).toBeGreaterThan(1)
    for (const step of recorded.cases.flatMap(({ steps }) => steps)) {
      expect(step.rows).toBeGreaterThan(2)
      expect(step.payload.events.length).toBeGreaterThan(0)
    }
  })

  it.each(['one', 'each'] as const)('is a script whose variables are all given and whose branches are all closed: %s', (manner) => {
    const { text, variables } = pgbenchScript(recorded, manner)
    const used = new Set([...text.matchAll(/(?<!:):([a-z]\w*)/g)].map(([, name = '']) => name))
    used.delete('client_id')
    expect([...used].filter((name) => !variables.has(name))).toEqual([])
    expect(text.match(/^\\if/gm)?.length).toBe(text.match(/^\\endif/gm)?.length)
    expect([...variables.values()].every((value) => value !== '')).toBe(true)
  })
})
