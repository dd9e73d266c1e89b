import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Two nodes of Patroni and one etcd on this machine's loopback, by Debian's packages `patroni` and `etcd-server` and its PostgreSQL 15. */
export interface Cluster {
  readonly folder: string
  /** Every node, as a server of ours is told of them. */
  readonly url: (database: string) => string
  primary(): Promise<string>
  /** Whether a standby takes part, a synchronous one where that is asked for: without one a failover may lose. */
  hasStandby(): Promise<boolean>
  /** `kill -9` of the node's Patroni and of its PostgreSQL at once, as when a machine dies. Returns when both are gone. */
  kill(name: string): Promise<void>
  /** Starts a killed node again: it rejoins as a standby. */
  start(name: string): void
  close(): Promise<void>
}

interface Node {
  readonly name: string
  readonly rest: number
  readonly port: number
  readonly data: string
  process?: ChildProcess
}

export async function openCluster({ synchronous }: { synchronous: boolean }): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'qyzmet-failover-'))
  const owner = ids()
  if (owner) chownSync(folder, owner.uid, owner.gid)
  const [client, peer, ...ports] = await freePorts(6)
  const password = randomBytes(12).toString('hex')
  const nodes = ['a', 'b'].map((name, index): Node => {
    const data = join(folder, name)
    mkdirSync(data, { mode: 0o700 })
    if (owner) chownSync(data, owner.uid, owner.gid)
    return { name, rest: ports[index * 2] ?? 0, port: ports[index * 2 + 1] ?? 0, data }
  })
  const etcd = run(folder, 'etcd', [
    'etcd',
    ...[
      '--data-dir',
      join(folder, 'etcd'),
      '--listen-client-urls',
      `http://127.0.0.1:${client}`,
      '--advertise-client-urls',
      `http://127.0.0.1:${client}`,
    ],
    ...['--listen-peer-urls', `http://127.0.0.1:${peer}`, '--initial-advertise-peer-urls', `http://127.0.0.1:${peer}`],
    ...['--initial-cluster', `default=http://127.0.0.1:${peer}`],
  ])
  const start = (node: Node) => {
    const file = join(folder, `${node.name}.yml`)
    writeFileSync(file, settings(folder, node, client ?? 0, password).replace('synchronous_mode: true', `synchronous_mode: ${synchronous}`))
    node.process = run(folder, node.name, ['patroni', file])
  }
  for (const node of nodes) start(node)
  const cluster: Cluster = {
    folder,
    url: (database) =>
      `postgresql://postgres:${password}@${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}/${database}?target_session_attrs=read-write`,
    primary: () =>
      until(async () => (await members(nodes)).find(({ role }) => role === 'leader' || role === 'master' || role === 'primary')?.name),
    hasStandby: async () =>
      (await members(nodes)).some(
        ({ role, state }) => role === (synchronous ? 'sync_standby' : 'replica') && ['running', 'streaming'].includes(state),
      ),
    kill: async (name) => {
      const node = nodes.find((one) => one.name === name)
      if (node?.process?.pid === undefined) throw new Error(`no node ${name}`)
      const postmaster = Number(readFileSync(join(node.data, 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
      node.process.kill('SIGKILL')
      process.kill(postmaster, 'SIGKILL')
      await until(async () => (isAlive(postmaster) ? undefined : true))
    },
    start: (name) => {
      const node = nodes.find((one) => one.name === name)
      if (node) start(node)
    },
    close: async () => {
      for (const node of nodes) node.process?.kill('SIGTERM')
      await until(async () => (nodes.every(({ process: p }) => p?.exitCode !== null || p.signalCode !== null) ? true : undefined))
      etcd.kill('SIGTERM')
      await sleep(500)
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return cluster
}

/** PostgreSQL refuses to run as root. */
function ids(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null
  const [, , uid, gid] = /^postgres:.*$/m.exec(readFileSync('/etc/passwd', 'utf8'))?.[0].split(':') ?? []
  return { uid: Number(uid), gid: Number(gid) }
}

function run(folder: string, name: string, [command = '', ...args]: readonly string[]): ChildProcess {
  const log = openSync(join(folder, `${name}.log`), 'a')
  const owner = ids()
  const env = { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C.UTF-8', HOME: folder, ETCD_ENABLE_V2: 'false' }
  return spawn(command, args, { ...(owner ?? {}), env, stdio: ['ignore', log, log] })
}

function settings(folder: string, node: Node, etcd: number, password: string): string {
  const known: Record<string, string> = {
    NODE_NAME: node.name,
    NODE_ADDRESS: '127.0.0.1',
    REST_PORT: String(node.rest),
    ETCD_ADDRESS: `127.0.0.1:${etcd}`,
    DB_PORT: String(node.port),
    DATA_FOLDER: join(node.data, 'data'),
    PASS_FILE: join(folder, `${node.name}.pgpass`),
    ALLOWED_ADDRESSES: '127.0.0.1/32',
    SUPERUSER_PASSWORD: password,
    REPLICATION_PASSWORD: password,
    REWIND_PASSWORD: password,
    SOCKET_FOLDER: folder,
  }
  const text = readFileSync(new URL('../../docs/scale/patroni.yml', import.meta.url), 'utf8')
  return text.replaceAll(/\b[A-Z]+_[A-Z]+\b/g, (name) => known[name] ?? name)
}

interface Member {
  name: string
  role: string
  state: string
}

/** As whichever node answers sees them. */
async function members(nodes: readonly Node[]): Promise<Member[]> {
  for (const { rest, process: running } of nodes) {
    if (running?.signalCode !== null) continue
    const answer = await fetch(`http://127.0.0.1:${rest}/cluster`, { signal: AbortSignal.timeout(2_000) }).catch(() => null)
    if (answer?.ok) return ((await answer.json()) as { members: Member[] }).members // as: Patroni's REST API, /cluster
  }
  return []
}

export async function until<T>(ask: () => Promise<T | undefined>, patienceMs = 120_000): Promise<T> {
  for (const end = Date.now() + patienceMs; Date.now() < end; ) {
    const found = await ask()
    if (found !== undefined) return found
    await sleep(100)
  }
  throw new Error('waited in vain')
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve) => {
          const server = createServer().listen(0, '127.0.0.1', () => resolve(server))
        }),
    ),
  )
  const ports = servers.map((server) => {
    const address = server.address()
    return typeof address === 'object' && address ? address.port : 0
  })
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}
