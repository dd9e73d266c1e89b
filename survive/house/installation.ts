import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { keyRingIn } from '../../src/ledger/keys/keyRing.ts'
import { type Database, openDatabase } from '../../src/ledger/postgres/database.ts'
import { ownPostgres, type Postgres } from './postgres.ts'
import type { Prepared } from './prepare.ts'
import { until } from './processes.ts'
import { type CommitProxy, openProxy } from './proxy.ts'
import { ownServer, type Server } from './server.ts'
import { openSmallDisk, type SmallDisk } from './smallDisk.ts'

/** A database, two servers on it, and what stands between them. */
export interface Installation extends Prepared {
  readonly name: string
  readonly folder: string
  readonly postgres: Postgres
  readonly proxy: CommitProxy
  readonly servers: readonly [Server, Server]
  /** Past the proxy: for looking, never for writing to the ledger. */
  readonly database: Database
  readonly keyRing: ReturnType<typeof keyRingIn>
  readonly disk: SmallDisk | undefined
  /** Brings up what is down, as whoever supervises the processes would. */
  raise(): Promise<void>
  close(): Promise<void>
}

/** @param small on a small disk of its own, which can be filled */
export async function openInstallation(name: string, root: string, prepared: Prepared, small: boolean): Promise<Installation> {
  const folder = join(root, name)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const disk = small ? await openSmallDisk(folder, prepared.cluster) : undefined
  const postgres = ownPostgres({
    cluster: disk?.cluster ?? prepared.cluster,
    folder: join(folder, 'database'),
    // A small disk must not be full of the log of what was committed long ago.
    ...(disk === undefined ? {} : { enter: disk.enter, overrides: { min_wal_size: '32MB', max_wal_size: '64MB' } }),
  })
  await postgres.start()
  const proxy = await openProxy({ path: postgres.socket })
  const url = `postgresql://qyzmet@127.0.0.1:${proxy.port}/qyzmet`
  const servers = [ownServer('first', folder, root, url), ownServer('second', folder, root, url)] as const
  const database = openDatabase({ url: `${postgres.url}&application_name=survive`, patienceMs: 20_000 })
  const raise = async () => {
    if (!postgres.alive()) await postgres.start()
    for (const server of servers) if (server.url() === '') await server.start()
    for (const server of servers) await until(`${server.name} is ready`, 30_000, () => isReady(server))
  }
  await raise()
  return {
    ...prepared,
    name,
    folder,
    postgres,
    proxy,
    servers,
    database,
    keyRing: keyRingIn(join(root, 'keys')),
    disk,
    raise,
    close: async () => {
      disk?.free()
      await Promise.allSettled(servers.map((server) => server.stop()))
      await database.close()
      await proxy.close()
      await postgres.stop()
      disk?.close()
    },
  }
}

async function isReady(server: Server): Promise<boolean> {
  try {
    return (await fetch(`${server.url()}/health/ready`, { signal: AbortSignal.timeout(5_000) })).ok
  } catch {
    return false
  }
}
