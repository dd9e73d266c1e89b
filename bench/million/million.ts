/**
 * A ledger of a million cases, of which the newest twenty thousand are open:
 *
 *   npm run bench:million -- --data <folder> [--cases 1000000] [--open 20000] [--tellers 2]
 *
 * Every case is decided by the real engine at the real desk, hashed and sealed as the ledger does it, and copied into the real tables day by day.
 * Cut off, it goes on with the day where it was. What stands there afterwards is a demonstration that every command opens (`QYZMET_DATA`).
 */
import { type ChildProcess, fork } from 'node:child_process'
import { cpus, loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { startEmbedded } from '../../src/ledger/embedded/server.ts'
import { keyRingIn } from '../../src/ledger/keys/keyRing.ts'
import { openLedger, type PostgresLedger } from '../../src/ledger/postgresLedger.ts'
import { openHouse } from '../../src/main.ts'
import { dropIndexes, makeIndexes } from './indexes.ts'
import { type Lot, lotsOf, until } from './lots.ts'
import type { Order } from './worker.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    cases: { type: 'string', default: '1000000' },
    open: { type: 'string', default: '20000' },
    tellers: { type: 'string', default: String(Math.min(4, cpus().length)) },
  },
})

/** Kept in the ledger: what it is, for whoever measures it. */
const setting = 'benchMillion'
const began = performance.now()
const seconds = (): number => (performance.now() - began) / 1000
const say = (text: string): void => void process.stderr.write(`${text}\n`)

async function main(folder: string): Promise<void> {
  const data = resolve(folder)
  const [cases, open, tellers] = [Number(values.cases), Number(values.open), Number(values.tellers)]
  const regulations = resolve(import.meta.dirname, '../../regulations')
  const config = { demonstration: true, host: '127.0.0.1', port: 0, data, databaseUrl: undefined, publicUrl: 'http://127.0.0.1:8080' }
  // The demonstration's people, law and own cases first, as at any first start.
  await (await openHouse({ ...config, regulations, keys: join(data, 'keys') })).close()
  // Nothing is read meanwhile: cleaning up and short logs only take time from the filling.
  const server = await startEmbedded(join(data, 'postgres'), { autovacuum: 'off', max_wal_size: '4GB' })
  const ledger = await openLedger({ url: server.url, keyRing: keyRingIn(join(data, 'keys')) })
  try {
    const wanted = { cases, open, until }
    const kept = await ledger.settings.get(setting)
    if (kept !== undefined && !isDeepStrictEqual(kept, wanted)) throw new Error(`${data} holds another ledger: ${JSON.stringify(kept)}`)
    await ledger.settings.set(setting, wanted)
    await dropIndexes(ledger)
    await fill(ledger, lotsOf(cases, open), tellers, { url: server.url, data, regulations, cases })
    await makeIndexes(ledger, (name, took) => say(`${name}: ${took.toFixed(1)} s`))
    say('vacuum analyze')
    await ledger.database.pool.query('vacuum (analyze)')
    await ledger.settings.set('clockShift', Date.parse(until) - Date.now())
    await tell(ledger)
  } finally {
    await ledger.close()
    await server.stop()
  }
}

async function fill({ database }: PostgresLedger, lots: readonly Lot[], tellers: number, order: Order): Promise<void> {
  const { rows } = await database.pool.query<{ name: string }>(`select name from setting where name like 'benchMillion/%'`)
  const done = new Set(rows.map(({ name }) => name.slice('benchMillion/'.length)))
  const waiting = lots.filter(({ name, ended, open }) => ended + open > 0 && !done.has(name))
  const all = waiting.reduce((sum, { ended, open }) => sum + ended + open, 0)
  say(`${all} cases of ${waiting.length} days to tell, ${done.size} days told before`)
  const from = seconds()
  let told = 0
  let events = 0
  const tellHowFar = (): void => {
    const rate = told / Math.max(1, seconds() - from)
    const left = rate === 0 ? '' : `, ${Math.ceil((all - told) / rate / 60)} min left`
    say(`${told} of ${all} cases, ${events} events, ${Math.round(rate)} cases/s${left}, load ${loadavg()[0]?.toFixed(1)}`)
  }
  const timer = setInterval(tellHowFar, 20_000)
  const next = (worker: ChildProcess): void => void worker.send(waiting.shift() ?? 'end')
  // Processes and not threads: the simulated seal makes its keys under names that carry the process's number.
  const teller = () =>
    new Promise<void>((done, failed) => {
      const worker = fork(new URL('./worker.ts', import.meta.url), [JSON.stringify(order)])
      worker.on('message', (message: { ready: true } | { cases: number; events: number }) => {
        if ('cases' in message) {
          told += message.cases
          events += message.events
        }
        next(worker)
      })
      worker.on('error', failed)
      worker.on('exit', (code) => (code === 0 ? done() : failed(new Error(`a teller ended with ${code}`))))
    })
  try {
    await Promise.all(Array.from({ length: tellers }, teller))
  } finally {
    clearInterval(timer)
  }
  tellHowFar()
  if (told !== all) throw new Error(`${all - told} cases are not told`)
}

async function tell({ database }: PostgresLedger): Promise<void> {
  const { rows } = await database.pool.query<{ table: string; rows: number; table_mb: number; index_mb: number }>(
    `select relname as "table", reltuples::bigint as rows, pg_table_size(oid) / 1048576 as table_mb, pg_indexes_size(oid) / 1048576 as index_mb
     from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and reltuples > 1000 order by pg_total_relation_size(oid) desc`,
  )
  for (const one of rows)
    say(`${one.table.padEnd(14)} ${String(one.rows).padStart(9)} rows ${String(one.table_mb).padStart(6)} MB, indexes ${one.index_mb} MB`)
  say(`in ${Math.round(seconds())} s`)
}

if (values.data === undefined) {
  say('npm run bench:million -- --data <folder> [--cases 1000000] [--open 20000] [--tellers 2]')
  process.exitCode = 2
} else await main(values.data)
