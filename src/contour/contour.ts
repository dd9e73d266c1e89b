import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { type ContourClock, contourClock } from './clock.ts'
import { type Faults, openFaults } from './faults/faults.ts'
import { type ContourLimits, ordinaryLimits } from './limits.ts'
import { restRoutes } from './rest/rest.ts'
import { type Mailbox, openMailbox } from './shep/mailbox.ts'
import { openParticipants, type Participants } from './shep/participants.ts'
import { openState, type State } from './state/state.ts'
import { openWatch, type Watch } from './watch/watch.ts'

export interface ContourOptions {
  readonly host?: string
  /** 0: a free one. */
  readonly port: number
  /** Folder that outlives a restart; absent: memory. */
  readonly data?: string
  /** Invented people and the decisions of faults are the same for the same seed. */
  readonly seed?: string
  /** RFC 3339: where the contour's clock begins; absent: the machine's. */
  readonly clock?: string
  readonly limits?: Partial<ContourLimits>
}

/** Everything that the contour keeps, for its pages, its API and tests in the same process. */
export interface ContourParts {
  readonly clock: ContourClock
  readonly seed: string
  readonly limits: ContourLimits
  readonly state: State
  readonly participants: Participants
  readonly mailbox: Mailbox
  readonly faults: Faults
  readonly watch: Watch
}

export interface Contour extends ContourParts {
  /** `http://127.0.0.1:8090` */
  readonly url: string
  close(): Promise<void>
}

/** @throws when the port is taken or the folder cannot be written */
export async function openContour(options: ContourOptions): Promise<Contour> {
  const { host = '127.0.0.1', port, seed = 'qyzmet' } = options
  const clock = contourClock(options.clock)
  const limits = { ...ordinaryLimits, ...options.limits }
  const state = openState(options.data)
  const parts: ContourParts = {
    clock,
    seed,
    limits,
    state,
    participants: openParticipants(state),
    mailbox: openMailbox(state, clock, limits),
    faults: openFaults(state, seed),
    watch: openWatch(state, limits),
  }
  const server = createServer(getRequestListener(restRoutes(parts).fetch))
  server.listen(port, host)
  await Promise.race([once(server, 'listening'), once(server, 'error').then(([cause]) => Promise.reject(cause))])
  const { port: heard } = server.address() as AddressInfo // listening on a port, not on a pipe
  return {
    ...parts,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${heard}`,
    async close() {
      server.close()
      server.closeAllConnections()
      state.close()
    },
  }
}
