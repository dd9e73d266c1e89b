import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { ShepServer } from './server.ts'

export interface MountOptions {
  /** By path of the address; others are answered 404. */
  readonly paths: Readonly<Record<string, ShepServer>>
  /** Default 4 MiB: what is longer is not read to its end. */
  readonly mostBytes?: number
  /** A message that has not come whole after so long is given up. Default 30 s. */
  readonly receiveMs?: number
  /** Of all messages that are still coming. Default 128 MiB: who sends slowly on many connections is sent away above it. */
  readonly mostBytesAtOnce?: number
}

/**
 * A listener for `node:http` that serves channels. The answer is always XML where the path is one of ours and the method POST: a message that is too long
 * or was cut off is a message of a wrong format.
 */
export function mountShep({ paths, mostBytes = 4 << 20, receiveMs = 30_000, mostBytesAtOnce = 128 << 20 }: MountOptions): RequestListener {
  const room: Room = { mostBytes, receiveMs, mostBytesAtOnce, coming: 0 }
  return (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? ''
    const server = Object.hasOwn(paths, path) ? paths[path] : undefined
    if (server === undefined) return plain(response, 404)
    if (request.method !== 'POST') return plain(response, 405)
    // Only what nobody foresaw gets here: it must not take the process with it.
    serve(server, request, response, room).catch(() => response.destroy())
  }
}

interface Room {
  readonly mostBytes: number
  readonly receiveMs: number
  readonly mostBytesAtOnce: number
  /** Bytes of messages that have not come whole. */
  coming: number
}

async function serve(server: ShepServer, request: IncomingMessage, response: ServerResponse, room: Room): Promise<void> {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const bytes = await receive(request, room)
  if (bytes === null) return void request.destroy()
  const { status, body } = await server.handle(bytes, { signal: gone.signal })
  const isWhole = request.readableEnded
  const headers = { 'content-type': 'text/xml; charset=UTF-8', 'content-length': body.length, ...(isWhole ? {} : { connection: 'close' }) }
  response.writeHead(status, headers).end(body)
  if (!isWhole) letGo(request)
}

/** Who is still sending would not see the answer if the connection broke now: what comes is thrown away for a moment. */
function letGo(request: IncomingMessage): void {
  const patience = setTimeout(() => request.destroy(), lastMs)
  request.once('close', () => clearTimeout(patience)).on('error', () => {})
  request.resume()
}
const lastMs = 1_000

/** null: it was cut off, took too long, or there is no room. Of a message that is too long a little more than is allowed: the server then says so. */
async function receive(request: IncomingMessage, room: Room): Promise<Buffer | null> {
  const pieces: Buffer[] = []
  let length = 0
  const late = setTimeout(() => request.destroy(), room.receiveMs)
  try {
    for await (const piece of request.iterator({ destroyOnReturn: false })) {
      const part: Buffer = piece
      length += part.length
      room.coming += part.length
      pieces.push(part)
      if (room.coming > room.mostBytesAtOnce) return null
      if (length > room.mostBytes) break
    }
    return Buffer.concat(pieces)
  } catch {
    return null
  } finally {
    clearTimeout(late)
    room.coming -= length
  }
}

function plain(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-length': 0, ...(status === 405 ? { allow: 'POST' } : {}) }).end()
}
