/** Asking authorities over HTTP. The port; `httpAsking` is the real wire. */
export interface Asking {
  /** The answer's bytes, or why there are none; never throws for what is outside. */
  ask(question: Question): Promise<Answer>
}

export interface Question {
  readonly url: string
  readonly kind: 'ocsp' | 'tsp' | 'crl'
  /** Of OCSP and TSP. */
  readonly body?: Uint8Array
}

export type Answer = { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'outage'; readonly why: string }

/** RFC 6960 (appendix A.1), RFC 3161 (3.4), RFC 2585. */
const types = {
  ocsp: { asks: 'application/ocsp-request', gets: 'application/ocsp-response' },
  tsp: { asks: 'application/timestamp-query', gets: 'application/timestamp-reply' },
  crl: { asks: null, gets: 'application/pkix-crl' },
} as const

export interface AskingLimits {
  /** Milliseconds until an answer is there whole. */
  readonly timeoutMs: number
  /** Bytes of an OCSP answer or a time-stamp. */
  readonly mostBytes: number
  /** Bytes of a list: those of the national centre have some megabytes. */
  readonly mostListBytes: number
}

export const usualLimits: AskingLimits = { timeoutMs: 10_000, mostBytes: 128 * 1024, mostListBytes: 64 * 1024 * 1024 }

/** Follows no redirect: an answer is where its certificate says. */
export function httpAsking(limits: Partial<AskingLimits> = {}): Asking {
  const { timeoutMs, mostBytes, mostListBytes } = { ...usualLimits, ...limits }
  return {
    async ask({ url, kind, body }) {
      const { asks, gets } = types[kind]
      try {
        const response = await fetch(url, {
          signal: AbortSignal.timeout(timeoutMs),
          redirect: 'error',
          headers: { accept: gets, ...(asks === null ? {} : { 'content-type': asks }) },
          ...(body === undefined ? {} : { method: 'POST', body: Uint8Array.from(body) }),
        })
        if (response.status !== 200) {
          await response.body?.cancel()
          return { kind: 'outage', why: `HTTP ${response.status}` }
        }
        return await readLimited(response, kind === 'crl' ? mostListBytes : mostBytes)
      } catch (cause) {
        return { kind: 'outage', why: whyOf(cause) }
      }
    },
  }
}

async function readLimited(response: Response, most: number): Promise<Answer> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of response.body ?? []) {
    length += piece.length
    // Leaving the loop ends the stream.
    if (length > most) return { kind: 'outage', why: `over ${most} bytes` }
    pieces.push(piece)
  }
  return { kind: 'bytes', bytes: Buffer.concat(pieces) }
}

/** `TimeoutError`, `ECONNREFUSED`: what a person who looks for the reason needs, and nothing of the question. */
function whyOf(cause: unknown): string {
  const { name, cause: deeper } = Object(cause)
  return String(Object(deeper).code ?? name ?? 'unknown')
}
