import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { Registry } from 'prom-client'

export interface ScrapeOptions {
  readonly host: string
  readonly port: number
  /** Who scrapes shows it as `Authorization: Bearer …`; absent: whoever reaches the address may ask. */
  readonly token?: string
}

/** `/metrics` at an address of its own, so that no proxy that leads to the pages leads here. */
export function listenForScrapes(registry: Registry, { host, port, token }: ScrapeOptions): Promise<Server> {
  const server = createServer(async (request, response) => {
    const refused = (status: number, headers = {}) => response.writeHead(status, headers).end()
    const [path] = (request.url ?? '').split('?')
    if (path !== '/metrics') return refused(404)
    if (request.method !== 'GET' && request.method !== 'HEAD') return refused(405, { allow: 'GET, HEAD' })
    if (token !== undefined && !isSame(request.headers.authorization ?? '', `Bearer ${token}`))
      return refused(401, { 'www-authenticate': 'Bearer' })
    try {
      const text = await registry.metrics()
      response.writeHead(200, { 'content-type': registry.contentType, 'cache-control': 'no-store' }).end(text)
    } catch {
      if (!response.headersSent) refused(500)
    }
  })
  server.requestTimeout = 10_000
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve(server))
  })
}

/** Digests are compared, so that neither length nor beginning of the token is told by the time it takes. */
const isSame = (given: string, wanted: string) => timingSafeEqual(digest(given), digest(wanted))
const digest = (text: string) => createHash('sha256').update(text).digest()
