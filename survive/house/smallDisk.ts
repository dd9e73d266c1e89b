import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { mortal, signal, until } from './processes.ts'

/** A small tmpfs that only one mount namespace sees: filling it starves nobody else. */
export interface SmallDisk {
  readonly cluster: string
  /** Command line that enters the namespace. */
  readonly enter: readonly string[]
  /** Writes until there is no byte left. */
  fill(): void
  free(): void
  /** The namespace ends, and with it everything that lay on the disk. */
  close(): void
}

const megabytes = 320

/** Copies a cluster onto a tmpfs of its own. */
export async function openSmallDisk(folder: string, cluster: string): Promise<SmallDisk> {
  const mount = join(folder, 'disk')
  mkdirSync(mount, { recursive: true, mode: 0o700 })
  const script = `mount -t tmpfs -o size=${megabytes}m,mode=0700 tmpfs "$1" && echo mounted && exec ${mortal.join(' ')} sleep infinity`
  const keeper = spawn('unshare', ['-rm', 'sh', '-c', script, 'sh', mount], { stdio: ['ignore', 'pipe', 'inherit'] })
  let mounted = false
  keeper.stdout.on('data', () => {
    mounted = true
  })
  await until('a tmpfs in a private mount namespace', 10_000, () => mounted, 10)
  const enter = ['nsenter', '--preserve-credentials', '-U', '-m', '-t', String(keeper.pid)]
  const inside = (command: string, ...args: string[]) => {
    const [program = '', ...rest] = [...enter, 'sh', '-c', command, 'sh', ...args]
    return spawnSync(program, rest, { encoding: 'utf8' })
  }
  const copied = inside('cp -a "$1" "$2"', cluster, join(mount, 'cluster'))
  if (copied.status !== 0) throw new Error(`The cluster was not copied: ${copied.stderr}`)
  const ballast = join(mount, 'ballast')
  return {
    cluster: join(mount, 'cluster'),
    enter,
    fill: () => void inside('cat /dev/zero > "$1" 2>/dev/null', ballast),
    free: () => void inside('rm -f "$1"', ballast),
    close: () => void signal(keeper.pid ?? 0, 'SIGKILL'),
  }
}
