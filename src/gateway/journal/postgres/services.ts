import type { Database } from '../../../ledger/postgres/database.ts'
import { admit, type Breaker, type BreakerRule, closedBreaker, learn, usualBreaker } from '../../retry.ts'
import type { Services } from '../services.ts'

/** One connection within a transaction. */
type Client = Parameters<Parameters<Database['transaction']>[0]>[0]

interface OutageRow {
  service: string
  began_at: string
  ended_at: string | null
  code: string
  failures: number
}

interface BreakerRow {
  failures: number
  open_until: number | null
  trying_since: number | null
}

/**
 * Breakers as rows, so that ten processes find out once that a service is out and one of them tries whether it is back. A closed one is only read:
 * nothing is written while all goes well.
 */
export function servicesInPostgres(database: Database, machine: () => number, rule: BreakerRule = usualBreaker): Services {
  return {
    async admit(service) {
      const known = await selectBreaker(database, service)
      if (known.openUntil === null) return 0
      return database.transaction(async (client) => {
        const admitted = admit((await lockBreaker(client, service)).breaker, machine(), rule)
        if (!admitted.go) return Math.max(1, admitted.waitMs)
        await writeBreaker(client, service, admitted.breaker)
        return 0
      })
    },
    async learn(service, name, outage, at) {
      if (outage === null && (await isWell(database, service))) return { isBack: false }
      return database.transaction(async (client) => {
        const { breaker: before, lastFailed } = await lockBreaker(client, service)
        const isKnown = outage !== null && before.openUntil === null && lastFailed === name
        if (!isKnown)
          await writeBreaker(client, service, learn(before, outage === null ? 'answered' : 'outage', machine(), rule), outage && name)
        if (outage === null) await endOutage(client, service, at)
        else await noteOutage(client, service, outage, at)
        return { isBack: outage === null && before.failures > 0 }
      })
    },
    out: () => database.query(servicesOut),
    async keepsWaiting(service, home, number) {
      // Two statements: outages lie on the coordinator of a cluster, cases on its workers.
      const [out] = await database.query<{ began_at: string }>({
        name: 'service_outage_now',
        text: 'select began_at from service_outage where service = $1 and ended_at is null',
        values: [service],
      })
      if (out === undefined) return
      await database.query({
        name: 'outage_case',
        text: 'insert into outage_case (home, case_number, service, began_at) values ($1, $2, $3, $4) on conflict do nothing',
        values: [home, number, service, out.began_at],
      })
    },
    async outages(home, from, until) {
      const rows = await database.query<OutageRow>({
        name: 'service_outages',
        text: `
          select service, began_at, ended_at, code, failures from service_outage
          where began_at < $2 and (ended_at is null or ended_at > $1) order by began_at desc, service`,
        values: [from, until],
      })
      const cases = await keptWaiting(database, home, rows)
      return rows.map(({ began_at, ended_at, ...row }) => ({
        ...row,
        beganAt: began_at,
        endedAt: ended_at,
        cases: cases.get(`${row.service} ${Date.parse(began_at)}`) ?? 0,
      }))
    },
  }
}

/** How many cases of a home each outage kept waiting. Apart from the outages, which lie on the coordinator of a cluster where cases lie on its workers. */
async function keptWaiting(database: Database, home: number, outages: readonly OutageRow[]): Promise<Map<string, number>> {
  if (outages.length === 0) return new Map()
  const rows = await database.query<{ service: string; began_at: string; cases: string }>({
    name: 'outage_cases',
    text: `
      select service, began_at, count(*) as cases from outage_case
      where home = $1 and service = any ($2) and began_at = any ($3::timestamptz[])
      group by service, began_at`,
    values: [home, [...new Set(outages.map(({ service }) => service))], outages.map(({ began_at }) => began_at)],
  })
  return new Map(rows.map(({ service, began_at, cases }) => [`${service} ${Date.parse(began_at)}`, Number(cases)]))
}

/** Every service that failed last. */
export const servicesOut = {
  name: 'services_out',
  text: 'select service, failures, open_until is not null as open from service_breaker where failures > 0 order by service',
}

const breakerOf = (row: BreakerRow | undefined): Breaker =>
  row === undefined ? closedBreaker : { failures: row.failures, openUntil: row.open_until, tryingSince: row.trying_since }

async function selectBreaker(database: Database, service: string): Promise<Breaker> {
  const [row] = await database.query<BreakerRow>({
    name: 'breaker',
    text: 'select failures, open_until, trying_since from service_breaker where service = $1',
    values: [service],
  })
  return breakerOf(row)
}

const isWell = async (database: Database, service: string): Promise<boolean> => (await selectBreaker(database, service)).failures === 0

async function lockBreaker(client: Client, service: string): Promise<{ breaker: Breaker; lastFailed: string | null }> {
  await client.query(
    'insert into service_breaker (service, failures, open_until, trying_since, changed_at) values ($1, 0, null, null, now()) on conflict do nothing',
    [service],
  )
  const { rows } = await client.query<BreakerRow & { last_failed: string | null }>(
    'select failures, open_until, trying_since, last_failed from service_breaker where service = $1 for update',
    [service],
  )
  return { breaker: breakerOf(rows[0]), lastFailed: rows[0]?.last_failed ?? null }
}

/** `failed`: the exchange whose failure this is; absent: as it was. */
async function writeBreaker(client: Client, service: string, breaker: Breaker, failed?: string | null): Promise<void> {
  const { failures, openUntil, tryingSince } = breaker
  await client.query(
    `update service_breaker set failures = $2, open_until = $3, trying_since = $4, changed_at = now(),
       last_failed = case when $6 then $5 else last_failed end
     where service = $1`,
    [service, failures, openUntil, tryingSince, failed ?? null, failed !== undefined],
  )
}

/** Two outages of a service that began in one moment of the law's clock, which may be set back, are one. */
async function noteOutage(client: Client, service: string, code: string, at: string): Promise<void> {
  const { rowCount } = await client.query('update service_outage set failures = failures + 1 where service = $1 and ended_at is null', [
    service,
  ])
  if (rowCount === 0)
    await client.query(
      `insert into service_outage (service, began_at, code, failures) values ($1, $2, $3, 1)
       on conflict (service, began_at) do update set ended_at = null, failures = service_outage.failures + 1`,
      [service, at, code],
    )
}

async function endOutage(client: Client, service: string, at: string): Promise<void> {
  await client.query('update service_outage set ended_at = greatest(began_at, $2::timestamptz) where service = $1 and ended_at is null', [
    service,
    at,
  ])
}
