import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'

export interface Line {
  readonly url: URL
  readonly agent: HttpAgent | HttpsAgent
  /** Until the connection stands, with TLS. */
  readonly connectMs: number
  /** Until the answer has come whole. */
  readonly answerMs: number
  readonly mostBytes: number
}

export type Posted =
  | { readonly kind: 'answered'; readonly status: number; readonly bytes: Buffer }
  /** `sent` false: surely not one byte of the message arrived; true: the other side may have it. */
  | {
      readonly kind: 'unanswered'
      readonly why: 'noConnection' | 'timeout' | 'cut' | 'tooLong' | 'stopped'
      readonly sent: boolean
      readonly cause?: unknown
    }

export interface LineSettings {
  readonly connectMs?: number
  readonly answerMs?: number
  readonly mostBytes?: number
  /** Authorities of TLS, PEM; absent: those of the machine. */
  readonly ca?: string
  /** Connections kept at once. */
  readonly sockets?: number
}

/** A line to one address. Connections are kept open; `close` ends them. */
export function lineTo(
  address: string,
  { connectMs = 30_000, answerMs = 60_000, mostBytes = 8 << 20, ca, sockets = 32 }: LineSettings = {},
): Line {
  const url = new URL(address)
  const keep = { keepAlive: true, maxSockets: sockets }
  const agent = url.protocol === 'https:' ? new HttpsAgent({ ...keep, ...(ca === undefined ? {} : { ca }) }) : new HttpAgent(keep)
  return { url, agent, connectMs, answerMs, mostBytes }
}

class Unanswered extends Error {
  readonly why: Extract<Posted, { kind: 'unanswered' }>['why']

  constructor(why: Extract<Posted, { kind: 'unanswered' }>['why'], options?: ErrorOptions) {
    super(why, options)
    this.why = why
  }
}

/** Posts a SOAP message and gathers the answer. Never throws for what the network does. */
export async function post(line: Line, bytes: Uint8Array, signal?: AbortSignal): Promise<Posted> {
  const state = { connected: false }
  try {
    if (signal?.aborted) return { kind: 'unanswered', why: 'stopped', sent: false }
    const { status, bytes: answer } = await exchange(line, bytes, state, signal)
    return { kind: 'answered', status, bytes: answer }
  } catch (cause) {
    const why = cause instanceof Unanswered ? cause.why : state.connected ? 'cut' : 'noConnection'
    return { kind: 'unanswered', why, sent: state.connected, cause: cause instanceof Unanswered ? cause.cause : cause }
  }
}

function exchange(
  line: Line,
  bytes: Uint8Array,
  state: { connected: boolean },
  signal: AbortSignal | undefined,
): Promise<{ status: number; bytes: Buffer }> {
  const { url, agent, connectMs, answerMs } = line
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; bytes: Buffer }>()
  const headers = {
    'content-type': 'text/xml; charset=UTF-8',
    soapaction: '""',
    'content-length': bytes.length,
    accept: 'text/xml, application/xml',
  }
  const outgoing = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, { method: 'POST', agent, headers })
  const end = (why: Unanswered['why']) => outgoing.destroy(new Unanswered(why))
  const connecting = setTimeout(() => state.connected || end('noConnection'), connectMs)
  const answering = setTimeout(() => end('timeout'), answerMs)
  const stop = () => end('stopped')
  signal?.addEventListener('abort', stop, { once: true })
  outgoing.on('socket', (socket) => {
    const connected = () => {
      state.connected = true
      clearTimeout(connecting)
    }
    if (!socket.connecting) connected()
    else socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', connected)
  })
  outgoing.on('response', (response) => gather(response, line.mostBytes).then(resolve, reject))
  outgoing.on('error', reject)
  outgoing.end(bytes)
  return promise.finally(() => {
    clearTimeout(connecting)
    clearTimeout(answering)
    signal?.removeEventListener('abort', stop)
    // Of an answer that was not read to its end nothing may be left on a connection that is kept.
    outgoing.destroy()
  })
}

async function gather(response: IncomingMessage, mostBytes: number): Promise<{ status: number; bytes: Buffer }> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of response) {
    const part: Buffer = piece
    length += part.length
    if (length > mostBytes) throw new Unanswered('tooLong')
    pieces.push(part)
  }
  if (!response.complete) throw new Unanswered('cut')
  return { status: response.statusCode ?? 0, bytes: Buffer.concat(pieces) }
}
