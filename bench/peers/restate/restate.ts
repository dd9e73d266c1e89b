import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, openSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as restate from '@restatedev/restate-sdk'
import { type Contender, serve } from '../../ledger/contender.ts'
import type { Payload } from '../../ledger/recorded.ts'

/** What plays now, by case: the request carries the command alone, as ours does; what it decides the handler knows. */
const playing = new Map<string, readonly Payload[]>()

interface Command {
  readonly index: number
  readonly command: string
}

interface State {
  readonly version: number
  readonly views: readonly string[]
}

/** A case is a virtual object: one command at a time by its key, its state and its events kept by Restate. */
const cases = restate.object({
  name: 'case',
  handlers: {
    command: async (context: restate.ObjectContext, { index }: Command): Promise<number> => {
      const payload = playing.get(context.key)?.[index]
      if (payload === undefined) throw new restate.TerminalError(`no step ${index} of case ${context.key}`)
      const state = await context.get<State>('case')
      const version = (state?.version ?? 0) + payload.events.length
      context.set('case', { version, views: payload.views } satisfies State)
      context.set(`events ${version}`, { events: payload.events, effects: payload.effects })
      return version
    },
  },
})

await serve(async (): Promise<Contender> => {
  const [service, ingress, admin, node] = await Promise.all([freePort(), freePort(), freePort(), freePort()])
  const folder = mkdtempSync(join(tmpdir(), 'qyzmet-restate-'))
  const server = startServer(folder, { ingress, admin, node })
  process.on('exit', () => server.kill('SIGKILL'))
  // Its log has a line for each invocation otherwise.
  await restate.serve({ services: [cases], port: service, logger: () => undefined })
  await register(admin, service)
  let agent = new Agent({ keepAlive: true })
  return {
    about: { version: 'restate-server 1.7.12, restate-sdk 1.17.2', settings: 'as shipped: one node, 24 partitions, its log synced' },
    serverPid: server.pid ?? 0,
    ready: async (callers) => {
      agent = new Agent({ keepAlive: true, maxSockets: callers })
    },
    rest: async () => agent.destroy(),
    play: async (number, { steps }, timed) => {
      playing.set(
        number,
        steps.map(({ payload }) => payload),
      )
      try {
        for (const [index, { payload }] of steps.entries()) {
          const body = JSON.stringify({ index, command: payload.command } satisfies Command)
          if (!(await timed(() => post(agent, ingress, `/case/${number}/command`, body)))) return
        }
      } finally {
        playing.delete(number)
      }
    },
    close: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGTERM')
      await Promise.race([ended, sleep(5000)])
      rmSync(folder, { recursive: true, force: true })
    },
  }
})

function startServer(folder: string, ports: { ingress: number; admin: number; node: number }): ChildProcess {
  const require = createRequire(import.meta.url)
  const program = require.resolve(`@restatedev/restate-server-${process.platform}-${process.arch}/bin/restate-server`)
  const log = openSync(join(folder, 'server.log'), 'a')
  return spawn(program, ['--base-dir', folder, '--node-name', 'bench'], {
    stdio: ['ignore', log, log],
    env: {
      ...process.env,
      RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${ports.ingress}`,
      RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${ports.admin}`,
      RESTATE_BIND_ADDRESS: `127.0.0.1:${ports.node}`,
      RESTATE_ADVERTISED_ADDRESS: `http://127.0.0.1:${ports.node}`,
      RESTATE_DISABLE_TELEMETRY: 'true',
      DO_NOT_TRACK: '1',
    },
  })
}

/** Waits for the server as long as a loaded machine may need. */
async function register(admin: number, service: number): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      const answer = await fetch(`http://127.0.0.1:${admin}/deployments`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ uri: `http://127.0.0.1:${service}` }),
      })
      if (answer.ok) return
      throw new Error(`${answer.status} ${await answer.text()}`)
    } catch (cause) {
      if (attempt === 120) throw cause
      await sleep(500)
    }
  }
}

function post(agent: Agent, port: number, path: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'idempotency-key': randomUUID() }
    const asked = request({ agent, host: '127.0.0.1', port, path, method: 'POST', headers }, (answer) => {
      answer.resume()
      answer.on('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error(`${path} was answered ${answer.statusCode}`))))
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}
