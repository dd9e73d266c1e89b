import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Strike } from '../faults/faults.ts'
import type { FaultRule } from '../faults/rule.ts'

/** A request's body, or that it is longer than it may be: the rest is then not read. */
export async function readBody(request: IncomingMessage, most: number): Promise<Buffer | 'tooLong'> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of request) {
    length += piece.length
    if (length > most) return 'tooLong'
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

/** SOAP 1.1 over HTTP (section 6.2): a fault has the status 500. */
export interface SoapAnswer {
  readonly status: 200 | 500
  readonly bytes: Buffer
}

const soapType = 'text/xml; charset=UTF-8'

/** Writes the answer, spoilt by the faults that concern what goes over the wire. Returns the bytes that went. */
export async function writeAnswer(
  response: ServerResponse,
  { status, bytes }: SoapAnswer,
  strike: Strike,
  signal: AbortSignal,
): Promise<Buffer> {
  // Half of the body, told as if it were the whole: the length is right, the XML is not.
  const sent = strike.has('truncate') ? bytes.subarray(0, bytes.length >> 1) : bytes
  if (response.destroyed) return Buffer.alloc(0)
  response.writeHead(status, {
    'content-type': strike.has('contentType') ? 'text/html; charset=UTF-8' : soapType,
    'content-length': sent.length,
  })
  const drip = strike.get('drip')
  if (drip === undefined) response.end(sent)
  else await dripped(response, sent, drip, signal)
  return sent
}

const drops = 20

async function dripped(response: ServerResponse, bytes: Buffer, { delayMs }: FaultRule, signal: AbortSignal): Promise<void> {
  const step = Math.max(1, Math.ceil(bytes.length / drops))
  for (let at = 0; at < bytes.length; at += step) {
    response.write(bytes.subarray(at, at + step))
    if (!(await waited(delayMs, signal))) return
  }
  response.end()
}

/** False where the other side went away meanwhile. */
export const waited = (ms: number, signal: AbortSignal): Promise<boolean> => sleep(ms, true, { signal }).catch(() => false)

/** Breaks the connection, as a network does: nothing is said, not even that it ends. */
export function cutOff(response: ServerResponse): void {
  response.socket?.resetAndDestroy()
}

/** Aborted when whoever asks has gone, or the contour ends. */
export function goneSignal(response: ServerResponse, ending: AbortSignal): AbortSignal {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  return AbortSignal.any([gone.signal, ending])
}
