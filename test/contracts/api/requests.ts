import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { acceptance, application, documents } from '../../api/samples.ts'
import type { Login, Office } from './office.ts'

export function requestsContract(office: () => Office): void {
  describe('a request sent twice', () => {
    it('is done once, also when both come at the same time', async () => {
      const { call, tokens, step } = office()
      const number = await office().open()
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

    it('with what nobody can see, or a file’s name that is none, is refused at its place', async () => {
      const { call, tokens, step } = office()
      const number = await office().open()
      const wrong = async (body: unknown) => {
        const { status, json } = await step('almaty.clerk', number, 'accept', body)
        return [status, json.errors[0]?.pointer, json.errors[0]?.code]
      }
      for (const surname of ['Үлгі\u0000баева', 'Үлгі\ud800баева', 'Үлгі\u202eбаева'])
        expect(await wrong({ ...acceptance, application: { ...application, surname } })).toEqual([
          422,
          '/application/surname',
          'wrongCharacter',
        ])
      const [first, ...others] = documents
      expect(await wrong({ ...acceptance, documents: [{ ...first, file: 'z'.repeat(64) }, ...others] })).toEqual([
        422,
        '/documents/0/file',
        'wrongFormat',
      ])
      const token = tokens['almaty.clerk']
      const cursor = Buffer.from(JSON.stringify(['1', 1.5, 'x', 'y'])).toString('base64url')
      for (const path of ['/api/v1/search?q=%00', `/api/v1/work?cursor=${cursor}`])
        expect((await call('GET', path, { token })).status).toBe(422)
      for (const channel of ['constructor', '__proto__']) {
        const got = await call('POST', '/api/v1/cases', { token, body: { service: 'teacher-attestation', channel } })
        expect([got.status, got.json.code]).toEqual([422, 'unknownChannel'])
      }
    })

    it('that corrects an address of mail brings in nothing that intake would refuse', async () => {
      const { call, tokens, step } = office()
      const number = await office().open()
      await step('almaty.clerk', number, 'accept', acceptance)
      const correct = (value: string) =>
        call('POST', `/api/v1/cases/${number}/corrections`, {
          token: tokens['almaty.clerk'],
          body: { entry: 'applicant.email', value, reason: 'a' },
        })
      const wrong = await correct('not an address')
      expect([wrong.status, wrong.json.errors[0]?.pointer]).toEqual([422, '/value'])
      expect((await correct('mysal@example.kz')).status).toBe(200)
    })

    it('with another body is refused, and without a key is not taken', async () => {
      const { step } = office()
      const number = await office().open()
      const key = randomUUID()
      await step('almaty.clerk', number, 'accept', acceptance, { key })
      const other = await step('almaty.clerk', number, 'accept', { ...acceptance, applicant: {} }, { key })
      expect([other.status, other.json.code]).toEqual([422, 'keyReused'])
      const bare = await step('almaty.clerk', number, 'accept', acceptance, { key: null })
      expect([bare.status, bare.json.code]).toEqual([400, 'keyRequired'])
    })

    it('of two people with one key are two requests', async () => {
      const { call, tokens } = office()
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
      const { call, tokens, step } = office()
      const number = await office().open()
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
      const number = await office().open()
      const got = await office().step('almaty.head', number, 'accept', acceptance)
      expect([got.status, got.json.code, got.json.clause]).toEqual([403, 'notYours', '8.1'])
    })

    it('a case of another region or organisation is like one that there is not', async () => {
      const { call, tokens, step } = office()
      const number = await office().open()
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
      const { call, tokens, step } = office()
      const number = await office().open()
      await step('almaty.clerk', number, 'accept', acceptance)
      const count = async () =>
        (await call('GET', `/api/v1/cases/${number}/readers`, { token: tokens['almaty.supervisor'] })).json.readers.length
      let rows = await count()
      for (const path of ['', '/events', '/proof', '/pack', '/deadlines', '/papers', '/papers/receipt-1']) {
        await call('GET', `/api/v1/cases/${number}${path}`, { token: tokens['almaty.clerk'] })
        const now = await count()
        expect([path, now - rows]).toEqual([path, 2])
        rows = now
      }
    })
  })

  describe('bad input', () => {
    const wrong = async (body: unknown) => {
      const number = await office().open()
      const { status, json } = await office().step('almaty.clerk', number, 'accept', body)
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

    it('nobody gives the answer of a register, nor what only the judge of a signature says of it', async () => {
      const signature = { signer: 'me', digest: 'a'.repeat(64), algorithm: 'none', value: 'AAAA' }
      expect(await wrong({ ...acceptance, signature })).toEqual([
        422,
        'invalidInput',
        '/signature/signer unknownField',
        '/signature/digest unknownField',
      ])
      expect(await wrong({ ...acceptance, answer: { kind: 'notFound', text: '', exchange: '' } })).toEqual([
        422,
        'invalidInput',
        '/answer unknownField',
      ])
    })

    it('that is no JSON, another type, too long or too deep is refused before anything is done', async () => {
      const number = await office().open()
      const path = `/api/v1/cases/${number}/steps/accept`
      const token = office().tokens['almaty.clerk']
      const json = { 'content-type': 'application/json' }
      const send = async (raw: string, headers: Record<string, string> = json) => {
        const got = await office().call('POST', path, { token, raw, headers })
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
        const got = await office().call('GET', '/api/v1/me', { headers })
        return [got.headers.get('content-language'), got.json.title]
      }
      expect(await say()).toEqual(['kk', 'Кіру керек'])
      expect(await say('de, ru;q=0.8, en;q=0.9')).toEqual(['en', 'Sign in first'])
      expect(await say('ru-KZ')).toEqual(['ru', 'Нужен вход'])
    })
  })
}
