import { randomUUID } from 'node:crypto'
import type { Config } from '../../config.ts'
import { momentIn } from '../../desk/clock.ts'
import { answerOf, inputOf, type Part } from '../../desk/demonstration/given.ts'
import { type Applicant, readStories, type Story } from '../../desk/demonstration/stories.ts'
import { readLawFiles } from '../../desk/lawFiles.ts'
import type { CaseFile, Outcome } from '../../desk/outcome.ts'
import { openStatutes, type Statutes } from '../../desk/statutes.ts'
import type { Actor } from '../../engine/case/events.ts'
import type { PostgresLedger } from '../../ledger/postgresLedger.ts'
import { type Stage, stages } from '../theatre.ts'

/**
 * The load of `qyzmet bench --kept`: the cases that are open go on, each step one of another case, so that all of them are the working set and none
 * stays in memory from step to step. For comparison the same act, a paper printed again, on the newest ended cases and on any of all.
 */

/** Which cases a load turns to. */
export type Load = 'open' | 'newest' | 'any'

export interface KeptRun {
  readonly load: Load
  /** Among how many cases the load chose. */
  readonly among: number
  readonly callers: number
  readonly seconds: number
  readonly steps: number
  readonly stepsPerSecond: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
  /** Turns at cases that had no step which this load knows how to do. */
  readonly passedOver: number
  readonly errors: number
}

export class NotPrepared extends Error {
  override name = 'NotPrepared'
}

interface Place {
  readonly home: number
  readonly number: string
}

/** As many as were open when the ledger was made. */
const newest = 20_000

/** @throws NotPrepared where the ledger is not one that `npm run bench:million` made: a load leaves marks in the cases */
export async function runKept(ledger: PostgresLedger, config: Config, loads: readonly Load[], callers: readonly number[], seconds: number) {
  const kept = await ledger.settings.get('benchMillion')
  if (kept === undefined) throw new NotPrepared('only a ledger that npm run bench:million made is measured as it lies')
  const { until } = { until: '', ...(typeof kept === 'object' && !Array.isArray(kept) ? kept : {}) }
  const statutes = openStatutes(
    await readLawFiles(config.regulations),
    () => undefined,
    (sha256) => ledger.law.text(sha256),
  )
  const stage = stages(ledger, statutes, config.keys)
  const runs: KeptRun[] = []
  for (const load of loads) {
    const places = await placesOf(ledger, load)
    const measured = { ledger, statutes, stage, load, places, now: Date.parse(String(until)) }
    // Open cases come to their ends: what warms the load must leave it some.
    await run(measured, callers[0] ?? 1, Math.min(2, seconds / 4))
    for (const count of callers) runs.push(await run(measured, count, seconds))
  }
  // Nobody carries what these steps would have sent.
  await ledger.database.pool.query('delete from graphile_worker._private_jobs')
  return runs
}

async function placesOf({ database }: PostgresLedger, load: Load): Promise<Place[]> {
  const text = {
    open: `select home, case_number as number from case_view where open order by opened_at desc, case_number limit ${newest}`,
    newest: `select home, case_number as number from case_view where not open order by opened_at desc, case_number limit ${newest}`,
    any: 'select home, number from case_head',
  }[load]
  const { rows } = await database.pool.query<Place>(text)
  return rows
}

interface Measured {
  readonly ledger: PostgresLedger
  readonly statutes: Statutes
  readonly stage: () => Stage
  readonly load: Load
  readonly places: readonly Place[]
  readonly now: number
}

async function run(measured: Measured, callers: number, seconds: number): Promise<KeptRun> {
  const times: number[] = []
  let [errors, passedOver] = [0, 0]
  const began = performance.now()
  const end = began + seconds * 1000
  const order = orderOf(measured.places.length)
  const caller = async (): Promise<void> => {
    const { desk, shelf, time } = measured.stage()
    while (performance.now() < end) {
      const place = measured.places[order.next()]
      if (place === undefined) return
      time.now = measured.now + Math.ceil(performance.now())
      const started = performance.now()
      const file = await shelf.find(place.number, false)
      const outcome = file === null ? null : await act(measured, desk, file, time.now)
      if (outcome === null) passedOver += 1
      else if (outcome.kind === 'done') times.push(performance.now() - started)
      else if (outcome.kind === 'refused') passedOver += 1
      else errors += 1
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  const took = (performance.now() - began) / 1000
  times.sort((a, b) => a - b)
  const at = (share: number) => Math.round((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) * 100) / 100
  return {
    load: measured.load,
    among: measured.places.length,
    callers,
    seconds: Math.round(took * 100) / 100,
    steps: times.length,
    stepsPerSecond: Math.round(times.length / took),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    passedOver,
    errors,
  }
}

/** Every place once in an order that jumps about, then again; a step of a number that shares no divisor with the count meets them all. */
function orderOf(count: number): { next: () => number } {
  const common = (a: number, b: number): number => (b === 0 ? a : common(b, a % b))
  let stride = Math.max(1, Math.floor(count * 0.618))
  while (common(count, stride) !== 1) stride += 1
  let at = Math.floor(count / 3)
  return {
    next: () => {
      at = (at + stride) % Math.max(1, count)
      return at
    },
  }
}

/** null: there is nothing here that this load knows how to do. */
async function act({ load, statutes }: Measured, desk: Stage['desk'], file: CaseFile, now: number): Promise<Outcome | null> {
  const { state, number, bound } = file
  const { region } = bound.law.regulation
  const key = randomUUID()
  if (load !== 'open') {
    const paper = state.papers.find(({ copyOf }) => copyOf === null)
    if (paper === undefined || state.ended === null) return null
    return desk.office(number, { do: 'reissue', paper: paper.id, reason: 'lost' }, { actor: paper.by, region }, { key })
  }
  const open = state.step
  if (open === null) return null
  const part = partOf(file)
  const moment = momentIn(statutes.zoneOf(region), now)
  if (open.awaiting !== undefined)
    return desk.answer(number, open.id, answerOf(part, state, `${number}-${open.id}`, moment, moment), { key })
  const unit = bound.law.regulation.roles[open.role]?.unit ?? ''
  const actor: Actor = { kind: 'staff', id: open.assignee ?? open.role, role: open.role, organisation: open.organisation ?? '', unit }
  return desk.step(number, open.id, inputOf(part, state, open.id, moment), { actor, region }, { key })
}

const { stories } = readStories()

/** What a story gives at the steps of a case that was told before: its own person, and what was found wrong in it. */
function partOf({ bound, state }: CaseFile): Part {
  const [first] = stories
  if (first === undefined) throw new Error('there is no story')
  const { application } = state
  const applicant: Applicant = { ...first.applicant, ...(application ? named(application) : {}) }
  const handed = new Set(state.documents.map(({ id }) => id))
  const story: Story = {
    ...first.story,
    region: bound.law.regulation.region,
    channel: state.channel,
    provider: state.provider.id,
    branch: state.branch,
    defects: (state.examination?.findings ?? []).flatMap((finding) =>
      finding.ok ? [] : [{ document: finding.document, ground: 'notMeeting', fact: finding.fact ?? '-', remedy: '-' }],
    ),
    without: state.documents.length === 0 ? [] : bound.law.edition.documents.flatMap(({ id }) => (handed.has(id) ? [] : [id])),
    times: {},
    also: [],
  }
  return { law: bound.court, story, applicant, assignee: (role) => role, draw: () => 0.5 }
}

const named = ({
  iin,
  surname,
  name,
  patronymic = '',
}: Pick<Applicant, 'iin' | 'surname' | 'name'> & { readonly patronymic?: string | undefined }) => ({
  iin,
  surname,
  name,
  patronymic,
})
