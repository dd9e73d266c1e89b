import { createServer, type RequestListener } from 'node:http'
import { createServer as createSecure } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import type { Language } from '../../language/messages.ts'
import type { Translator } from '../../language/translator.ts'
import { createEmulator, type Emulator, type EmulatorParts } from './emulator.ts'
import { openSockets } from './sockets.ts'
import { windowRoutes } from './windowRoutes.tsx'

export interface EmulatorServerParts extends EmulatorParts {
  readonly translator: (language: Language) => Translator
  readonly port: number
  readonly host?: string | undefined
  /** PEM of a certificate for 127.0.0.1 and its key; absent: `ws` without TLS. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined
}

export interface EmulatorServer {
  readonly emulator: Emulator
  /** Where pages connect. */
  readonly url: string
  /** Where the person at the machine sees the window. */
  readonly window: string
  close(): Promise<void>
}

const windowPath = '/window'

/** NCALayer's place on a machine: a socket for pages at `/`, as the program itself has it, and beside it the window, which is a page here. */
export async function serveEmulator({ translator, port, host = '127.0.0.1', tls, ...parts }: EmulatorServerParts): Promise<EmulatorServer> {
  const emulator = createEmulator(parts)
  const app = new Hono()
    .route(windowPath, windowRoutes({ translator, machine: () => emulator, at: () => windowPath }))
    // A browser that has to be told that the certificate is known here: whoever comes by hand sees the window.
    .get('/', (c) => c.redirect(windowPath, 302))
  const sockets = openSockets()
  const answer: RequestListener = getRequestListener(app.fetch)
  const server = tls === undefined ? createServer(answer) : createSecure(tls, answer)
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head, emulator))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const { port: own } = server.address() as AddressInfo // it listens at a port
  const secure = tls === undefined ? '' : 's'
  return {
    emulator,
    url: `ws${secure}://${host}:${own}/`,
    window: `http${secure}://${host}:${own}${windowPath}`,
    close: () =>
      new Promise((resolve) => {
        sockets.close()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
