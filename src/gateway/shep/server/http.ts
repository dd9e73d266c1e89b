import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { ShepServer } from './server.ts'

export interface MountOptions {
  /** By path of the address; others are answered 404. */
  readonly paths: Readonly<Record<string, ShepServer>>
  /** Default 4 MiB: what is longer is not read to its end. */
  readonly mostBytes?: number
  /** A message that has not come whole after so long is given up. Default 30 s. */
  readonly receiveMs?: number
}

/**
 * A listener for `node:http` that serves channels. The answer is always XML where the path is one of ours and the method POST: a message that is too long
 * or was cut off is a message of a wrong format.
 */
export function mountShep({ paths, mostBytes = 4 << 20, receiveMs = 30_000 }: MountOptions): RequestListener {
  return (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? ''
    const server = Object.hasOwn(paths, path) ? paths[path] : undefined
    if (server === undefined) return plain(response, 404)
    if (request.method !== 'POST') return plain(response, 405)
    // Only what nobody foresaw gets here: it must not take the process with it.
    serve(server, request, response, { mostBytes, receiveMs }).catch(() => response.destroy())
  }
}

async function serve(
  server: ShepServer,
  request: IncomingMessage,
  response: ServerResponse,
  limits: { mostBytes: number; receiveMs: number },
): Promise<void> {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const bytes = await receive(request, limits)
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

/** null: it was cut off, or took too long. Of a message that is too long a little more than is allowed: the server then says so. */
async function receive(
  request: IncomingMessage,
  { mostBytes, receiveMs }: { mostBytes: number; receiveMs: number },
): Promise<Buffer | null> {
  const pieces: Buffer[] = []
  let length = 0
  const late = setTimeout(() => request.destroy(), receiveMs)
  try {
    for await (const piece of request.iterator({ destroyOnReturn: false })) {
      const part: Buffer = piece
      length += part.length
      pieces.push(part)
      if (length > mostBytes) break
    }
    return Buffer.concat(pieces)
  } catch {
    return null
  } finally {
    clearTimeout(late)
  }
}

function plain(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-length': 0, ...(status === 405 ? { allow: 'POST' } : {}) }).end()
}
