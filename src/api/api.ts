import { createHash, randomBytes } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { longestScan } from '../desk/scans/verdict.ts'
import type { Who } from '../desk/who.ts'
import { TermUnknown } from '../engine/case/counting.ts'
import { hasInvisible } from '../language/invisible.ts'
import { type Language, languages } from '../language/messages.ts'
import { createTranslator, type Translator } from '../language/translator.ts'
import { FileMissing, LedgerAway } from '../ledger/ledger.ts'
import { inSpan } from '../observe/trace.ts'
import { actorOf, type Session } from '../people/sessions.ts'
import type { House } from '../web/house.ts'
import { examples } from './examples.ts'
import { type Read, readBytes, readJson, readQuery } from './input.ts'
import { openapi } from './openapi.ts'
import { isNo, type No, no, statuses } from './problem.ts'
import type { Call, Reply, Route, StaffCall } from './route.ts'
import { routes } from './routes/all.ts'
import { languageOf, problemOf } from './words.ts'

export const apiVersion = '1.0.0'

/** The JSON API: mounted under `/api`. Every route is one entry of `routes`, from which its description is made too. */
export function apiRoutes(house: House): Hono {
  const told = ({ id, trace, cause }: Failure) => house.log.error('breakage', { id, trace }, cause)
  const app = new Hono()
  const translators = Object.fromEntries(languages.map((one) => [one, createTranslator(house.languages[one], one)])) as Record<
    Language,
    Translator
  > // every language of the list
  const speak = (c: Context) => translators[languageOf(c.req.header('accept-language'))]
  const say = (c: Context, it: No) => problem(house, speak(c), it)

  app.use(async (c, next) => {
    await next()
    const trace = c.req.header('traceparent')
    if (trace !== undefined && /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/.test(trace))
      c.res.headers.set('traceparent', trace)
    c.res.headers.set('api-version', apiVersion)
    c.res.headers.append('vary', 'Accept-Language')
    c.res.headers.set('content-language', speak(c).language)
    c.res.headers.set('x-content-type-options', 'nosniff')
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'private, no-store')
  })
  app.onError((error, c) => say(c, whatBroke(error, speak(c), c.get('trace'), told)))
  for (const route of routes) {
    app.on(route.method.toUpperCase(), route.path.replaceAll(/\{(\w+)\}/g, ':$1'), async (c) => {
      const answer = await run(house, route, c, speak(c))
      return isNo(answer) ? say(c, answer) : respond(answer, route.answer)
    })
  }
  let described: string | undefined
  app.get('/openapi.json', (c) => {
    described ??= JSON.stringify(openapi(routes, apiVersion, examples()))
    return c.body(described, 200, { 'content-type': 'application/json', 'cache-control': 'public, no-cache' })
  })
  for (const [path, allowed] of methodsOf(routes)) {
    app.all(path, (c) => say(c, no('methodNotAllowed', { headers: { allow: allowed }, params: { allowed } })))
  }
  app.all('*', (c) => say(c, no('notFound')))
  return app
}

/** Reads what was sent in the order in which it may be refused: who, headers, address, body. */
async function run(house: House, route: Route, c: Context, t: Translator): Promise<Reply<unknown> | No> {
  if (route.access === 'demonstration' && house.demonstration === undefined) return no('notFound')
  if (Object.values(c.req.param()).some(hasInvisible)) return no('notFound')
  const signed = route.access === 'staff' ? await signedIn(house, c, route) : null
  if (signed !== null && isNo(signed)) return signed
  const key = route.keyed ? keyOf(c, signed) : { ok: true as const, value: '' }
  if (!key.ok) return key.no
  const seen = seenOf(c.req.header('if-match'))
  if (!seen.ok) return seen.no
  const query = readQuery(new URL(c.req.url), route.query)
  if (!query.ok) return query.no
  const shape = route.body
  const body = shape === undefined ? { ok: true as const, value: undefined } : await inSpan('body.read', () => readJson(c.req.raw, shape))
  if (!body.ok) return body.no
  const bytes = route.takes === undefined ? { ok: true as const, value: new Uint8Array() } : await readBytes(c.req.raw, longestScan)
  if (!bytes.ok) return bytes.no
  const call: Call<unknown, unknown> = {
    house,
    t,
    language: t.language,
    params: c.req.param(),
    query: query.value,
    body: body.value,
    bytes: bytes.value,
    address: addressOf(c),
    seen: seen.value,
    key: key.value,
    header: (name) => c.req.header(name),
  }
  if (route.access !== 'staff') return route.handle(call)
  if (signed === null) throw new Error('a route for staff without a session')
  const staff: StaffCall<unknown, unknown> = { ...call, ...signed }
  return route.handle(staff)
}

interface Signed {
  readonly who: Who
  readonly session: Session
  readonly token: string
}

/** Bearer tokens only: a cookie would let pages of other sites speak in somebody's name. */
async function signedIn(house: House, c: Context, route: Route): Promise<Signed | No> {
  const token = /^Bearer +([\w~+/.-]+=*)$/i.exec(c.req.header('authorization') ?? '')?.[1]
  const session = token === undefined ? undefined : await house.people.session(token)
  if (token === undefined || session?.kind !== 'token') return no('signInRequired', { headers: { 'www-authenticate': 'Bearer' } })
  if (session.mustChange && !route.path.startsWith('/v1/me') && route.path !== '/v1/tokens') return no('mustChangePassword')
  if (session.mustSetUp) return no('factorFirst')
  const actor = actorOf(session)
  const [first] = house.statutes.library.regulations
  const region = house.people.organisation(actor.organisation)?.region ?? first?.regulation.region ?? ''
  return { who: { actor, region }, session, token }
}

/** Two people may choose the same key: the ledger gets it with its sender. A quoted key (RFC 8941) is the same as a bare one. */
function keyOf(c: Context, signed: Signed | null): Read<string> {
  const given = c.req.header('idempotency-key')?.trim() ?? ''
  const key = /^"(.*)"$/.exec(given)?.[1] ?? given
  if (!/^[\x21-\x7e]{8,200}$/.test(key))
    return { ok: false, no: no('keyRequired', { errors: [{ pointer: 'Idempotency-Key', code: 'wrongKey' }] }) }
  const sender = signed?.who.actor.id ?? ''
  return { ok: true, value: `api/${createHash('sha256').update(`${sender}|${key}`).digest('hex')}` }
}

/** A strong entity tag of ours is the version; `*` is whatever stands. */
function seenOf(header: string | undefined): Read<number | undefined> {
  if (header === undefined || header.trim() === '*') return { ok: true, value: undefined }
  const version = /^"(\d{1,9})"$/.exec(header.trim())?.[1]
  if (version === undefined) return { ok: false, no: no('badPrecondition', { errors: [{ pointer: 'If-Match', code: 'wrongFormat' }] }) }
  return { ok: true, value: Number(version) }
}

/** The peer of the socket; in tests there is none. Proxies' headers are not believed: anybody can write them. */
function addressOf(c: Context): string {
  const env: { incoming?: { socket?: { remoteAddress?: string } } } = c.env ?? {}
  return env.incoming?.socket?.remoteAddress ?? ''
}

function respond(reply: Reply<unknown>, answer: Route['answer']): Response {
  const status = reply.status ?? answer.status
  const headers = { ...reply.headers }
  if (status === 204 || status === 304) return new Response(null, { status, headers })
  if (reply.bytes !== undefined)
    return new Response(Buffer.from(reply.bytes), { status, headers: { 'content-type': answer.type ?? '', ...headers } })
  return new Response(JSON.stringify(reply.body), { status, headers: { 'content-type': 'application/json', ...headers } })
}

function problem(house: House, t: Translator, it: No): Response {
  const body = JSON.stringify(problemOf(t, house.publicUrl, it))
  return new Response(body, { status: statuses[it.no], headers: { 'content-type': 'application/problem+json', ...it.headers } })
}

/** A failure, for the log: under the code that the reader was told. */
interface Failure {
  readonly id: string
  readonly trace?: string
  readonly cause: unknown
}

/** What broke, for the reader and, where it is our fault, for the log. */
function whatBroke(error: unknown, t: Translator, trace: string | undefined, report: (line: Failure) => void): No {
  if (error instanceof LedgerAway) return no('unavailable', { headers: { 'retry-after': '5' } })
  if (error instanceof FileMissing) return no('fileMissing')
  if (error instanceof TermUnknown) {
    const key = `time.error.${error.code}`
    return no('termUnknown', t.has(key) ? { more: t(key, { reason: '', ...error.params }).trim() } : {})
  }
  const id = randomBytes(4).toString('hex')
  report({ id, cause: error, ...(trace === undefined ? {} : { trace }) })
  return no('failure', { extra: { instance: `urn:qyzmet:failure:${id}` }, params: { id } })
}

function methodsOf(list: readonly Route[]): Map<string, string> {
  const paths = Map.groupBy(list, (route) => route.path.replaceAll(/\{(\w+)\}/g, ':$1'))
  return new Map([...paths].map(([path, those]) => [path, those.map((r) => r.method.toUpperCase()).join(', ')]))
}
