import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { MiddlewareHandler } from 'hono'
import type { Door } from './door.ts'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** Below this a packet more or less changes nothing. */
const worthIt = 1024
/** What our pages answer as a whole; streams of events must not wait to be compressed. */
const compressible = /^text\/(html|csv|css|plain)\b|^application\/json\b/

/** Brotli 5 takes about a millisecond for a long page and saves a tenth more than gzip. */
const press = {
  br: (body: Buffer) => brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }),
  gzip: (body: Buffer) => zip(body, { level: 6 }),
}

/**
 * Pages travel compressed. A page that repeats what was asked beside what only its reader may see gives the latter away by its length to whoever
 * makes the reader's browser ask again and again and watches the line (BREACH): so whoever is signed in and comes from another site gets it plain.
 * The token of forms has a mask of its own besides, for browsers that do not say where they come from.
 */
export const compress: MiddlewareHandler<Door> = async (c, next) => {
  await next()
  const { headers, body } = c.res
  if (body === null || c.req.method === 'HEAD' || headers.has('content-encoding')) return
  if (!compressible.test(headers.get('content-type') ?? '')) return
  headers.append('vary', 'accept-encoding')
  const accepted = c.req.header('accept-encoding') ?? ''
  const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : undefined
  if (encoding === undefined || (c.get('session') && comesFromElsewhere(c.req.header('sec-fetch-site')))) return
  const whole = Buffer.from(await c.res.arrayBuffer())
  const { status } = c.res
  const small = whole.length < worthIt
  const sent = new Headers(headers)
  sent.delete('content-length')
  if (!small) sent.set('content-encoding', encoding)
  // Hono joins the headers of an answer with those of the one that it replaces, unless that is taken away first.
  c.res = undefined
  c.res = new Response(new Uint8Array(small ? whole : await press[encoding](whole)), { status, headers: sent })
}

const comesFromElsewhere = (site: string | undefined): boolean => site === 'cross-site' || site === 'same-site'
