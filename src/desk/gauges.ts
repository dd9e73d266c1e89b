import { servicesOut } from '../gateway/journal/postgres/services.ts'
import { effectsWaiting, type WaitingEffects } from '../ledger/effects/waiting.ts'
import { type EvidenceWatched, evidenceWatched } from '../ledger/evidence/watched.ts'
import { type LastCare, lastCare } from '../ledger/lastCare.ts'
import type { WatchConnection } from '../ledger/postgres/watchConnection.ts'
import type { PostgresLedger } from '../ledger/postgresLedger.ts'
import { type DueTotals, dueTotals } from '../ledger/views/due/totals.ts'
import { type Metrics, type Row, watchGauge, watchRows } from '../observe/metrics/metrics.ts'
import type { Readiness } from '../observe/readiness.ts'
import type { LawClock } from './clock.ts'

export interface GaugedParts {
  readonly ledger: Pick<PostgresLedger, 'database' | 'waits'>
  readonly watching: Pick<WatchConnection, 'query'>
  readonly readiness: Pick<Readiness, 'ask'>
  readonly clock: LawClock
  readonly machine: () => number
}

/** What is told when somebody scrapes: how much waits, for how long, and whether this server would take requests. */
export function watchParts(metrics: Metrics, parts: GaugedParts): void {
  const { ledger, watching, readiness, clock, machine } = parts
  const { pool } = ledger.database
  watchGauge(metrics, 'qyzmet_append_queue_depth', 'commands given to the ledger and not answered', () => ledger.waits().depth)
  watchGauge(metrics, 'qyzmet_append_queue_oldest_seconds', 'how long the oldest of them waits', () => ledger.waits().oldestMs / 1000)
  watchGauge(metrics, 'qyzmet_pool_connections', 'open connections of the pool', () => pool.totalCount)
  watchGauge(metrics, 'qyzmet_pool_idle', 'of these, without work', () => pool.idleCount)
  watchGauge(metrics, 'qyzmet_pool_waiting', 'queries that wait for a connection', () => pool.waitingCount)
  watchRows(
    metrics,
    { qyzmet_ready: { help: '1: the condition holds; the server is ready when all do', labels: ['condition'] } },
    async () => ({
      qyzmet_ready: (await readiness.ask()).conditions.map(({ name, ok }): Row => [{ condition: name }, ok ? 1 : 0]),
    }),
    { keepMs: 0 },
  )
  watchRows(
    metrics,
    {
      qyzmet_effects_waiting: { help: 'effects to be run, now or later', labels: ['task'] },
      qyzmet_effects_failing: { help: 'of these, tried before without success', labels: ['task'] },
      qyzmet_effects_failed: { help: 'effects given up after all attempts', labels: ['task'] },
      qyzmet_effects_oldest_seconds: { help: 'how long the oldest effect that is due has waited', labels: ['task'] },
      qyzmet_effects_first_seconds: {
        help: 'since when the oldest that is not done waits, however often it was put off',
        labels: ['task'],
      },
    },
    async () => {
      const rows = await watching.query<WaitingEffects & Record<string, unknown>>(effectsWaiting)
      const by = (read: (row: WaitingEffects) => number) => rows.map((row): Row => [{ task: row.task }, read(row)])
      return {
        qyzmet_effects_waiting: by((row) => row.waiting),
        qyzmet_effects_failing: by((row) => row.failing),
        qyzmet_effects_failed: by((row) => row.failed),
        qyzmet_effects_oldest_seconds: by((row) => row.oldest),
        qyzmet_effects_first_seconds: by((row) => row.first),
      }
    },
  )
  watchRows(
    metrics,
    {
      qyzmet_service_failures: { help: 'exchanges that failed one after another, of services that failed last', labels: ['service'] },
      qyzmet_service_open: { help: '1: nothing leaves for the service but a try now and then', labels: ['service'] },
    },
    async () => {
      const rows = await watching.query<{ service: string; failures: number; open: boolean }>(servicesOut)
      return {
        qyzmet_service_failures: rows.map((row): Row => [{ service: row.service }, row.failures]),
        qyzmet_service_open: rows.map((row): Row => [{ service: row.service }, row.open ? 1 : 0]),
      }
    },
  )
  watchRows(
    metrics,
    { qyzmet_terms: { help: 'terms that run, and those of them that have passed', labels: ['home', 'state'] } },
    async () => {
      const rows = await watching.query<DueTotals & Record<string, unknown>>(dueTotals(new Date(clock.now()).toISOString()))
      const of = ({ home }: DueTotals, state: string, value: number): Row => [{ home: String(home), state }, value]
      return { qyzmet_terms: rows.flatMap((row) => [of(row, 'late', row.late), of(row, 'running', row.running)]) }
    },
    { keepMs: 15_000 },
  )
  watchRows(
    metrics,
    {
      qyzmet_seal_age_seconds: { help: "since the newest seal over all cases, by the law's clock", labels: [] },
      qyzmet_backup_age_seconds: { help: 'since the last whole backup of this database; absent until there is one', labels: [] },
    },
    async () => {
      const [care] = await watching.query<LastCare & Record<string, unknown>>(lastCare)
      return { qyzmet_seal_age_seconds: age(care?.sealed, clock.now()), qyzmet_backup_age_seconds: age(care?.backed, machine()) }
    },
  )
  watchRows(
    metrics,
    {
      qyzmet_evidence_age_seconds: {
        help: "since the last whole run over the evidence records, by the law's clock; absent until there was one",
        labels: [],
      },
      qyzmet_evidence_ends_seconds: {
        help: 'until the first certificate ends on which evidence records rest; below zero: it has',
        labels: [],
      },
    },
    async () => {
      const [care] = await watching.query<EvidenceWatched & Record<string, unknown>>(evidenceWatched)
      const ends = care?.until ? [[{}, Math.round((Date.parse(care.until) - clock.now()) / 1000)] as const] : [] // a pair, as rows are
      return { qyzmet_evidence_age_seconds: age(care?.whole, clock.now()), qyzmet_evidence_ends_seconds: ends }
    },
    { keepMs: 60_000 },
  )
}

/** A clock that was set back makes no negative age. */
function age(moment: string | null | undefined, now: number): Row[] {
  return moment ? [[{}, Math.max(0, Math.round((now - Date.parse(moment)) / 1000))]] : []
}
