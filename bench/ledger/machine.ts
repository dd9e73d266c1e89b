import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { cpus, loadavg, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { spreadOf } from './results.ts'

/** What it was measured on. `syncUs`: median of 200 writes of 8 kB, each synced, beside the database's files. */
export function machine(folder: string): Record<string, string | number> {
  return {
    cpu: cpus()[0]?.model ?? '',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
    syncUs: Math.round(syncTime(folder)),
    loadAtTheEnd: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  }
}

function syncTime(folder: string): number {
  const path = join(folder, 'sync')
  const file = openSync(path, 'w')
  const page = Buffer.alloc(8192, 1)
  const times = Array.from({ length: 200 }, () => {
    const from = performance.now()
    writeSync(file, page)
    fdatasyncSync(file)
    return (performance.now() - from) * 1000
  })
  closeSync(file)
  rmSync(path)
  return spreadOf(times).median
}
