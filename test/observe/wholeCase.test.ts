import { InMemorySpanExporter } from '@opentelemetry/sdk-trace'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { homeOf } from '../../src/desk/numbers.ts'
import { startTracing, type Tracing } from '../../src/observe/tracing.ts'
import { demonstrationPassword } from '../../src/people/demonstration.ts'
import { cookieName } from '../../src/people/tokens.ts'
import { intakePath } from '../../src/web/paths.ts'
import { application, documents, findings } from '../api/samples.ts'
import { officeOf } from '../contracts/api/office.ts'
import { openTestHouse, type TestHouse } from '../house.ts'

/** Everything that a server of this process writes, by whatever way, while one whole case goes from its opening to the result. */
const written: string[] = []
const exporter = new InMemorySpanExporter()
const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
const sender = '00f067aa0ba902b7'

let tracing: Tracing
let opened: TestHouse
let number: string
let secret: string
let cookie: string

beforeAll(async () => {
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((piece) => {
      written.push(typeof piece === 'string' ? piece : Buffer.from(piece).toString())
      return true
    })
  tracing = await startTracing({}, exporter)
  opened = await openTestHouse()
  await play()
})
afterAll(async () => {
  await opened.close()
  await tracing.stop()
  vi.restoreAllMocks()
})

/** By pages what a clerk types, by the API the rest; then the applicant looks, somebody searches, and some fail. */
async function play() {
  const { app, house } = opened
  const { call, tokens, step, open } = await officeOf(app)
  number = await open()
  await acceptByPage()
  const me = await call('GET', '/api/v1/me', { token: tokens['almaty.specialist'] })
  await step('almaty.head', number, 'refer', { taken: true, assignee: me.json.id })
  await step('almaty.specialist', number, 'examine', { taken: true, findings })
  await step('almaty.head', number, 'signAnswer', { taken: true }, { headers: { traceparent: `00-${trace}-${sender}-01` } })
  await step('almaty.head', number, 'noSuchStep', {})
  const loaded = await house.ledger.load(homeOf(number) ?? 0, number)
  secret = String(loaded?.events[0]?.personal?.secret)
  await app.request(`/t/${number}/${secret}`)
  await app.request(`/track?number=${number}&secret=${secret}`)
  await app.request(`/search?q=${application.iin}`, { headers: { cookie } })
  await app.request(`/cases/${number}`, { headers: { cookie } })
  await app.request(`/nothing/${application.iin}`)
  await call('POST', '/api/v1/tokens', { body: { login: 'almaty.clerk', password: 'not-the-password-1' } })
  // Something breaks, and what it says of itself is somebody's name.
  const broken = { ...house.reading, case: () => Promise.reject(new Error(`${application.iin} ${application.surname}`)) }
  Object.assign(house, { reading: broken })
  await app.request(`/cases/${number}`, { headers: { cookie } })
  await app.request(`/api/v1/cases/${number}`, { headers: { authorization: `Bearer ${tokens['almaty.clerk']}` } })
}

async function acceptByPage() {
  const { app, house } = opened
  const signed = await house.people.signIn({ login: 'almaty.clerk', password: demonstrationPassword, address: '127.0.0.1' }, 'page')
  if (!signed.ok) throw new Error(signed.error.code)
  cookie = `${cookieName(false)}=${signed.value.token}`
  const path = intakePath(number)
  const page = await (await app.request(path, { headers: { cookie } })).text()
  const form = page.slice(page.indexOf(`action="${path}"`))
  const hidden = [...form.matchAll(/<input type="hidden" name="(_\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value])
  const typed = {
    ...Object.fromEntries(Object.entries(application).map(([name, value]) => [`application.${name}`, value])),
    ...Object.fromEntries(documents.map(({ id }) => [`documents.${id}.in`, 'yes'])),
    'application.language': 'kk',
    'application.by': 'self',
    'applicant.address': 'Алматы, Мысал к. 5',
    'applicant.phone': '+7 700 000 00 07',
    _checked: 'yes',
  }
  const body = new URLSearchParams([...hidden, ...Object.entries(typed)])
  const sent = await app.request(path, { method: 'POST', body, headers: { cookie } })
  if (sent.status !== 303)
    throw new Error(`the form was answered by ${sent.status}: ${(await sent.text()).match(/error-summary[\s\S]{0,900}/)?.[0]}`)
}

const secrets = () => [
  application.iin,
  application.surname,
  application.name,
  application.patronymic,
  application.position,
  'Мысал',
  '000 00 07',
  number,
  secret,
  demonstrationPassword,
  'not-the-password-1',
  cookie.split('=')[1] ?? '',
]
const lines = () => written.join('').split('\n').filter(Boolean)

describe('the log of a whole case', () => {
  it('is one line of JSON an event', () => {
    const told = lines().map((line) => JSON.parse(line))
    expect(told.length).toBeGreaterThan(20)
    for (const line of told)
      expect(line).toEqual(
        expect.objectContaining({ at: expect.stringMatching(/Z$/), level: expect.any(String), event: expect.any(String) }),
      )
    expect(told).toContainEqual(
      expect.objectContaining({ event: 'request', method: 'POST', route: '/api/v1/cases/:number/steps/:step', status: 200, trace }),
    )
    const broken = told.filter((line) => line.event === 'breakage')
    expect(broken).toHaveLength(2)
    // The same trace stands in the line of the request that broke.
    for (const { trace: of } of broken) expect(told).toContainEqual(expect.objectContaining({ event: 'request', status: 500, trace: of }))
  })

  it('holds nobody’s name, number, secret, password or session', () => {
    const all = written.join('')
    for (const one of secrets()) expect(all.includes(one), one).toBe(false)
    expect(all).not.toMatch(/\p{Script=Cyrillic}/u)
  })
})

describe('the numbers of a whole case', () => {
  it('count requests by route and commands by step and outcome', async () => {
    const answer = await opened.app.request('/metrics')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8'])
    const text = await answer.text()
    expect(text).toContain('qyzmet_http_requests_total{method="POST",route="/api/v1/cases/:number/steps/:step",status="200"} 3')
    expect(text).toMatch(/qyzmet_commands_total\{regulation="[\w-]+",step="accept",outcome="done"\} 1/)
    expect(text).toMatch(/qyzmet_commands_total\{regulation="[\w-]+",step="signAnswer",outcome="done"\} 1/)
    expect(text).toMatch(/qyzmet_commands_total\{regulation="[\w-]+",step="step",outcome="unknownStep"\} 1/)
    expect(text).toMatch(/qyzmet_append_batch_commands_count [1-9]/)
    expect(text).toMatch(/qyzmet_append_duration_seconds_bucket\{le="5"\} [1-9]/)
    expect(text).toContain('qyzmet_append_queue_depth 0')
    expect(text).toContain('qyzmet_ready{condition="database"} 1')
    expect(text).toMatch(/qyzmet_terms\{home="\d+",state="running"\} [1-9]/)
    expect(text).toMatch(/qyzmet_seal_age_seconds \d/)
    for (const name of [
      'qyzmet_backup_age_seconds',
      'qyzmet_effects_waiting',
      'qyzmet_pool_connections',
      'nodejs_eventloop_lag_p99_seconds',
      'process_resident_memory_bytes',
    ])
      expect(text).toContain(`# TYPE ${name} gauge`)
    for (const one of secrets()) expect(text.includes(one), one).toBe(false)
    // A name out of a request would make a row for each request.
    expect(text).not.toContain('noSuchStep')
    expect(text).not.toContain('qyzmet_watch_failed_total 1')
  })
})

describe('the traces of a whole case', () => {
  const named = (name: string, of?: string) =>
    exporter.getFinishedSpans().filter((span) => span.name === name && (of === undefined || span.spanContext().traceId === of))

  it('lead from the request to the commit, under the trace that the request brought', () => {
    const [request] = named('POST /api/v1/cases/:number/steps/:step', trace)
    expect(request?.parentSpanContext?.spanId).toBe(sender)
    expect(request?.attributes).toMatchObject({ 'http.response.status_code': 200 })
    for (const name of ['body.read', 'case.sign', 'case.decide', 'ledger.prepare', 'ledger.append'])
      expect(named(name, trace).at(-1)?.parentSpanContext?.spanId, name).toBe(request?.spanContext().spanId)
    // A batch carries commands of many: it has a trace of its own and points to each of them.
    const [append] = named('ledger.append', trace)
    const batch = named('ledger.batch').find(({ links }) => links.some(({ context }) => context.spanId === append?.spanContext().spanId))
    expect(batch?.attributes['qyzmet.commands']).toBeGreaterThan(0)
    expect([batch?.parentSpanContext, batch?.spanContext().traceId === trace]).toEqual([undefined, false])
  })

  it('lead from a page to the commit, and from there to what it caused', async () => {
    const [page] = named('POST /cases/:number/intake')
    const of = page?.spanContext().traceId
    for (const name of ['form.read', 'case.decide', 'ledger.append']) expect(named(name, of), name).not.toEqual([])
    await expect.poll(() => named('effect.run').flatMap(({ links }) => links.map(({ context }) => context.traceId)), { timeout: 20_000 }).toContain(of) // biome-ignore format: one line reads better
  })

  it('hold nobody’s name or number', () => {
    const all = JSON.stringify(
      exporter.getFinishedSpans().map(({ name, attributes, events, status }) => [name, attributes, events, status]),
    )
    for (const one of secrets()) expect(all.includes(one), one).toBe(false)
  })
})
