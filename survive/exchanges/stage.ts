import { cpSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { keyRingIn } from '../../src/ledger/keys/keyRing.ts'
import { type Database, openDatabase } from '../../src/ledger/postgres/database.ts'
import { drawOne } from '../draw.ts'
import { ownPostgres, type Postgres } from '../house/postgres.ts'
import { type Prepared, prepare } from '../house/prepare.ts'
import { until } from '../house/processes.ts'
import { ownProcess, type Server } from '../house/server.ts'
import { type Contour, openContourProcess } from './contour.ts'
import { corporationPlan, type NodeTold, pushPath, regionPlan } from './told.ts'

export interface StageNode {
  readonly name: 'corporation' | 'region'
  readonly server: Server
  /** For looking, never for writing to the ledger. */
  readonly database: Database
  readonly keyRing: ReturnType<typeof keyRingIn>
}

/** Two nodes as processes, each with a database of its own, and the test contour between them. */
export interface Stage extends Prepared {
  readonly folder: string
  readonly contour: Contour
  readonly nodes: Readonly<Record<'corporation' | 'region', StageNode>>
  readonly answerMs: number
  /** Which of the two is pushed to; the other asks for its messages. */
  readonly pushed: StageNode['name']
  close(): Promise<void>
}

/** The law's time of the run begins here: the regulations of the run are in force. */
const begins = '2019-10-14T10:00:00+06:00'
const algorithm = 'ecdsa'
const answerMs = 2_000

export async function openStage(folder: string, seed: string): Promise<Stage> {
  const prepared = await prepare(folder)
  const postgres = ownPostgres({ cluster: prepared.cluster, folder: join(folder, 'database') })
  await postgres.start()
  const shiftMs = Date.parse(begins) - Date.now()
  await twoDatabases(postgres, shiftMs)
  const plans = { corporation: corporationPlan, region: regionPlan } as const
  const pushed = drawOne(`${seed}/pushed`, ['corporation', 'region'] as const)
  const port = await freePort()
  const push = { [plans[pushed].senderId]: `http://127.0.0.1:${port}${pushPath}` }
  const contour = await openContourProcess({ folder, seed, algorithm, push, clock: new Date(Date.now() + shiftMs).toISOString() })
  const node = async (name: StageNode['name'], plan: NodeTold['plan'], system: string): Promise<StageNode> => {
    const data = join(folder, name)
    mkdirSync(data, { recursive: true, mode: 0o700 })
    cpSync(join(folder, 'keys'), join(data, 'keys'), { recursive: true })
    const databaseUrl = databaseOf(postgres, name)
    const told: NodeTold = {
      ...{ plan, system, data, databaseUrl, algorithm, answerMs, shiftMs, push: name === pushed ? port : null },
      ...{ pki: contour.pki, sync: `${contour.url}/bip-sync-wss-gost/`, async: `${contour.url}/bip-async/` },
    }
    const built = join(import.meta.dirname, '../../bench/built.js')
    const server = ownProcess(name, folder, [
      ...[process.execPath, '--disable-warning=ExperimentalWarning', '--import', built],
      ...[join(import.meta.dirname, 'node.ts'), JSON.stringify(told)],
    ])
    await server.start()
    return { name, server, database: openDatabase({ url: databaseUrl, patienceMs: 20_000 }), keyRing: keyRingIn(join(data, 'keys')) }
  }
  // One after the other: the first makes the keys in the contour's folder that the second finds.
  const corporation = await node('corporation', corporationPlan, 'corporation-system')
  const region = await node('region', regionPlan, 'region-system')
  for (const { server } of [corporation, region]) await until(`${server.name} is ready`, 60_000, () => isReady(server))
  return {
    ...prepared,
    ...{ folder, contour, answerMs, pushed, nodes: { corporation, region } },
    close: async () => {
      await Promise.allSettled([corporation, region].map(({ server }) => server.stop()))
      await Promise.allSettled([corporation.database.close(), region.database.close(), contour.close()])
      await postgres.stop()
    },
  }
}

/** The same after each death of the node: the contour has it written down. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

const databaseOf = ({ url }: Postgres, name: string) => url.replace('/qyzmet?', `/${name}?`)

/** Both begin as the prepared one: the same people, no case, the same law's clock. */
async function twoDatabases(postgres: Postgres, shiftMs: number): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  const insert = `insert into setting (name, value) values ('clockShift', $1::jsonb) on conflict (name) do update set value = excluded.value`
  await client.query(insert, [JSON.stringify(shiftMs)])
  await client.end()
  const other = new pg.Client({ connectionString: postgres.url.replace('/qyzmet?', '/postgres?') })
  await other.connect()
  for (const name of ['corporation', 'region']) await other.query(`create database ${name} template qyzmet`)
  await other.end()
}

export async function isReady(server: Server): Promise<boolean> {
  try {
    return server.url() !== '' && (await fetch(`${server.url()}/health/ready`, { signal: AbortSignal.timeout(5_000) })).ok
  } catch {
    return false
  }
}
