import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, createServer, type Server as SocketServer } from 'node:net'
import { platform } from 'node:os'

/**
 * libuv takes one new connection from a listening socket in each turn of the event loop (since 1.46). A busy server turns ten or twenty times a second,
 * and whoever connects would wait for half a minute before anybody could so much as send them away (measured at five times the load: p50 24 s). So
 * there are many listening sockets on one port, among which the kernel shares out who comes (SO_REUSEPORT, Linux).
 */
const entrances = 32
/** Who may knock at each at one moment. Whoever has gone away meanwhile is still let in first: a longer line only makes the end of a flood later. */
const backlog = 64

export interface Entrances {
  readonly port: number
  /** No connection is taken any more; resolves when those that were taken have ended. */
  readonly close: () => Promise<void>
}

/** @throws what `listen` throws: EADDRINUSE also where the port is another process's that shares it out likewise. */
export async function openEntrances(
  server: Server,
  { host, port, connections }: { host: string; port: number; connections: number },
): Promise<Entrances> {
  const many = platform() === 'linux'
  const wanted = many ? await freePort(host, port) : port
  const others = many ? Array.from({ length: entrances - 1 }, () => into(server)) : []
  const all: readonly SocketServer[] = [server, ...others]
  for (const one of all) {
    // The kernel does not share out quite evenly.
    one.maxConnections = many ? Math.ceil((connections / entrances) * 1.5) : connections
    one.listen({ host, port: wanted, backlog, reusePort: many })
    await once(one, 'listening')
  }
  return {
    port: (server.address() as AddressInfo).port, // it listens on a port, not on a path
    close: async () => void (await Promise.all(all.map((one) => new Promise<void>((resolve) => one.close(() => resolve()))))),
  }
}

/** Sockets that share a port are never told that it is in use: one that does not share it is. */
async function freePort(host: string, port: number): Promise<number> {
  const probe = createServer()
  probe.listen({ host, port })
  await once(probe, 'listening')
  const found = (probe.address() as AddressInfo).port // it listens on a port
  await new Promise((resolve) => probe.close(resolve))
  return found
}

/** As node:http opens its own sockets: the other half stays open while an answer is on its way. */
const into = (server: Server): SocketServer =>
  createServer({ allowHalfOpen: true, noDelay: true }, (socket) => void server.emit('connection', socket))
