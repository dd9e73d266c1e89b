import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { addressOf } from './keep.ts'
import { makePki, type Pki, type PkiWish } from './pki.ts'

/** What goes wrong with the responders; settable while they run. */
export interface PkiFaults {
  /** Answer 503 to these. */
  down: Set<Place>
  /** Milliseconds before each answer. */
  delayMs: number
  /** Answer with bytes that are none of DER. */
  garbage: Set<Place>
  /** Break the connection off in the middle of the answer. */
  cut: Set<Place>
  /** Answer the question of OCSP before this one again: no nonce of ours in it. */
  replay: boolean
}

type Place = 'crl' | 'ocsp' | 'tsp' | 'cert'

export interface RunningPki {
  readonly pki: Pki
  readonly url: string
  readonly faults: PkiFaults
  close(): Promise<void>
}

export interface PkiServerWish extends Omit<PkiWish, 'base'> {
  /** 0: any free one. A PKI that lives in a folder keeps the address that its certificates name. */
  readonly port?: number
  readonly host?: string
  /** RFC 3339: by whose clock the responders answer. */
  readonly now: () => string
}

const mostBytes = 64 * 1024

/** The test PKI with its lists, its responder and its time-stamping authority over HTTP (RFC 5280, 6960 appendix A, 3161 section 3.4). */
export async function servePki({ now, ...wish }: PkiServerWish): Promise<RunningPki> {
  const { host = '127.0.0.1', port = 0 } = (wish.folder === undefined ? null : addressOf(wish.folder)) ?? wish
  const faults: PkiFaults = { down: new Set(), delayMs: 0, garbage: new Set(), cut: new Set(), replay: false }
  let pki: Pki | null = null
  const server = createServer((request, response) => {
    const answering = pki === null ? Promise.resolve(end(response, 503)) : answer(request, response, pki, faults, now)
    // Whoever went away in the middle of a question is not waited for.
    answering.catch(() => response.destroy())
  })
  await new Promise<void>((ready, failed) => server.once('error', failed).listen(port, host, ready))
  const url = `http://${host}:${(server.address() as AddressInfo).port}` // of a listening TCP server
  pki = await makePki({ ...wish, base: url })
  return {
    pki,
    url,
    faults,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, pki: Pki, faults: PkiFaults, now: () => string): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://pki').pathname
  const place = /^\/(crl|ocsp|tsp|cert)(?:\/|$)/.exec(path)?.[1] as Place | undefined // the alternatives of the pattern
  if (place === undefined) return end(response, 404)
  if (faults.delayMs > 0) await wait(faults.delayMs)
  if (faults.down.has(place)) return end(response, 503)
  const made = await answerAt(place, path, request, pki, faults, now())
  if (typeof made === 'number') return end(response, made)
  const body = faults.garbage.has(place) ? Buffer.from('no DER') : made.body
  response.writeHead(200, { 'content-type': made.type, 'content-length': body.length })
  if (!faults.cut.has(place)) return void response.end(body)
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy())
}

interface Made {
  readonly type: string
  readonly body: Uint8Array
}

async function answerAt(
  place: Place,
  path: string,
  request: IncomingMessage,
  pki: Pki,
  faults: PkiFaults,
  at: string,
): Promise<Made | number> {
  if (place === 'crl') return listAt(path, request, pki, at)
  if (place === 'cert') return certificateAt(path, request, pki)
  const asked = await questionOf(place, path, request)
  if (typeof asked === 'number') return asked
  if (place === 'tsp') return { type: 'application/timestamp-reply', body: await pki.timestamp(asked, at) }
  return { type: 'application/ocsp-response', body: await (faults.replay ? replayed(pki, asked, at) : pki.ocsp(asked, at)) }
}

const answeredBefore = new WeakMap<Pki, Promise<Uint8Array>>()

/** The first answer again and again. */
function replayed(pki: Pki, asked: Uint8Array, at: string): Promise<Uint8Array> {
  const first = answeredBefore.get(pki) ?? pki.ocsp(asked, at)
  answeredBefore.set(pki, first)
  return first
}

async function listAt(path: string, { method }: IncomingMessage, pki: Pki, at: string): Promise<Made | number> {
  const asked = /^\/crl\/(root|authority)(-delta)?\.crl$/.exec(path)
  if (asked === null) return 404
  if (method !== 'GET' && method !== 'HEAD') return 405
  return {
    type: 'application/pkix-crl',
    body: await pki.crl(asked[1] === 'root' ? 'root' : 'authority', at, asked[2] === undefined ? undefined : 1),
  }
}

async function certificateAt(path: string, { method }: IncomingMessage, pki: Pki): Promise<Made | number> {
  const name = /^\/cert\/(root|authority)\.cer$/.exec(path)?.[1]
  if (name === undefined) return 404
  if (method !== 'GET' && method !== 'HEAD') return 405
  return { type: 'application/pkix-cert', body: (await pki.identity(name)).certificate.der }
}

/** OCSP may be asked by GET too, the question in the address in base64. */
async function questionOf(place: Place, path: string, request: IncomingMessage): Promise<Uint8Array | number> {
  if (request.method === 'GET' && place === 'ocsp' && path.length > '/ocsp/'.length) {
    return Buffer.from(decodeURIComponent(path.slice('/ocsp/'.length)), 'base64')
  }
  if (request.method !== 'POST') return 405
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of request) {
    pieces.push(piece)
    length += piece.length
    if (length > mostBytes) return 413
  }
  return Buffer.concat(pieces)
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-length': 0 }).end()
}
