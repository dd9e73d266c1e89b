import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './stage.ts'

/** A server as people have it: `qyzmet start` in a process of its own. */
export interface Server {
  readonly url: string
  /** Seconds of one core that it has taken so far (Linux). */
  readonly cpuSeconds: () => number
  readonly end: () => Promise<number | null>
}

const ticksPerSecond = 100

export async function startServer(env: Readonly<Record<string, string>>, node: readonly string[] = []): Promise<Server> {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [...node, join(root, 'bin', 'qyzmet.js'), 'start'], { env: { PATH, HOME, PORT: '0', ...env } })
  const url = await addressOf(child)
  return {
    url,
    cpuSeconds: () => cpuSecondsOf(child.pid ?? 0),
    end: async () => {
      const ended = once(child, 'close')
      child.kill('SIGTERM')
      const [code] = await ended
      return code as number | null // as node:child_process tells it
    },
  }
}

function addressOf({ stdout, stderr, on }: ChildProcess): Promise<string> {
  if (stdout === null || stderr === null) throw new Error('the server has no output')
  return new Promise((resolve, reject) => {
    let said = ''
    stderr.on('data', (text) => {
      said += text
      process.stderr.write(text)
    })
    stdout.on('data', (text) => {
      // One line a request: read, so that the pipe never fills, and passed over.
      const [found] = /http:\/\/[\d.]+:\d+/.exec(String(text)) ?? []
      if (found !== undefined) resolve(found)
    })
    on.call(stdout, 'close', () => reject(new Error(`the server ended: ${said}`)))
  })
}

/** proc_pid_stat(5): fields 14 and 15. */
function cpuSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}
