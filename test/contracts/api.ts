import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, clientOf, type Requestable } from '../api/client.ts'
import { acceptance, application, documents, findings } from '../api/samples.ts'

/** A demonstration that answers the API, with its clock where the test finds it: 14 October 2019 in the morning. */
export interface ApiUnderTest {
  readonly app: Requestable
  /** What the receipt of a case says under its number: the API tells it to nobody. */
  secretOf(number: string): Promise<string>
  close(): Promise<void>
}

export const logins = [
  'almaty.clerk',
  'almaty.clerk2',
  'almaty.head',
  'almaty.specialist',
  'almaty.supervisor',
  'almaty.operator',
  'aktobe.clerk',
] as const
type Login = (typeof logins)[number]

export interface Office {
  readonly call: Client
  readonly tokens: Readonly<Record<Login, string>>
  /** A fresh case of the Almaty directorate's office, opened and not yet accepted. */
  open(): Promise<string>
  step(login: Login, number: string, step: string, body?: unknown, more?: Parameters<Client>[2]): ReturnType<Client>
}

export async function officeOf(app: Requestable): Promise<Office> {
  const call = clientOf(app)
  const signIn = async (login: string) => {
    const got = await call('POST', '/api/v1/tokens', { body: { login, password: 'qyzmet-demo' } })
    expect(got.status).toBe(201)
    return [login, got.json.token] as const
  }
  const tokens = Object.fromEntries(await Promise.all(logins.map(signIn))) as Record<Login, string> // one of each login
  return {
    call,
    tokens,
    open: async () => {
      const got = await call('POST', '/api/v1/cases', {
        token: tokens['almaty.clerk'],
        body: { service: 'teacher-attestation', channel: 'office' },
      })
      expect(got.status).toBe(201)
      return got.json.number
    },
    step: (login, number, step, body = {}, more = {}) =>
      call('POST', `/api/v1/cases/${number}/steps/${step}`, { token: tokens[login], body, ...more }),
  }
}

/** What every server of the API must do; `open` gives a fresh one. */
export function apiContract(open: () => Promise<ApiUnderTest>): void {
  let under: ApiUnderTest
  let office: Office
  beforeAll(async () => {
    under = await open()
    office = await officeOf(under.app)
  })
  afterAll(() => under.close())

  describe('signing in', () => {
    it('tells who one is, and ends with the token', async () => {
      const { call } = office
      const { json } = await call('POST', '/api/v1/tokens', { body: { login: 'almaty.clerk', password: 'qyzmet-demo' } })
      const me = await call('GET', '/api/v1/me', { token: json.token })
      expect(me.json).toMatchObject({ login: 'almaty.clerk', role: 'clerk', region: 'almaty', organisation: { id: 'almaty.directorate' } })
      expect(me.headers.get('cache-control')).toContain('no-store')
      expect((await call('DELETE', '/api/v1/tokens', { token: json.token })).status).toBe(204)
      expect((await call('GET', '/api/v1/me', { token: json.token })).status).toBe(401)
    })

    it('refuses nobody’s token, a wrong password, and too many tries', async () => {
      const { call } = office
      const stranger = await call('GET', '/api/v1/me')
      expect([stranger.status, stranger.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
      const guess = () => call('POST', '/api/v1/tokens', { body: { login: 'almaty.nobody', password: 'wrong' } })
      for (let i = 0; i < 5; i++) expect((await guess()).json.code).toBe('wrongSignIn')
      const late = await guess()
      expect([late.status, late.json.code]).toEqual([429, 'tooManyTries'])
      expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0)
    })
  })

  describe('a case of the Almaty office', () => {
    it('goes from its opening to the result', async () => {
      const { call, tokens, step } = office
      const number = await office.open()
      const me = await call('GET', '/api/v1/me', { token: tokens['almaty.specialist'] })
      const opened = await call('GET', `/api/v1/cases/${number}`, { token: tokens['almaty.clerk'] })
      expect(opened.json.step).toMatchObject({ id: 'accept', clause: '8.1', yours: true })
      expect(opened.json.step.takes).toEqual(expect.arrayContaining(['application', 'documents', 'applicant']))
      const way = [
        ['almaty.clerk', 'accept', acceptance],
        ['almaty.head', 'refer', { taken: true, assignee: me.json.id }],
        ['almaty.specialist', 'examine', { taken: true, findings }],
        ['almaty.head', 'signAnswer', { taken: true }],
        ['almaty.specialist', 'submitAnswer', { taken: true }],
        ['almaty.clerk', 'takeAnswer', { taken: true }],
        ['almaty.clerk', 'meetApplicant', {}],
        ['almaty.clerk', 'giveAnswer', { receiver: { who: 'self', document: { kind: 'idCard', number: '012345678' } } }],
      ] as const
      let etag = opened.headers.get('etag') ?? ''
      for (const [login, name, body] of way) {
        const got = await step(login, number, name, body, { headers: { 'if-match': etag } })
        expect([name, got.status, got.json.code]).toEqual([name, 200, undefined])
        etag = got.headers.get('etag') ?? ''
      }
      const done = await call('GET', `/api/v1/cases/${number}`, { token: tokens['almaty.clerk'] })
      expect(done.headers.get('etag')).toBe(etag)
      expect(done.json).toMatchObject({
        ended: { ending: 'served', kind: 'served' },
        step: null,
        answer: { kind: 'result' },
        given: { who: 'self' },
      })
      expect(done.json.custody.answer.holder.role).toBe('applicant')
      expect(done.json.path.map((p: { step: string }) => p.step)).toEqual(way.map(([, name]) => name))
      expect(done.json.papers.map((p: { kind: string }) => p.kind)).toEqual(['acceptanceReceipt', 'result'])
      expect(JSON.stringify(done.json)).not.toContain('secret')
    })

    it('explains each deadline as the command line does', async () => {
      const { call, tokens, step } = office
      const number = await office.open()
      await step('almaty.clerk', number, 'accept', acceptance)
      const token = tokens['almaty.clerk']
      const plain = await call('GET', `/api/v1/cases/${number}/deadlines`, { token })
      expect(plain.json.deadlines[0]).not.toHaveProperty('proof')
      const { json } = await call('GET', `/api/v1/cases/${number}/deadlines?explain=true`, { token })
      const accept = json.deadlines.find((d: { id: string }) => d.id === 'accept/8.1')
      expect(accept).toMatchObject({
        state: 'met',
        norm: { value: 15, unit: 'min', clause: '8.1' },
        proof: { norm: { value: 15, unit: 'min' } },
      })
      expect(accept.proof.days[0]).toMatchObject({ date: '2019-10-14', counts: true })
      expect(accept.proof.dueAt).toMatch(/\+06:00$/)
    })

    it('prints its papers, reprints one as a copy, and keeps its events as a chain', async () => {
      const { call, tokens, step } = office
      const number = await office.open()
      await step('almaty.clerk', number, 'accept', acceptance)
      const token = tokens['almaty.clerk']
      const listed = await call('GET', `/api/v1/cases/${number}/papers`, { token })
      const [receipt] = listed.json.papers
      const pdf = await call('GET', receipt.href, { token })
      expect(new TextDecoder().decode(pdf.bytes.slice(0, 5))).toBe('%PDF-')
      expect((await call('GET', `/api/v1/cases/${number}/papers/nothing-1`, { token })).status).toBe(404)
      const copied = await call('POST', `${receipt.href}/copies`, { token, body: { reason: 'Қолхат жоғалды' } })
      expect(copied.status).toBe(200)
      const again = await call('GET', `/api/v1/cases/${number}/papers`, { token })
      expect(again.json.papers[1]).toMatchObject({ copyOf: { id: receipt.id } })
      const { json } = await call('GET', `/api/v1/cases/${number}/events`, { token })
      expect(json.events[0]).toMatchObject({ seq: 1, type: 'CaseOpened', prev: '' })
      expect(json.events[0].personal).not.toHaveProperty('secret')
      for (const [place, event] of json.events.entries()) if (place > 0) expect(event.prev).toBe(json.events[place - 1].hash)
      const handed = json.events.find((e: { type: string }) => e.type === 'DocumentsHandedIn')
      expect(handed.personal.application.iin).toBe(application.iin)
      expect(JSON.stringify(handed.data)).not.toContain(application.iin)
    })

    it('is corrected, returned and withdrawn with a reason', async () => {
      const { call, tokens, step } = office
      const number = await office.open()
      await step('almaty.clerk', number, 'accept', acceptance)
      const head = { token: tokens['almaty.head'] }
      const correction = { entry: 'application.surname', value: 'Үлгібай', reason: 'Куәліктегідей жазылды' }
      expect((await call('POST', `/api/v1/cases/${number}/corrections`, { ...head, body: correction })).status).toBe(200)
      expect((await call('GET', `/api/v1/cases/${number}`, head)).json.applicant.surname).toBe('Үлгібай')
      const empty = await call('POST', `/api/v1/cases/${number}/returns`, { ...head, body: { reason: ' ' } })
      expect([empty.status, empty.json.errors[0].pointer]).toEqual([422, '/reason'])
      expect((await call('POST', `/api/v1/cases/${number}/returns`, { ...head, body: { reason: 'Диплом көшірілмеген' } })).status).toBe(200)
      const back = await call('GET', `/api/v1/cases/${number}`, head)
      expect(back.json.step).toMatchObject({ id: 'accept', yours: false })
      const withdrawn = await call('POST', `/api/v1/cases/${number}/withdrawal`, {
        ...head,
        body: { reason: 'Өтініш беруші қайтарып алды' },
      })
      expect(withdrawn.status).toBe(200)
      expect((await step('almaty.clerk', number, 'accept', acceptance)).json.code).toBe('alreadyEnded')
    })

    it('is found, tracked by its receipt, and tells its readers to supervision', async () => {
      const { call, tokens, step } = office
      const number = await office.open()
      await step('almaty.clerk', number, 'accept', acceptance)
      const found = await call('GET', `/api/v1/search?q=${application.iin}`, { token: tokens['almaty.clerk'] })
      expect(found.json.cases.map((c: { number: string }) => c.number)).toContain(number)
      expect(JSON.stringify(found.json)).not.toContain(application.iin)
      const foreign = await call('GET', `/api/v1/search?q=${application.iin}`, { token: tokens['almaty.clerk2'] })
      expect(foreign.json.cases).toEqual([])
      const wrong = await call('GET', `/api/v1/track/${number}`, { headers: { 'receipt-secret': 'AAAAAAAAAAAAAAAAAAAA' } })
      expect(wrong.status).toBe(404)
      const secret = await under.secretOf(number)
      const tracked = await call('GET', `/api/v1/track/${number}`, { headers: { 'receipt-secret': secret.toLowerCase() } })
      expect(tracked.json).toMatchObject({ number, open: true, step: { id: 'refer', clause: '8.2' } })
      expect(tracked.json.readers.length).toBeGreaterThan(0)
      expect(JSON.stringify(tracked.json)).not.toMatch(new RegExp(`${application.iin}|${application.surname}|${secret}`))
      const readers = `/api/v1/cases/${number}/readers`
      expect((await call('GET', readers, { token: tokens['almaty.clerk'] })).status).toBe(403)
      const { json } = await call('GET', readers, { token: tokens['almaty.supervisor'] })
      expect(json.readers.map((r: { purpose: string }) => r.purpose)).toContain('search')
    })
  })

  describe('a case of the State Corporation', () => {
    it('is opened at the worker’s branch, for a provider of the region', async () => {
      const { call, tokens } = office
      const send = (provider?: string) => {
        const body = { service: 'teacher-attestation', channel: 'corporation', provider }
        return call('POST', '/api/v1/cases', { token: tokens['almaty.operator'], body })
      }
      const none = await send()
      expect([none.status, none.json.errors[0]]).toMatchObject([422, { pointer: '/provider', code: 'required' }])
      const foreign = await send('aktobe.directorate')
      expect([foreign.status, foreign.json.code]).toEqual([422, 'unknownProvider'])
      const opened = await send('almaty.directorate')
      const seen = await call('GET', opened.json.href, { token: tokens['almaty.operator'] })
      expect(seen.json).toMatchObject({ branch: { id: 'almaty.bostandyq' }, provider: { id: 'almaty.directorate' }, location: 'local' })
      const channel = await call('POST', '/api/v1/cases', {
        token: tokens['almaty.clerk'],
        body: { service: 'teacher-attestation', channel: 'pigeon' },
      })
      expect([channel.status, channel.json.code]).toEqual([422, 'unknownChannel'])
    })
  })

  describe('a request sent twice', () => {
    it('is done once, also when both come at the same time', async () => {
      const { call, tokens, step } = office
      const number = await office.open()
      const key = randomUUID()
      const both = await Promise.all([1, 2].map(() => step('almaty.clerk', number, 'accept', acceptance, { key })))
      expect(both.map((b) => b.status)).toEqual([200, 200])
      expect(both.map((b) => b.json.repeated).sort()).toEqual([false, true])
      const third = await step('almaty.clerk', number, 'accept', acceptance, { key })
      expect(third.json).toMatchObject({ repeated: true, version: both[0]?.json.version })
      const { json } = await call('GET', `/api/v1/cases/${number}`, { token: tokens['almaty.clerk'] })
      expect(json.papers).toHaveLength(1)
      const opening = { token: tokens['almaty.clerk'], body: { service: 'teacher-attestation', channel: 'office' }, key: randomUUID() }
      const [one, two] = [await call('POST', '/api/v1/cases', opening), await call('POST', '/api/v1/cases', opening)]
      expect([two.json.number, two.json.repeated]).toEqual([one.json.number, true])
    })

    it('with another body is refused, and without a key is not taken', async () => {
      const { step } = office
      const number = await office.open()
      const key = randomUUID()
      await step('almaty.clerk', number, 'accept', acceptance, { key })
      const other = await step('almaty.clerk', number, 'accept', { ...acceptance, applicant: {} }, { key })
      expect([other.status, other.json.code]).toEqual([422, 'keyReused'])
      const bare = await step('almaty.clerk', number, 'accept', acceptance, { key: null })
      expect([bare.status, bare.json.code]).toEqual([400, 'keyRequired'])
    })

    it('of two people with one key are two requests', async () => {
      const { call, tokens } = office
      const key = randomUUID()
      const body = { service: 'teacher-attestation', channel: 'office' }
      const one = await call('POST', '/api/v1/cases', { token: tokens['almaty.clerk'], body, key })
      const two = await call('POST', '/api/v1/cases', { token: tokens['almaty.clerk2'], body, key })
      expect([two.status, two.json.repeated]).toEqual([201, false])
      expect(two.json.number).not.toBe(one.json.number)
    })
  })

  describe('a version that is no longer', () => {
    it('is answered with the one that is', async () => {
      const { call, tokens, step } = office
      const number = await office.open()
      const seen = (await call('GET', `/api/v1/cases/${number}`, { token: tokens['almaty.clerk'] })).headers.get('etag') ?? ''
      const moved = await step('almaty.clerk', number, 'accept', acceptance, { headers: { 'if-match': seen } })
      const late = await step('almaty.head', number, 'refer', { taken: true, assignee: 'x' }, { headers: { 'if-match': seen } })
      expect([late.status, late.json.code, late.headers.get('etag')]).toEqual([412, 'changed', moved.headers.get('etag')])
      const odd = await step('almaty.head', number, 'refer', {}, { headers: { 'if-match': 'W/"1"' } })
      expect([odd.status, odd.json.code]).toEqual([400, 'badPrecondition'])
    })
  })

  describe('who may', () => {
    it('the wrong role is told whose step it is not, by its clause', async () => {
      const number = await office.open()
      const got = await office.step('almaty.head', number, 'accept', acceptance)
      expect([got.status, got.json.code, got.json.clause]).toEqual([403, 'notYours', '8.1'])
    })

    it('a case of another region or organisation is like one that there is not', async () => {
      const { call, tokens, step } = office
      const number = await office.open()
      const absent = '075-191014-00000-0'
      const what = (login: Login, which: string) =>
        Promise.all([
          call('GET', `/api/v1/cases/${which}`, { token: tokens[login] }),
          call('GET', `/api/v1/cases/${which}/events`, { token: tokens[login] }),
          call('GET', `/api/v1/cases/${which}/papers`, { token: tokens[login] }),
          step(login, which, 'accept', acceptance),
          step(login, which, 'accept', acceptance, { headers: { 'if-match': '"99"' } }),
          call('POST', `/api/v1/cases/${which}/withdrawal`, { token: tokens[login], body: { reason: 'x' } }),
          call('POST', `/api/v1/files?case=${which}`, { token: tokens[login], raw: '%PDF-1.7', key: null }),
        ])
      for (const login of ['aktobe.clerk', 'almaty.clerk2'] as const) {
        const [foreign, unknown] = [await what(login, number), await what(login, absent)]
        expect(foreign.map((f) => f.status)).toEqual(foreign.map(() => 404))
        expect(foreign.map((f) => f.json)).toEqual(unknown.map((u) => u.json))
      }
    })

    it('each personal reading leaves a row before its answer', async () => {
      const { call, tokens, step } = office
      const number = await office.open()
      await step('almaty.clerk', number, 'accept', acceptance)
      const count = async () =>
        (await call('GET', `/api/v1/cases/${number}/readers`, { token: tokens['almaty.supervisor'] })).json.readers.length
      let rows = await count()
      for (const path of ['', '/events', '/deadlines', '/papers', '/papers/receipt-1']) {
        await call('GET', `/api/v1/cases/${number}${path}`, { token: tokens['almaty.clerk'] })
        const now = await count()
        expect([path, now - rows]).toEqual([path, 2])
        rows = now
      }
    })
  })

  describe('bad input', () => {
    const wrong = async (body: unknown) => {
      const number = await office.open()
      const { status, json } = await office.step('almaty.clerk', number, 'accept', body)
      return [status, json.code, ...json.errors.map((e: { pointer: string; code: string }) => `${e.pointer} ${e.code}`)]
    }

    it('is named place by place', async () => {
      expect(await wrong({ ...acceptance, application: { ...application, iin: '850412499914' } })).toEqual([
        422,
        'badIin',
        '/application/iin badIin',
      ])
      expect(await wrong({ ...acceptance, application: { ...application, surname: 'Үлгiбаева' } })).toEqual([
        422,
        'mixedScript',
        '/application/surname mixedScript',
      ])
      const february = documents.map((d) => (d.id === 'identityDocument' ? { ...d, validUntil: '2020-02-31' } : d))
      expect(await wrong({ ...acceptance, documents: february })).toEqual([422, 'invalidInput', '/documents/1/validUntil badDate'])
      expect(await wrong({ ...acceptance, documents: [{ id: 'passportOfDog', presented: 'original' }] })).toEqual([
        422,
        'unknownDocument',
        '/documents/0/id unknownDocument',
      ])
      const many = { application: { ...application, name: 7, surname: undefined, language: 'fr' }, documents, nonsense: 1 }
      expect(await wrong(many)).toEqual([
        422,
        'invalidInput',
        '/application/surname required',
        '/application/name wrongType',
        '/application/language wrongChoice',
        '/nonsense unknownField',
      ])
    })

    it('nobody gives the answer of a register or a signature of their own making', async () => {
      const signature = { signer: 'me', digest: 'a'.repeat(64), algorithm: 'none' }
      expect(await wrong({ ...acceptance, signature })).toEqual([422, 'invalidInput', '/signature unknownField'])
      expect(await wrong({ ...acceptance, answer: { kind: 'notFound', text: '', exchange: '' } })).toEqual([
        422,
        'invalidInput',
        '/answer unknownField',
      ])
    })

    it('that is no JSON, another type, too long or too deep is refused before anything is done', async () => {
      const number = await office.open()
      const path = `/api/v1/cases/${number}/steps/accept`
      const token = office.tokens['almaty.clerk']
      const json = { 'content-type': 'application/json' }
      const send = async (raw: string, headers: Record<string, string> = json) => {
        const got = await office.call('POST', path, { token, raw, headers })
        return [got.status, got.json.code]
      }
      expect(await send('{"application": ')).toEqual([400, 'malformed'])
      expect(await send('{}', { 'content-type': 'text/plain' })).toEqual([415, 'unsupportedMedia'])
      expect(await send(`{"application": "${'x'.repeat(300_000)}"}`)).toEqual([413, 'tooLarge'])
      expect(await send(`${'['.repeat(5000)}${']'.repeat(5000)}`)).toEqual([400, 'malformed'])
    })

    it('is told in the reader’s language, Kazakh where none is asked for', async () => {
      const say = async (language?: string) => {
        const headers: Record<string, string> = language === undefined ? {} : { 'accept-language': language }
        const got = await office.call('GET', '/api/v1/me', { headers })
        return [got.headers.get('content-language'), got.json.title]
      }
      expect(await say()).toEqual(['kk', 'Кіру керек'])
      expect(await say('de, ru;q=0.8, en;q=0.9')).toEqual(['en', 'Sign in first'])
      expect(await say('ru-KZ')).toEqual(['ru', 'Нужен вход'])
    })
  })

  describe('scans', () => {
    it('are taken by what they are, and only a scan that lies in the case may be named', async () => {
      const { call, tokens, step } = office
      const number = await office.open()
      const token = tokens['almaty.clerk']
      const send = (raw: string, type = 'application/pdf') =>
        call('POST', `/api/v1/files?case=${number}`, { token, raw, headers: { 'content-type': type }, key: null })
      const sent = await send('%PDF-1.7 scan')
      expect(sent.json).toMatchObject({ type: 'application/pdf', size: 13 })
      expect((await send('%PDF-1.7 scan')).json.sha256).toBe(sent.json.sha256)
      expect((await send('<html>%PDF-')).json.code).toBe('badFile')
      expect((await send(`%PDF-${'x'.repeat(10 * 1024 * 1024)}`)).status).toBe(413)
      const naming = (file: string) => ({ ...acceptance, documents: documents.map((d, place) => (place === 2 ? { ...d, file } : d)) })
      const missing = await step('almaty.clerk', number, 'accept', naming('0'.repeat(64)))
      expect([missing.status, missing.json.code]).toEqual([422, 'fileMissing'])
      expect((await step('almaty.clerk', number, 'accept', naming(sent.json.sha256))).status).toBe(200)
    })
  })

  describe('work', () => {
    it('comes page by page, each item once, in one order', async () => {
      const { call, tokens } = office
      const mine = new Set<string>()
      for (let i = 0; i < 5; i++) mine.add(await office.open())
      const seen: string[] = []
      let path = '/api/v1/work?limit=2'
      for (let pages = 0; path !== '' && pages < 100; pages++) {
        const got = await call('GET', path, { token: tokens['almaty.clerk'] })
        seen.push(...got.json.items.map((item: { number: string; step: string }) => item.number))
        path = /^<([^>]+)>; rel="next"$/.exec(got.headers.get('link') ?? '')?.[1] ?? ''
      }
      expect(new Set(seen).size).toBe(seen.length)
      expect([...mine].filter((number) => !seen.includes(number))).toEqual([])
      const bad = await call('GET', '/api/v1/work?cursor=nonsense', { token: tokens['almaty.clerk'] })
      expect([bad.status, bad.json.errors[0].pointer]).toEqual([422, 'cursor'])
    })
  })

  describe('the law', () => {
    it('is public: editions, steps with clause and norm, organisations', async () => {
      const { call } = office
      const listed = await call('GET', '/api/v1/regulations')
      const almaty = listed.json.regulations.find((r: { id: string }) => r.id === 'almaty-teacher-attestation')
      const one = await call('GET', '/api/v1/regulations/almaty-teacher-attestation')
      expect(one.json).toMatchObject({ edition: almaty.edition, region: 'almaty' })
      expect(one.json.steps[0].norms[0]).toMatchObject({ clause: '8.1', value: 15, unit: 'min' })
      const tag = one.headers.get('etag') ?? ''
      expect((await call('GET', '/api/v1/regulations/almaty-teacher-attestation', { headers: { 'if-none-match': tag } })).status).toBe(304)
      const early = await call('GET', '/api/v1/regulations/almaty-teacher-attestation?on=2016-01-01')
      expect([early.status, early.json.code]).toEqual([422, 'actNotInForce'])
      expect((await call('GET', '/api/v1/regulations/nowhere')).status).toBe(404)
      const { json } = await call('GET', '/api/v1/organisations?region=aktobe')
      expect(new Set(json.organisations.map((o: { region: string }) => o.region))).toEqual(new Set(['aktobe']))
    })
  })

  describe('the edge', () => {
    it('returns the trace it was given, names its version, and refuses what it does not know', async () => {
      const { call } = office
      const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
      const got = await call('GET', '/api/v1/regulations', { headers: { traceparent } })
      expect(got.headers.get('traceparent')).toBe(traceparent)
      expect(got.headers.get('api-version')).toBe('1.0.0')
      const odd = await call('GET', '/api/v1/regulations', { headers: { traceparent: 'x' } })
      expect(odd.headers.get('traceparent')).toBeNull()
      expect((await call('GET', '/api/v1/nothing')).status).toBe(404)
      const put = await under.app.request('/api/v1/work', { method: 'PUT' })
      expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET'])
      const [live, ready] = [await under.app.request('/health/live'), await under.app.request('/health/ready')]
      expect([live.status, ready.status]).toEqual([200, 200])
    })
  })

  // Last: it moves the clock on.
  describe('the demonstration', () => {
    it('sets the faults of the register', async () => {
      const { call } = office
      expect((await call('POST', '/api/v1/demo/register', { body: { down: true } })).json.down).toBe(true)
      expect((await call('GET', '/api/v1/demo/register')).json.down).toBe(true)
      expect((await call('POST', '/api/v1/demo/register', { body: { down: false, refuse: null } })).json.down).toBe(false)
      expect((await call('POST', '/api/v1/demo/register', { body: { refuse: 'because' } })).status).toBe(422)
    })

    it('moves the clock, and past its repeal an act is refused by the name of the act that repealed it', async () => {
      const { call, tokens } = office
      const before = Date.parse((await call('GET', '/api/v1/demo/clock')).json.now)
      const later = Date.parse((await call('POST', '/api/v1/demo/clock', { body: { advance: 'PT2H' } })).json.now)
      expect(later - before).toBeGreaterThanOrEqual(7_200_000)
      expect((await call('POST', '/api/v1/demo/clock', { body: { advance: 'two hours' } })).status).toBe(422)
      expect((await call('POST', '/api/v1/demo/clock', { body: { now: '2021-02-31T10:00:00+06:00' } })).status).toBe(422)
      await call('POST', '/api/v1/demo/clock', { body: { now: '2020-12-29T10:00:00+06:00' } })
      const body = { service: 'teacher-attestation', channel: 'office' }
      const got = await call('POST', '/api/v1/cases', { token: tokens['almaty.clerk'], body })
      expect([got.status, got.json.code]).toEqual([422, 'actNotInForce'])
      expect(got.json.repealedBy).toMatchObject({ number: '4/620', date: '2020-12-28' })
      expect(got.json.detail).toContain('4/620')
    })
  })
}
