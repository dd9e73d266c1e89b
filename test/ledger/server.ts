import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import { startEmbedded } from '../../src/ledger/embedded/server.ts'

/** Connection strings of one server by database name. */
export type UrlOf = (database: string) => string

let server: Promise<UrlOf> | undefined

/**
 * The PostgreSQL that the tests of this run share: `DATABASE_URL`, else an embedded one, which the first test file starts and the others
 * adopt. It ends with the run: a small shell waits for the runner's process and then stops it.
 */
export function testServer(): Promise<UrlOf> {
  server ??= process.env.DATABASE_URL ? Promise.resolve(given(process.env.DATABASE_URL)) : startShared()
  return server
}

function given(url: string): UrlOf {
  return (database) => {
    const other = new URL(url)
    other.pathname = `/${database}`
    return other.href
  }
}

async function startShared(): Promise<UrlOf> {
  // Test files run in child processes of the runner (or in its threads).
  const runner = isMainThread && process.send ? process.ppid : process.pid
  const folder = join(tmpdir(), `qyzmet-tests-${process.getuid?.() ?? ''}-${runner}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // What a test commits need not survive the power: waiting for the disk would only make the run longer.
  const started = await startEmbedded(folder, { fsync: 'off', max_connections: '200' })
  if (!started.adopted) stopWith(runner, started.pid, folder)
  return started.urlOf
}

function stopWith(runner: number, postmaster: number, folder: string): void {
  const script =
    'while kill -0 "$1" 2>/dev/null; do sleep 0.5; done; kill -INT "$2"; while kill -0 "$2" 2>/dev/null; do sleep 0.1; done; rm -rf "$3"'
  spawn('sh', ['-c', script, 'sh', String(runner), String(postmaster), folder], { detached: true, stdio: 'ignore' }).unref()
}
