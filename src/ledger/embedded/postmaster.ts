import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { EmbeddedServerError } from './breakage.ts'

/** What a running server says of itself in `postmaster.pid` (PostgreSQL, pidfile.h): one value a line. */
export interface Postmaster {
  pid: number
  port: number
  socketFolder: string
  ready: boolean
}

export function readPostmaster(cluster: string): Postmaster | undefined {
  const file = join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Number(lines[0])
  if (!(pid > 0)) return undefined
  return { pid, port: Number(lines[3]), socketFolder: lines[4] ?? '', ready: lines[7]?.trim() === 'ready' }
}

/**
 * The server that a killed process of ours left alive, or undefined.
 * After a restart of a container another program may have the number of the old server; PostgreSQL would then refuse to start, so its lock file goes.
 */
export function livePostmaster(cluster: string): Postmaster | undefined {
  const found = readPostmaster(cluster)
  if (found === undefined) return undefined
  if (isAlive(found.pid) && isPostgres(found.pid)) return found
  rmSync(join(cluster, 'postmaster.pid'), { force: true })
  return undefined
}

export async function untilReady(cluster: string, failed: () => string | undefined, patienceMs: number): Promise<Postmaster> {
  const end = Date.now() + patienceMs
  for (;;) {
    const found = readPostmaster(cluster)
    if (found?.ready && isAlive(found.pid)) return found
    const log = failed()
    if (log !== undefined) throw new EmbeddedServerError('start', 'The embedded PostgreSQL ended while starting.', { log })
    if (Date.now() > end)
      throw new EmbeddedServerError('start', `The embedded PostgreSQL in ${cluster} was not ready after ${patienceMs} ms.`)
    await sleep(5)
  }
}

/** Fast shutdown (SIGINT): sessions are cut, everything committed is on disk. Resolves when the process is gone. */
export async function stopPostmaster(cluster: string, patienceMs = 30_000): Promise<void> {
  const found = livePostmaster(cluster)
  if (found === undefined) return
  process.kill(found.pid, 'SIGINT')
  const end = Date.now() + patienceMs
  while (existsSync(join(cluster, 'postmaster.pid')) && isAlive(found.pid)) {
    if (Date.now() > end)
      throw new EmbeddedServerError('stop', `The embedded PostgreSQL (process ${found.pid}) did not stop in ${patienceMs} ms.`)
    await sleep(10)
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM'
  }
  return !isZombie(pid)
}

/** A dead child that its parent has not collected still answers kill(0). */
function isZombie(pid: number): boolean {
  const stat = `/proc/${pid}/stat`
  return process.platform === 'linux' && existsSync(stat) && /\) Z /.test(readOrEmpty(stat))
}

function isPostgres(pid: number): boolean {
  return process.platform !== 'linux' || /postgres/.test(readOrEmpty(`/proc/${pid}/cmdline`))
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
