import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { loadLanguages } from '../language/load.ts'
import { pageRoutes } from './page/pages.tsx'
import { type ContourOptions, type ContourParts, openParts } from './parts.ts'
import { edge } from './rest/edge.ts'
import { restRoutes } from './rest/rest.ts'
import { type ChannelTools, serveChannel } from './wire/channel.ts'

export type { ContourOptions, ContourParts } from './parts.ts'

export interface Contour extends ContourParts {
  /** `http://127.0.0.1:8090` */
  readonly url: string
  /** SyncChannel and AsyncChannel. */
  readonly sync: string
  readonly async: string
  close(): Promise<void>
}

/** The paths that the gateway's channels were met under, and short ones. */
const channels: Readonly<Record<string, 'sync' | 'async'>> = {
  '/bip-sync-wss-gost': 'sync',
  '/bip-sync': 'sync',
  '/sync': 'sync',
  '/bip-async': 'async',
  '/async': 'async',
}

const languageFolder = join(import.meta.dirname, '..', 'language')

const addressesAt = (url: string) => ({ sync: `${url}/bip-sync-wss-gost/`, async: `${url}/bip-async/` })

/** @throws when the port is taken or the folder cannot be written */
export async function openContour(options: ContourOptions): Promise<Contour> {
  const { host = '127.0.0.1', port } = options
  const ending = new AbortController()
  const { parts, channel } = await openParts(options, ending.signal)
  let url = ''
  const addresses = () => addressesAt(url)
  const app = edge({ loopback: isLoopback(host) })
  app.route('/', restRoutes(parts, addresses))
  app.route('/', pageRoutes(parts, { words: options.words ?? loadLanguages(languageFolder), addresses }))
  const pages = getRequestListener(app.fetch)
  const server = createServer((request, response) => listen(request, response, channel, pages))
  const stop = async () => {
    ending.abort()
    await parts.courier.stop()
    parts.state.close()
  }
  server.listen(port, host)
  try {
    await Promise.race([once(server, 'listening'), once(server, 'error').then(([cause]) => Promise.reject(cause))])
  } catch (cause) {
    await stop()
    throw cause
  }
  const { port: heard } = server.address() as AddressInfo // listening on a port, not on a pipe
  url = `http://${host.includes(':') ? `[${host}]` : host}:${heard}`
  return {
    ...parts,
    url,
    ...addressesAt(url),
    async close() {
      const closed = once(server, 'close')
      server.close()
      ending.abort()
      server.closeAllConnections()
      await closed
      await stop()
    },
  }
}

export const isLoopback = (host: string) => /^(127\.\d+\.\d+\.\d+|::1|localhost)$/.test(host)

function listen(
  request: IncomingMessage,
  response: ServerResponse,
  tools: ChannelTools,
  pages: ReturnType<typeof getRequestListener>,
): void {
  const [path = '/'] = (request.url ?? '/').split('?')
  const name = path.replace(/\/+$/, '')
  const channel = Object.hasOwn(channels, name) ? channels[name] : undefined
  if (channel === undefined) return void pages(request, response)
  if (request.method !== 'POST') {
    response.writeHead(405, { allow: 'POST', 'content-type': 'text/plain' })
    return void response.end('POST')
  }
  serveChannel(channel, request, response, tools).catch((cause) => {
    // Whoever asked went away in the middle of the message: nobody is left to be told.
    if (!request.complete || response.destroyed) return
    tools.broke(cause)
    response.socket?.destroy()
  })
}
