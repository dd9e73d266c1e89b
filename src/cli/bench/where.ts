import { performance } from 'node:perf_hooks'
import type { PostgresLedger } from '../../ledger/postgresLedger.ts'
import { type Counters, type Rows, readCounters } from './database.ts'
import { type NodeProfile, profiled } from './profile.ts'
import { type RoundTrip, withRoundTrips } from './roundTrips.ts'
import { withWaits } from './waits.ts'

/** Where the time and the bytes of a step go. Times in µs a step unless said otherwise; null: not known of this server. */
export interface Where {
  /** By the wall's clock, means in ms: a whole step; in the ledger's append; of that on the wire and in the database. The rest of an append waits for its batch. */
  readonly wallMs: { readonly step: number; readonly append: number; readonly roundTrip: number }
  readonly nodeCpuUs: number
  /** Processor time of the database by the kind of its processes. */
  readonly postgresCpuUs: Readonly<Record<string, number>> | null
  /** Share of the time in which the event loop had something to do. */
  readonly loopBusy: number
  /** Steps that one call of the append function carried, on average; null where functions are not counted. */
  readonly stepsPerCall: number | null
  readonly commits: number
  readonly fsyncs: number
  /** Of one sync; null where the server does not time them. */
  readonly fsyncUs: number | null
  readonly walBytes: number
  /** Rows a step by table. */
  readonly rows: Readonly<Record<string, Rows>>
  readonly functions: Readonly<Record<string, { readonly selfUs: number; readonly totalUs: number }>>
  readonly roundTrips: Readonly<Record<string, { readonly perStep: number; readonly ms: number; readonly bytesSent: number }>>
  /** From a run of its own: V8's sampling costs a few per cent. Shares times the processor time of the run without it. */
  readonly nodeParts: Readonly<Record<string, number>>
  readonly nodeFunctions: NodeProfile['functions']
  /** What the database's sessions do while they have something to do: share of looks, by wait event. */
  readonly waits: Readonly<Record<string, number>>
}

/** Measures a load twice: with the counters read before and after it, then under the profiler. @param load one run; resolves to its steps */
export async function whereGoes<T extends { readonly steps: number; readonly seconds: number; readonly callers: number }>(
  ledger: PostgresLedger,
  load: () => Promise<T>,
): Promise<{ value: T; where: Where }> {
  const { database } = ledger
  const before = await readCounters(database)
  const cpu = process.cpuUsage()
  const loop = performance.eventLoopUtilization()
  const { value: timed, trips } = await withRoundTrips(() => withAppends(ledger, load))
  const { value, appendMs } = timed
  const { utilization } = performance.eventLoopUtilization(loop)
  const { user, system } = process.cpuUsage(cpu)
  const after = await readCounters(database)
  const { value: sampled, waits } = await withWaits(database, () => profiled(load))
  const { profile } = sampled
  return {
    value,
    where: {
      wallMs: {
        step: round((value.callers * value.seconds * 1000) / value.steps, 3),
        append: round(appendMs, 3),
        roundTrip: round(meanOf(trips, /^append/), 3),
      },
      waits: mapped(waits, (share) => round(share, 3)),
      ...spent(before, after, value.steps, trips),
      ...nodeSide((user + system) / value.steps, profile),
      loopBusy: round(utilization, 3),
    },
  }
}

/** How long an append takes on average, in ms; from outside, as round trips are. */
async function withAppends<T>(ledger: PostgresLedger, work: () => Promise<T>): Promise<{ value: T; appendMs: number }> {
  const { append } = ledger
  let [count, ms] = [0, 0]
  ledger.append = async (command) => {
    const from = performance.now()
    try {
      return await append(command)
    } finally {
      count++
      ms += performance.now() - from
    }
  }
  try {
    return { value: await work(), appendMs: ms / Math.max(count, 1) }
  } finally {
    ledger.append = append
  }
}

function meanOf(trips: Record<string, RoundTrip>, names: RegExp): number {
  const those = Object.entries(trips).flatMap(([name, trip]) => (names.test(name) ? [trip] : []))
  const count = those.reduce((sum, trip) => sum + trip.count, 0)
  return those.reduce((sum, trip) => sum + trip.ms, 0) / Math.max(count, 1)
}

function nodeSide(nodeCpuUs: number, { shares, functions }: NodeProfile) {
  return {
    nodeCpuUs: round(nodeCpuUs),
    nodeParts: mapped(shares, (share) => round(share * nodeCpuUs)),
    nodeFunctions: functions.map(({ name, share }) => ({ name, share: round(share, 4) })),
  }
}

function spent(before: Counters, after: Counters, steps: number, trips: Record<string, RoundTrip>) {
  const perStep = (now: number, then = 0) => round((now - then) / steps, 3)
  const syncs = after.fsyncs - before.fsyncs
  const calls = (after.functions.qyzmet_append?.calls ?? 0) - (before.functions.qyzmet_append?.calls ?? 0)
  return {
    postgresCpuUs: after.cpuUs && mapped(after.cpuUs, (us, kind) => perStep(us, before.cpuUs?.[kind])),
    stepsPerCall: calls > 0 ? round(steps / calls, 2) : null,
    commits: perStep(after.commits, before.commits),
    fsyncs: perStep(after.fsyncs, before.fsyncs),
    fsyncUs: after.fsyncUs === null || syncs === 0 ? null : round((after.fsyncUs - (before.fsyncUs ?? 0)) / syncs),
    walBytes: Math.round(perStep(after.walBytes, before.walBytes)),
    rows: written(before, after, perStep),
    functions: mapped(after.functions, ({ selfUs, totalUs }, name) => ({
      selfUs: perStep(selfUs, before.functions[name]?.selfUs),
      totalUs: perStep(totalUs, before.functions[name]?.totalUs),
    })),
    roundTrips: mapped(trips, ({ count, ms, sent }) => ({
      perStep: perStep(count),
      ms: round(ms / count, 3),
      bytesSent: Math.round(sent / count),
    })),
  }
}

/** Without the tables that nothing was written to. */
function written(before: Counters, after: Counters, perStep: (now: number, then?: number) => number): Record<string, Rows> {
  const entries = Object.entries(after.rows).map(([table, now]): [string, Rows] => {
    const then = before.rows[table]
    const of = (kind: keyof Rows) => perStep(now[kind], then?.[kind])
    return [table, { inserted: of('inserted'), updated: of('updated'), hot: of('hot'), deleted: of('deleted') }]
  })
  return Object.fromEntries(entries.filter(([, { inserted, updated, deleted }]) => inserted + updated + deleted > 0))
}

const mapped = <From, To>(record: Readonly<Record<string, From>>, to: (value: From, name: string) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, to(value, name)]))

const round = (value: number, digits = 1) => Math.round(value * 10 ** digits) / 10 ** digits

/** The same for a person: one block a run. */
export function tellWhere(where: Where): string {
  const sum = (record: Readonly<Record<string, number>>) => Object.values(record).reduce((all, one) => all + one, 0)
  const list = (record: Readonly<Record<string, number | string>>) =>
    Object.entries(record).map(([name, value]) => `      ${name}: ${value}`)
  const { postgresCpuUs, stepsPerCall, fsyncUs, wallMs } = where
  return [
    `  a step, in µs of processor: Node ${where.nodeCpuUs}, PostgreSQL ${postgresCpuUs === null ? '?' : round(sum(postgresCpuUs))}; event loop busy ${Math.round(where.loopBusy * 100)} %`,
    `    by the clock, ms: a step ${wallMs.step}, of it appending ${wallMs.append}, of that a round trip ${wallMs.roundTrip}`,
    '    Node by part:',
    ...list(where.nodeParts),
    '    PostgreSQL by process:',
    ...list(postgresCpuUs ?? {}),
    '    its sessions, % of the time in which they work:',
    ...list(mapped(where.waits, (share) => round(share * 100))),
    '    in its functions, self of total:',
    ...list(mapped(where.functions, ({ selfUs, totalUs }) => `${round(selfUs)} of ${round(totalUs)}`)),
    `    steps a call: ${stepsPerCall ?? '?'}; commits a step: ${where.commits}; syncs a step: ${where.fsyncs} of ${fsyncUs ?? '?'} µs; log: ${where.walBytes} B`,
    '    round trips a step:',
    ...list(mapped(where.roundTrips, ({ perStep, ms, bytesSent }) => `${perStep} of ${ms} ms, ${bytesSent} B`)),
    '    rows a step, inserted + updated (in place) - deleted:',
    ...list(mapped(where.rows, ({ inserted, updated, hot, deleted }) => `${inserted} + ${updated} (${hot}) - ${deleted}`)),
    '    Node by function:',
    ...where.nodeFunctions.slice(0, 15).map(({ name, share }) => `      ${(share * 100).toFixed(1)} % ${name}`),
  ].join('\n')
}
