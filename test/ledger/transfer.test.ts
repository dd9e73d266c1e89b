import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { runEffects } from '../../src/ledger/effects/runEffects.ts'
import { keyRingOf } from '../../src/ledger/keys/keyRing.ts'
import { openLedger, type PostgresLedger } from '../../src/ledger/postgresLedger.ts'
import { exportLedger } from '../../src/ledger/transfer/export.ts'
import { importLedger } from '../../src/ledger/transfer/import.ts'
import { movedTables } from '../../src/ledger/transfer/tables.ts'
import { verify } from '../../src/ledger/verify/verify.ts'
import { viewNames } from '../../src/ledger/views/rows.ts'
import { dropDatabase, newDatabase, testKeyRing, withDatabase } from './database.ts'
import { fill } from './filled.ts'
import { rowsOf } from './replay.ts'

const elsewhere = keyRingOf(Buffer.alloc(32, 'another installation'))

const lines = async (ledger: PostgresLedger, passphrase?: string, keyRing = testKeyRing) =>
  (await Array.fromAsync(exportLedger(ledger.database, { keyRing, passphrase }))).map((line) => line.trimEnd())

async function* stream(given: string[]) {
  yield* given
}

async function withOther<T>(work: (ledger: PostgresLedger) => Promise<T>): Promise<T> {
  const url = await newDatabase()
  const ledger = await openLedger({ url, keyRing: elsewhere })
  try {
    return await work(ledger)
  } finally {
    await ledger.close()
    await dropDatabase(url)
  }
}

/** The last line of an export that somebody has altered, so that it fits again. */
const fitting = (all: readonly string[]): string[] => {
  const body = all.slice(0, -1)
  const sha256 = createHash('sha256')
    .update(`${body.join('\n')}\n`)
    .digest('hex')
  return [...body, JSON.stringify({ ...JSON.parse(all.at(-1) ?? ''), sha256 })]
}
const hollow = (line: string): string => (line.startsWith('["event"') ? line.replace(/"body":"(?:[^"\\]|\\.)*"/, '"body":"{}"') : line)
const deep = (line: string): string =>
  line.startsWith('["setting"') || line.startsWith('["case_head"')
    ? line.replace('{', `{"x":${'['.repeat(30_000)}${']'.repeat(30_000)},`)
    : line

describe('export and import', () => {
  it('move a whole ledger to another installation: chains, values, files, views, journal, effects', () =>
    withDatabase(async ({ ledger }) => {
      const { command, destroyed, scan } = await fill(ledger)
      const moved = await lines(ledger, 'қырық бес құлаш')
      await withOther(async (other) => {
        const rows = await importLedger(other.database, stream(moved), { keyRing: elsewhere, passphrase: 'қырық бес құлаш', rowsOf })
        expect(rows).toMatchObject({ event: 5, case_head: 2, file_chunk: 3, read_journal: 1, command: 3, effect: 1 })
        expect(await verify(other.database, elsewhere, { rowsOf })).toEqual({ cases: 2, events: 5, problems: [] })
        expect(await other.load(7, command.case)).toEqual(await ledger.load(7, command.case))
        expect(await other.load(7, destroyed.case)).toEqual(await ledger.load(7, destroyed.case))
        expect(await other.files.get(7, command.case, scan)).toEqual(Buffer.alloc(600_000, 'scan'))
        expect(await other.cases.byNumber(7, command.case)).toEqual(await ledger.cases.byNumber(7, command.case))
        expect(await other.journal.ofCase(7, command.case)).toEqual(await ledger.journal.ofCase(7, command.case))
        expect(await other.settings.get('demonstration')).toBe(true)
        expect(await other.append(command)).toMatchObject({ kind: 'repeated' })
        const done: unknown[] = []
        const running = await runEffects(other.database, { notify: async ({ payload }) => void done.push(payload) })
        await expect.poll(() => done, { timeout: 15_000 }).toEqual(['once'])
        await running.stop()
        expect((await lines(other, 'x', elsewhere)).length).toBe(moved.length - 1)
      })
    }))

  it('carry every table of the ledger but those that are derived, or travel as something else', () =>
    withDatabase(async ({ ledger }) => {
      const { rows } = await ledger.database.pool.query<{ name: string }>(
        `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
      )
      const left = rows.map(({ name }) => name).filter((name) => !movedTables.some((table) => table.name === name))
      // The outbox travels as effects, as waiting jobs do.
      expect(left.sort()).toEqual(['kept_day', 'migration', 'outbox', 'saved_form', ...viewNames].sort())
    }))

  it('carry no personal value and no content in plain', () =>
    withDatabase(async ({ ledger }) => {
      await fill(ledger)
      const text = (await lines(ledger)).join('\n')
      expect(text).toContain('opened')
      expect(text).not.toMatch(/Айгүл|Сейтқали|900101400017/)
    }))

  it.each([
    ['without its last line', (all: string[]) => all.slice(0, -1), 'notWhole'],
    ['without a line', (all: string[]) => all.toSpliced(5, 1), 'notWhole'],
    ['with an edited line', (all: string[]) => all.map((line) => line.replace('\\"papers\\":3', '\\"papers\\":4')), 'notWhole'],
    ['that is something else', () => ['{"hello":1}'], 'format'],
    ['that is not JSON', () => ['hello'], 'format'],
    // Found by fuzzing (test/fuzz): each of these broke off with a TypeError.
    ['with a line that is a number', (all: string[]) => all.with(0, '1e38'), 'format'],
    ['with a line that is null', (all: string[]) => all.with(3, 'null'), 'format'],
    ['with a table and no row', (all: string[]) => all.with(4, '["event"]'), 'format'],
    ['with a row that is nothing', (all: string[]) => all.with(4, '["event",null]'), 'format'],
    ['with a salt that is no text', (all: string[]) => all.map((line) => line.replace(/"salt":"[^"]*"/, '"salt":5')), 'format'],
    ['that begins in the middle', (all: string[]) => all.slice(1), 'format'],
    ['whose event is no event, its digest made to fit', (all: string[]) => fitting(all.map(hollow)), 'notWhole'],
    ['whose row is too deep for the database, its digest made to fit', (all: string[]) => fitting(all.map(deep)), 'notWhole'],
  ] as const)('refuse an export %s, and keep nothing of it', (_, bend, code) =>
    withDatabase(async ({ ledger }) => {
      await fill(ledger)
      const bent = bend(await lines(ledger, 'p'))
      await withOther(async (other) => {
        await expect(
          importLedger(other.database, stream([...bent]), { keyRing: elsewhere, passphrase: 'p', rowsOf }),
        ).rejects.toMatchObject({ code })
        expect(await verify(other.database, elsewhere, { rowsOf })).toEqual({ cases: 0, events: 0, problems: [] })
      })
    }),
  )

  it('say that keys are missing, where an export without a passphrase comes to another installation; nothing of it is kept', () =>
    withDatabase(async ({ ledger }) => {
      await fill(ledger)
      const moved = await lines(ledger)
      await withOther(async (other) => {
        const refused = importLedger(other.database, stream(moved), { keyRing: elsewhere, rowsOf })
        await expect(refused).rejects.toMatchObject({ name: 'ImportRefused', code: 'passphrase' })
        expect(await verify(other.database, elsewhere, { rowsOf })).toEqual({ cases: 0, events: 0, problems: [] })
      })
    }))

  it('refuse another passphrase, and a ledger that is not empty', () =>
    withDatabase(async ({ ledger }) => {
      await fill(ledger)
      const moved = await lines(ledger, 'p')
      const options = { keyRing: elsewhere, rowsOf }
      await withOther(async (other) => {
        await expect(importLedger(other.database, stream(moved), options)).rejects.toMatchObject({ code: 'passphrase' })
        await expect(importLedger(other.database, stream(moved), { ...options, passphrase: 'q' })).rejects.toMatchObject({
          code: 'passphrase',
        })
        await importLedger(other.database, stream(moved), { ...options, passphrase: 'p' })
        await expect(importLedger(other.database, stream(moved), { ...options, passphrase: 'p' })).rejects.toMatchObject({
          code: 'notEmpty',
        })
      })
    }))
})
