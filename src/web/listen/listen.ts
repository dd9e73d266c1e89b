import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import type { Log } from '../../observe/log.ts'
import { type Metrics, watchGauge } from '../../observe/metrics/metrics.ts'
import type { House } from '../house.ts'
import { admit, type Counts } from './admit.ts'
import { type BusyProblem, busyAnswers } from './busy.tsx'
import { openEntrances } from './entrances.ts'
import type { Kind } from './kinds.ts'
import type { Limits } from './limits.ts'

export interface ListenParts {
  readonly house: House
  readonly fetch: (request: Request, env: object) => Response | Promise<Response>
  readonly problem: BusyProblem
  readonly host: string
  readonly port: number
  readonly limits: Limits
}

export interface Listening {
  readonly port: number
  readonly counts: () => Counts
  /**
   * Ends in good order: `/health/ready` says 503; after the lame-duck time no connection is taken any more, streams are told to come again, and
   * whatever was accepted is answered, each answer the last of its connection. Resolves when all are gone, true, or when `drainMs` is over or
   * `hurry` is asked, false: then what is left was cut.
   */
  readonly drain: (hurry?: AbortSignal) => Promise<boolean>
}

/** Longer than a page is read and than proxies keep a connection (nginx 60 s): the one who asks closes first, and no request meets a closed door. */
const keepAliveMs = 75_000
/** The lines before the body. Who sends them slower holds a socket for nothing. */
const headersMs = 15_000
/** A whole request: 30 MiB of scans at 1 Mbit/s. */
const requestMs = 300_000
/** Neither end says a word: a stream breathes every 15 s, an answer that nobody takes is dropped. */
const silentMs = 120_000
/** Whatever is on its way when the door closes has so long to arrive. */
const lookMs = 500

export async function listen({ house, fetch, problem, host, port, limits }: ListenParts): Promise<Listening> {
  const answer: RequestListener = getRequestListener(fetch)
  const { log, metrics, readiness } = house
  const admission = admit({ limits, inside: answer, busy: busyAnswers(house, problem), told: tellOf(log, metrics) })
  for (const [name, help] of Object.entries(watched))
    watchGauge(metrics, `qyzmet_http_${name}`, help, () => admission.counts()[name as keyof typeof watched]) // as: a key of the literal
  const open = new Set<ServerResponse>()
  const sockets = new Set<Socket>()
  let draining = false

  const server = createServer(
    {
      keepAliveTimeout: keepAliveMs,
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: 5_000,
      noDelay: true,
    },
    (request, response) => {
      open.add(response)
      response.once('close', () => open.delete(response))
      if (draining) response.shouldKeepAlive = false
      admission.listener(request, response)
    },
  )
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  const program = house.demonstration?.ncalayer
  if (program !== undefined) server.on('upgrade', program.upgrade)
  server.timeout = silentMs
  const entrances = await openEntrances(server, { host, port, connections: limits.connections })

  const drain = async (hurry: AbortSignal = new AbortController().signal): Promise<boolean> => {
    draining = true
    readiness.hold('draining', 'stopping')
    for (const response of open) response.shouldKeepAlive = false
    await sleep(limits.lameDuckMs, undefined, { signal: hurry }).catch(() => undefined)
    const closed = entrances.close()
    house.watch.sayGoodbye()
    const whole = await settles(closed, () => closeUnasked(sockets, open), limits.drainMs, hurry)
    server.closeAllConnections()
    await closed
    admission.stop()
    return whole
  }
  return { port: entrances.port, counts: admission.counts, drain }
}

/** True: all is closed, in time. */
async function settles(closed: Promise<void>, closeOthers: () => void, drainMs: number, hurry: AbortSignal): Promise<boolean> {
  const done = new AbortController()
  const over = sleep(drainMs, false, { signal: AbortSignal.any([hurry, done.signal]) }).catch(() => false)
  const looking = setInterval(closeOthers, lookMs)
  const whole = await Promise.race([closed.then(() => true), over])
  clearInterval(looking)
  done.abort()
  return whole
}

/** Browsers connect beforehand and say nothing, others send half a request's head, and a connection whose answer had begun may rest after it. */
function closeUnasked(sockets: ReadonlySet<Socket>, open: ReadonlySet<ServerResponse>): void {
  const answered = new Set([...open].map(({ socket }) => socket))
  for (const socket of sockets) if (!answered.has(socket)) socket.destroy()
}

const watched = {
  inside: 'requests that are worked on now',
  waiting: 'requests that stand before the door',
  streams: 'pages that listen for word of others',
} as const

const tellEveryMs = 10_000

/** Each is counted; the log has a line from time to time, since it must not grow with a flood. */
function tellOf(log: Log, metrics: Metrics): (kind: Kind) => void {
  let last = Number.NEGATIVE_INFINITY
  let since = 0
  return (kind) => {
    metrics.http.shed(kind)
    since++
    const now = performance.now()
    if (now - last < tellEveryMs) return
    log.warn('shed', { kind, requests: since })
    last = now
    since = 0
  }
}
