import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { LedgerAway } from '../../src/ledger/ledger.ts'
import { hostsOf, writable } from '../../src/ledger/postgres/hosts.ts'
import { numberOf, type Office, openOffice } from '../../test/desk/office.ts'
import { type Cluster, openCluster, until } from './cluster.ts'

/**
 * Kills the primary of a Patroni cluster under load, again and again, and asks afterwards: is every acknowledged command there, exactly once?
 * `--asynchronous` leaves out synchronous_mode, to see what it is for.
 * The load is the real desk over the real ledger: people do one step after another in cases of both regulations; who gets no answer asks again under the same key.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    callers: { type: 'string', default: '16' },
    asynchronous: { type: 'boolean', default: false },
  },
})

interface Acknowledged {
  readonly number: string
  readonly key: string
  readonly version: number
  readonly at: number
}

interface Tally {
  readonly acknowledged: Acknowledged[]
  askedAgain: number
}

async function caller(office: Office, index: number, tally: Tally, stopping: AbortSignal): Promise<void> {
  const region = index % 2 === 0 ? 'almaty' : 'aktobe'
  const patiently = async <T>(work: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await work()
      } catch (cause) {
        if (!(cause instanceof LedgerAway)) throw cause
        tally.askedAgain++
        await sleep(100)
      }
    }
  }
  while (!stopping.aborted) {
    const number = await patiently(() => office.open(region, 'office'))
    await goOn(number).catch((cause: unknown) => {
      // What was acknowledged a moment ago is gone: counted at the end with the others; this caller takes another case.
      if (!String(cause).includes('is not there')) throw cause
    })
  }

  async function goOn(number: string): Promise<void> {
    for (let open = true; open && !stopping.aborted; ) {
      const { state } = await patiently(() => office.file(number))
      open = state.step !== null
      if (state.step === null) break
      const key = randomUUID()
      const awaiting = state.step.awaiting !== undefined
      const step = state.step.id
      const outcome = await patiently(() => (awaiting ? office.answer(number, undefined, key) : office.go(number, {}, { key, step })))
      if (outcome.kind === 'done')
        tally.acknowledged.push({ number: numberOf(outcome), key, version: outcome.version, at: performance.now() })
    }
  }
}

/** What was acknowledged and is not there, or otherwise than it was answered. */
async function missing(office: Office, tally: Tally): Promise<string[]> {
  const lost: string[] = []
  for (const { number, key, version } of tally.acknowledged) {
    const file = await office.shelf.find(number, true)
    const found = file && (await office.ledger.lookUp(file.home, key))
    if (found?.case !== number || found.version !== version || file === null || file.version < version)
      lost.push(`${number} version ${version}`)
  }
  return lost
}

async function round(cluster: Cluster, tally: Tally): Promise<{ killed: string; pauseMs: number }> {
  await until(async () => ((await cluster.hasStandby()) ? true : undefined))
  await sleep(3_000)
  const killed = await cluster.primary()
  await cluster.kill(killed)
  const before = performance.now()
  await until(async () => ((await cluster.primary()) === killed ? undefined : true))
  // What a dead primary had answered is still being read for a while.
  const promoted = performance.now()
  const first = await until(async () => tally.acknowledged.find(({ at }) => at > promoted))
  await sleep(2_000)
  cluster.start(killed)
  return { killed, pauseMs: Math.round(first.at - before) }
}

const cluster = await openCluster({ synchronous: !values.asynchronous })
try {
  await cluster.primary()
  const { hosts } = hostsOf(cluster.url('postgres'))
  const admin = await until(() =>
    writable(hosts, async ({ url }) => {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      await client.query(`create database qyzmet template template0 encoding 'UTF8'`).finally(() => client.end())
      return true
    }),
  )
  console.log(`two nodes on ${hosts.map(({ port }) => port).join(' and ')}, the database made on ${admin.port}`)
  const { office, close } = await openOffice({ url: cluster.url('qyzmet') })
  const tally: Tally = { acknowledged: [], askedAgain: 0 }
  const stopping = new AbortController()
  const callers = Array.from({ length: Number(values.callers) }, (_, index) => caller(office, index, tally, stopping.signal))
  for (const one of callers) one.catch(() => stopping.abort())
  const died = Promise.race(callers)
  died.catch(() => {})
  for (let n = 1; n <= Number(values.rounds); n++) {
    const { killed, pauseMs } = await Promise.race([round(cluster, tally), died.then(() => expectNever())])
    console.log(
      `round ${n}: ${killed} killed, the next acknowledgement ${pauseMs} ms later; ${tally.acknowledged.length} acknowledged so far`,
    )
  }
  stopping.abort()
  await Promise.all(callers)
  const lost = await missing(office, tally)
  const problems = await office.problems()
  console.log(
    JSON.stringify({
      rounds: Number(values.rounds),
      acknowledged: tally.acknowledged.length,
      askedAgain: tally.askedAgain,
      lost: lost.length,
      problems: problems.length,
    }),
  )
  for (const line of [...lost, ...problems.map((p) => JSON.stringify(p))].slice(0, 20)) console.log(line)
  await close()
  process.exitCode = lost.length + problems.length > 0 ? 1 : 0
} finally {
  await cluster.close()
}

function expectNever(): never {
  throw new Error('a caller stopped')
}
