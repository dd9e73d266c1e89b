import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { mortal, signal, until } from './processes.ts'

/** A process of `qyzmet start`: the house of `serve` with a clock that can be set, in which the acts of the examples are in force. */
export interface Server {
  readonly name: string
  /** '' while it is down. */
  readonly url: () => string
  start(): Promise<void>
  /** kill -9. */
  kill(): Promise<void>
  /** SIGTERM. */
  stop(): Promise<void>
  /** How often it has ended without being asked to, since the last question. */
  crashes(): number
}

const program = join(import.meta.dirname, '../../dist/cli.js')

/** Two servers of one installation run the product's own command. */
export function ownServer(name: string, folder: string, data: string, databaseUrl: string): Server {
  const env = { PORT: '0', QYZMET_DATA: data, DATABASE_URL: databaseUrl }
  return ownProcess(name, folder, [process.execPath, program, 'start'], env)
}

/** A program that says its address once it listens, and may be killed and started again. */
export function ownProcess(name: string, folder: string, command: readonly string[], env: Readonly<Record<string, string>> = {}): Server {
  let child: ChildProcess | undefined
  let url = ''
  let crashes = 0
  const logFile = join(folder, `${name}.log`)
  const gone = () => child === undefined || child.exitCode !== null || child.signalCode !== null
  const end = async (how: NodeJS.Signals) => {
    url = ''
    if (gone()) return
    signal(child?.pid ?? 0, how)
    await until(`${name} ends`, 30_000, gone, 10)
  }
  return {
    name,
    url: () => url,
    start: async () => {
      const log = openSync(logFile, 'a', 0o600)
      const from = readFileSync(logFile).length
      const [first = '', ...rest] = [...mortal, ...command]
      child = spawn(first, rest, { stdio: ['ignore', log, log], env: { PATH: process.env.PATH ?? '/usr/bin:/bin', ...env } })
      closeSync(log)
      child.on('exit', () => {
        // Whoever ends it on purpose has taken its address away before.
        if (url === '') return
        url = ''
        crashes++
      })
      for (let waited = 0; waited < 60_000; waited += 50) {
        const said = readFileSync(logFile).subarray(from).toString()
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)
        if (found) {
          url = found[0]
          return
        }
        if (gone()) throw new Error(`${name} ended while starting: ${said.slice(-2000)}`)
        await sleep(50)
      }
      throw new Error(`${name} did not start within a minute: ${logFile}`)
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    crashes: () => {
      const told = crashes
      crashes = 0
      return told
    },
  }
}
