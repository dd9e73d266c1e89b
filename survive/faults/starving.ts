import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { draw, drawWhole } from '../draw.ts'
import { childrenOf, signal, until } from '../house/processes.ts'
import type { Fault } from './fault.ts'

/**
 * No byte is left under the database for a while. Tables that grow are refused; in every other round the log needs a new segment too,
 * at which PostgreSQL panics: then it is started again when there is room.
 */
export const fillDisk: Fault = {
  strike: async ({ postgres, disk, database }, { name }) => {
    if (disk === undefined) throw new Error('this installation has no disk of its own')
    const before = postgres.log().length
    disk.fill()
    const log = draw(`${name}/log`) < 0.5
    const end = performance.now() + drawWhole(`${name}/full`, 700, 1800)
    while (performance.now() < end) {
      if (log) await database.pool.query('select pg_switch_wal()').catch(() => {})
      await sleep(40)
    }
    disk.free()
    if (!postgres.alive()) await postgres.start()
    const said = postgres.log().slice(before)
    const refused = said.match(/No space left on device/g)?.length ?? 0
    if (refused === 0) return { text: '', missed: 'PostgreSQL asked for no room while there was none' }
    return { text: `${refused} times no room${/PANIC/.test(said) ? ', the database panicked' : ''}` }
  },
}

/** Every sync and write of every process of the database ends late. */
export const slowDisk: Fault = {
  strike: async ({ postgres, folder }, { name }) => {
    const delayMs = drawWhole(`${name}/delay`, 3, 30)
    const file = join(folder, 'strace.log')
    closeSync(openSync(file, 'w'))
    const calls = 'fsync,fdatasync,pwrite64,pwritev'
    const pids = [postgres.pid(), ...childrenOf(postgres.pid())].flatMap((pid) => ['-p', String(pid)])
    const args = ['-f', '-q', '-o', file, '-e', `trace=${calls}`, '-e', `inject=${calls}:delay_exit=${delayMs * 1000}`, ...pids]
    const tracer = spawn('strace', args, { stdio: 'ignore' })
    await sleep(drawWhole(`${name}/slow`, 1200, 2200))
    signal(tracer.pid ?? 0, 'SIGINT')
    await until('strace lets go', 10_000, () => tracer.exitCode !== null || tracer.signalCode !== null)
    const delayed = readFileSync(file, 'utf8').match(/\(DELAYED\)/g)?.length ?? 0
    return delayed === 0 ? { text: '', missed: 'no call was delayed' } : { text: `${delayed} calls late by ${delayMs} ms` }
  },
}
