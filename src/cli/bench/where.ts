import { performance } from 'node:perf_hooks'
import type { PostgresLedger } from '../../ledger/postgresLedger.ts'
import { type Counters, type Rows, readCounters } from './database.ts'
import { type NodeProfile, profiled } from './profile.ts'
import { type RoundTrip, withRoundTrips } from './roundTrips.ts'

/** Where the time and the bytes of a step go. Times in µs a step unless said otherwise; null: not known of this server. */
export interface Where {
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
}

/** Measures a load twice: with the counters read before and after it, then under the profiler. @param load one run; resolves to its steps */
export async function whereGoes<T extends { readonly steps: number }>(
  ledger: PostgresLedger,
  load: () => Promise<T>,
): Promise<{ value: T; where: Where }> {
  const { database } = ledger
  const before = await readCounters(database)
  const cpu = process.cpuUsage()
  const loop = performance.eventLoopUtilization()
  const { value, trips } = await withRoundTrips(load)
  const { utilization } = performance.eventLoopUtilization(loop)
  const { user, system } = process.cpuUsage(cpu)
  const after = await readCounters(database)
  const { profile } = await profiled(load)
  return {
    value,
    where: {
      ...spent(before, after, value.steps, trips),
      ...nodeSide((user + system) / value.steps, profile),
      loopBusy: round(utilization, 3),
    },
  }
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
  const { postgresCpuUs, stepsPerCall, fsyncUs } = where
  return [
    `  a step, in µs of processor: Node ${where.nodeCpuUs}, PostgreSQL ${postgresCpuUs === null ? '?' : round(sum(postgresCpuUs))}; event loop busy ${Math.round(where.loopBusy * 100)} %`,
    '    Node by part:',
    ...list(where.nodeParts),
    '    PostgreSQL by process:',
    ...list(postgresCpuUs ?? {}),
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
