import { spawn, spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Kind } from '../plan.ts'
import { signal } from './processes.ts'

const places = ['/usr/lib/*/faketime/libfaketime.so.1', '/usr/lib/faketime/libfaketime.so.1', '/usr/local/lib/faketime/libfaketime.so.1']

export const findFaketime = (): string | undefined => globSync(places).find((path) => existsSync(path))

/** Why a kind of round cannot be played on this machine: exactly what is missing. */
export async function whyNot(): Promise<Partial<Record<Kind, string>>> {
  const [noDisk, noTrace] = [whyNoSmallDisk(), await whyNoTrace()]
  return {
    ...(noDisk === null ? {} : { diskFull: noDisk }),
    ...(findFaketime() === undefined ? { databaseClock: `libfaketime is not installed (looked at ${places.join(', ')})` } : {}),
    ...(noTrace === null ? {} : { slowDisk: noTrace }),
  }
}

function whyNoSmallDisk(): string | null {
  for (const tool of ['unshare', 'nsenter', 'mount'])
    if (spawnSync(tool, ['--version']).status !== 0) return `${tool} (util-linux) is not installed`
  const folder = mkdtempSync(join(tmpdir(), 'qyzmet-mount-'))
  const tried = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', folder], { encoding: 'utf8' })
  rmdirSync(folder)
  return tried.status === 0 ? null : `a tmpfs cannot be mounted in a namespace of its own (unshare -rm): ${tried.stderr.trim()}`
}

async function whyNoTrace(): Promise<string | null> {
  if (spawnSync('strace', ['--version']).status !== 0) return 'strace is not installed'
  const sleeper = spawn('sleep', ['10'], { stdio: 'ignore' })
  const tracer = spawn('strace', ['-o', '/dev/null', '-p', String(sleeper.pid)], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  tracer.stderr.on('data', (text: Buffer) => {
    said += text.toString()
  })
  for (let waited = 0; waited < 5000 && said === ''; waited += 20) await sleep(20)
  signal(tracer.pid ?? 0, 'SIGINT')
  signal(sleeper.pid ?? 0, 'SIGKILL')
  return /attached/.test(said) ? null : `strace may not attach to a process (ptrace): ${said.trim()}`
}
