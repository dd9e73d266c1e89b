import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { EmbeddedServerError } from './breakage.ts'
import { isAlive } from './postmaster.ts'

/** Two processes that start at once in one folder must not both initialise it. The lock of a dead process is taken over. */
export async function withStartLock<T>(file: string, work: () => Promise<T>, patienceMs = 60_000): Promise<T> {
  const end = Date.now() + patienceMs
  while (!take(file)) {
    if (isAbandoned(file)) rmSync(file, { force: true })
    else if (Date.now() > end)
      throw new EmbeddedServerError('locked', `Another process has been starting the database for too long: ${file}`)
    else await sleep(20)
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 })
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false
    throw cause
  }
  return true
}

function isAbandoned(file: string): boolean {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    return pid > 0 && !isAlive(pid)
  } catch {
    return false
  }
}
