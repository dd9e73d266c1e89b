import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { isAlive, readPostmaster, stopPostmaster } from '../../src/ledger/embedded/postmaster.ts'

export const root = resolve(import.meta.dirname, '..', '..')
const command = join(root, 'bin', 'qyzmet.js')

export interface Answer {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface Given {
  readonly env?: Readonly<Record<string, string>>
  readonly stdin?: string
  /** Programs before ours: `['setpriv', '--reuid', '65534']`. */
  readonly as?: readonly string[]
}

export interface Server {
  readonly url: string
  readonly port: string
  /** From the start of the process to the line that says where the server is, in seconds. */
  readonly seconds: number
  readonly out: () => string
  /** Sends the signal and waits for the end of the process. */
  end(signal?: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<Answer & { signal: NodeJS.Signals | null }>
}

export interface Workshop {
  /** A new folder of mode 0700, gone at the end with the database that runs in it. */
  folder(): string
  run(args: readonly string[], given?: Given): Promise<Answer>
  /** A process that nobody waits for yet. */
  begin(args: readonly string[], given?: Given): { kill(signal: NodeJS.Signals): void; ended: Promise<Answer> }
  /** A server that has said where it is. Throws its words when it ends before. */
  serve(name: 'start' | 'serve', env: Readonly<Record<string, string>>, given?: Omit<Given, 'env'>): Promise<Server>
  /** Ends whatever still runs, whatever the test did. */
  clear(): Promise<void>
}

/** Commands as real processes, with nothing in their environment but PATH, HOME and what the test gives. */
export function openWorkshop(): Workshop {
  const folders: string[] = []
  const installations = new Set<string>()
  const children = new Set<ChildProcess>()

  const launch = (args: readonly string[], { env = {}, as = [] }: Given) => {
    const [program = '', ...rest] = [...as, process.execPath, command, ...args]
    const { PATH = '', HOME = '' } = process.env
    const child = spawn(program, rest, { cwd: root, env: { PATH, HOME, ...env } })
    children.add(child)
    if (env.QYZMET_DATA !== undefined) installations.add(env.QYZMET_DATA)
    const said = { out: '', err: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said.out += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said.err += text
    })
    const ended = once(child, 'close').then(([code, signal]) => {
      children.delete(child)
      return { code: code as number | null, signal: signal as NodeJS.Signals | null, ...said }
    })
    return { child, said, ended }
  }

  return {
    folder: () => {
      const folder = mkdtempSync(join(tmpdir(), 'qyzmet-cli-'))
      folders.push(folder)
      return folder
    },
    run: async (args, given = {}) => {
      const { child, ended } = launch(args, given)
      child.stdin.on('error', () => {})
      child.stdin.end(given.stdin ?? '')
      const { code, out, err } = await ended
      return { code, out, err }
    },
    begin: (args, given = {}) => {
      const { child, ended } = launch(args, given)
      return { kill: (signal) => child.kill(signal), ended }
    },
    serve: async (name, env, given = {}) => {
      const began = performance.now()
      const { child, said, ended } = launch([name], { ...given, env: { PORT: '0', ...env } })
      const url = await new Promise<string>((ready, fail) => {
        const look = () => {
          const [found] = /http:\/\/[\d.]+:\d+/.exec(said.out) ?? []
          if (found !== undefined) ready(found)
        }
        child.stdout.on('data', look)
        ended.then(({ code, err }) => fail(new Error(`${name} ended with ${code}: ${err}`)), fail)
      })
      const seconds = (performance.now() - began) / 1000
      return {
        url,
        port: new URL(url).port,
        seconds,
        out: () => said.out,
        end: (signal = 'SIGTERM') => {
          child.kill(signal)
          return ended
        },
      }
    },
    clear: async () => {
      for (const child of [...children]) {
        child.kill('SIGKILL')
        await once(child, 'close')
      }
      for (const data of installations) await stopPostmaster(clusterIn(data))
      installations.clear()
      for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
    },
  }
}

const clusterIn = (data: string) => join(data, 'postgres', 'cluster')

/** True while the embedded database of a data folder runs. */
export function databaseRuns(data: string): boolean {
  const found = readPostmaster(clusterIn(data))
  return found !== undefined && isAlive(found.pid)
}
