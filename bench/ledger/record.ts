import { join } from 'node:path'
import pg from 'pg'
import { play, type Stage, stages } from '../../src/cli/theatre.ts'
import { rememberLaw } from '../../src/desk/lawAtStart.ts'
import { readLawFiles } from '../../src/desk/lawFiles.ts'
import type { Outcome } from '../../src/desk/outcome.ts'
import { type Bound, openStatutes } from '../../src/desk/statutes.ts'
import type { Example } from '../../src/law/schema/examples.ts'
import { keyRingIn } from '../../src/ledger/keys/keyRing.ts'
import { openLedger, type PostgresLedger } from '../../src/ledger/postgresLedger.ts'
import type { Mean, Recorded, RecordedCase, RecordedStep } from './recorded.ts'
import { statementsFor } from './statements.ts'
import { type CaseTable, caseTables, rowsOfCase, writtenTables } from './tables.ts'

/** How many cases of each regulation are kept: those most like the mean of all. Each connection of a ceiling prepares every step of them. */
const keptOfEach = 1

/**
 * Plays every example in which nobody is told no through the real desk, and takes down what each command left in the tables.
 * The database keeps the ledger's tables, with these cases in them: there the same rows can be written again.
 * @param most examples of each regulation; absent: all
 */
export async function record(url: string, folder: string, most = Number.POSITIVE_INFINITY): Promise<Recorded> {
  const ledger = await openLedger({ url, keyRing: keyRingIn(folder) })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const statutes = openStatutes(
      await readLawFiles(join(import.meta.dirname, '..', '..', 'regulations')),
      () => undefined,
      (sha256) => ledger.law.text(sha256),
    )
    await rememberLaw(ledger.law, statutes)
    const tables = await caseTables(client)
    const stage = stages(ledger, statutes, folder)
    const all: RecordedCase[] = []
    for (const law of statutes.library.regulations) {
      const bound = statutes.bind(law)
      const examples = (law.examples?.examples ?? []).filter((e) => e.when.every((w) => w.refused === undefined)).slice(0, most)
      for (const example of examples) all.push(await recordCase({ ledger, client, tables }, bound, example, stage()))
    }
    await refuseUnknown(client, tables)
    const kept = mostLike(all)
    return { cases: kept, mean: { all: meanOf(all), kept: meanOf(kept) } }
  } finally {
    await client.end()
    await ledger.close()
  }
}

interface Recorder {
  readonly ledger: PostgresLedger
  readonly client: pg.Client
  readonly tables: readonly CaseTable[]
}

async function recordCase(
  { ledger, client, tables }: Recorder,
  bound: Bound,
  example: Example,
  { desk, shelf, time }: Stage,
): Promise<RecordedCase> {
  const steps: RecordedStep[] = []
  let before: Awaited<ReturnType<typeof rowsOfCase>> = new Map()
  let seen = 0
  let number = ''
  const note = async (outcome: Outcome, asked: unknown[]) => {
    if (outcome.kind !== 'done') throw new Error(`${example.id}: a command was answered ${outcome.kind}`)
    const after = await rowsOfCase(client, tables, outcome.number)
    const file = await shelf.find(outcome.number, false)
    const { events = [] } = (await ledger.load(file?.home ?? 0, outcome.number)) ?? {}
    const written = statementsFor(before, after, outcome.number)
    // The clock's mark on a term that is marked already is answered without a word to the ledger.
    if (written.rows === 0) return outcome
    const changed = [...after].flatMap(([table, rows]) =>
      [...rows]
        .filter(([key, row]) => JSON.stringify(row) !== JSON.stringify(before.get(table)?.get(key)))
        .map(([, row]) => ({ table, row })),
    )
    const texts = (holds: (table: CaseTable) => boolean) =>
      changed.filter(({ table }) => holds(table)).map(({ row }) => JSON.stringify(row))
    const isJob = ({ name }: CaseTable) => name.startsWith('graphile_worker')
    steps.push({
      ...written,
      payload: {
        command: JSON.stringify(asked),
        events: events.slice(seen).map((event) => JSON.stringify(event)),
        views: texts((table) => !isJob(table) && /^(case_view|work_item|due|custody_item|search_key)/.test(table.name)),
        effects: texts(isJob),
      },
    })
    before = after
    seen = events.length
    number = outcome.number
    return outcome
  }
  const recording = Object.fromEntries(
    Object.entries(desk).map(([name, act]) => [name, async (...args: unknown[]) => note(await Reflect.apply(act, desk, args), args)]),
  ) as unknown as Stage['desk'] // as: the desk's own names, each passed through
  const enacted = await play(bound, example, { desk: recording, shelf, time })
  if (!enacted.ok) throw new Error(`${example.id} ended otherwise than it says: ${JSON.stringify(enacted.disagreements)}`)
  return { regulation: bound.law.regulation.id, example: example.id, number, steps }
}

/** Written when a database is made or the law is read, not by commands. */
const atStart = new Set(['law_file', 'law_version', 'migration', 'setting'])

/** A table that the record does not know would make the ceiling too high. */
async function refuseUnknown(client: pg.Client, tables: readonly CaseTable[]): Promise<void> {
  const written = await writtenTables(client)
  const unknown = written.filter((name) => !atStart.has(name) && !tables.some((table) => table.name === name))
  if (unknown.length > 0) throw new Error(`commands write tables that the record does not look at: ${unknown.join(', ')}`)
}

function meanOf(cases: readonly RecordedCase[]): Mean {
  const steps = cases.flatMap((one) => one.steps)
  const mean = (of: (step: RecordedStep) => number) => Math.round((steps.reduce((sum, step) => sum + of(step), 0) / steps.length) * 10) / 10
  return {
    stepsPerCase: Math.round((steps.length / cases.length) * 10) / 10,
    rowsPerStep: mean(({ rows }) => rows),
    bytesPerStep: Math.round(mean(({ bytes }) => bytes)),
  }
}

/** Of each regulation the cases whose rows, bytes and length are nearest to the mean of all. */
function mostLike(all: readonly RecordedCase[]): RecordedCase[] {
  const mean = meanOf(all)
  const away = (one: RecordedCase) => {
    const own = meanOf([one])
    const off = (name: keyof Mean) => Math.abs(own[name] / mean[name] - 1)
    return off('rowsPerStep') + off('bytesPerStep') + off('stepsPerCase') / 2
  }
  const groups = Map.groupBy(all, ({ regulation }) => regulation)
  return [...groups.values()].flatMap((cases) => cases.toSorted((a, b) => away(a) - away(b)).slice(0, keptOfEach))
}
