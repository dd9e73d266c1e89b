import { describe, expect, it } from 'vitest'
import { pdfOf } from '../../../src/desk/scans/samples.testing.ts'
import { acceptance, application, documents, findings } from '../../api/samples.ts'
import type { ApiUnderTest, Office } from './office.ts'

export function casesContract(office: () => Office, under: () => ApiUnderTest): void {
  describe('a case of the Almaty office', () => {
    it('goes from its opening to the result', async () => {
      const { call, tokens, step } = office()
      const number = await office().open()
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
      const replacement = { body: { reason: 'Қағазда қате табылды' } }
      const clerks = await call('POST', `/api/v1/cases/${number}/replacement`, { token: tokens['almaty.clerk'], ...replacement })
      expect([clerks.status, clerks.json.code]).toEqual([403, 'notYours'])
      const replaced = await call('POST', `/api/v1/cases/${number}/replacement`, { token: tokens['almaty.head'], ...replacement })
      expect(replaced.status).toBe(200)
      const again = await call('GET', `/api/v1/cases/${number}`, { token: tokens['almaty.head'] })
      expect(again.json).toMatchObject({ ended: null, given: null, step: { id: 'examine' } })
    })

    it('explains each deadline as the command line does', async () => {
      const { call, tokens, step } = office()
      const number = await office().open()
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
      const { call, tokens, step } = office()
      const number = await office().open()
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

    it('is proved under the newest seal, which is everybody’s to keep', async () => {
      const { call, tokens, step } = office()
      const number = await office().open()
      const head = { token: tokens['almaty.head'] }
      expect((await call('GET', `/api/v1/cases/${number}/proof`, head)).json).toMatchObject({ case: number, sealed: null })
      await under().seal()
      await step('almaty.clerk', number, 'accept', acceptance)
      const { json: proof } = await call('GET', `/api/v1/cases/${number}/proof`, head)
      const { json: seal } = await call('GET', '/api/v1/seals/newest')
      expect(proof.sealed).toMatchObject({ version: 2 })
      expect(proof.events.length).toBeGreaterThan(2)
      expect(JSON.parse(proof.sealed.seals.at(-1))).toMatchObject({ number: seal.number, root: seal.root })
      expect(JSON.stringify(proof)).not.toContain(application.iin)
      expect((await call('GET', `/api/v1/cases/${number}/proof`, { token: tokens['aktobe.clerk'] })).status).toBe(404)
      const pack = await call('GET', `/api/v1/cases/${number}/pack`, head)
      expect([pack.status, Buffer.from(pack.bytes).subarray(38, 69).toString()]).toEqual([200, 'application/vnd.etsi.asic-e+zip'])
      expect((await call('GET', `/api/v1/cases/${number}/pack`, { token: tokens['aktobe.clerk'] })).status).toBe(404)
      expect(Buffer.from((await call('GET', '/api/v1/installation/certificates')).bytes).toString()).toContain('BEGIN CERTIFICATE')
    })

    it('is given to another performer with a reason, by the head alone', async () => {
      const { call, tokens, step } = office()
      const number = await office().open()
      const me = await call('GET', '/api/v1/me', { token: tokens['almaty.specialist'] })
      await step('almaty.clerk', number, 'accept', acceptance)
      await step('almaty.head', number, 'refer', { taken: true, assignee: me.json.id })
      const head = { token: tokens['almaty.head'] }
      const path = `/api/v1/cases/${number}/reassignment`
      const body = { role: 'specialist', from: me.json.id, to: null, reason: 'Маман еңбек демалысында' }
      const clerk = await call('POST', path, { token: tokens['almaty.clerk'], body })
      expect([clerk.status, clerk.json.code]).toEqual([403, 'notYours'])
      const stranger = await call('POST', path, { ...head, body: { ...body, to: 'nobody' } })
      expect([stranger.status, stranger.json.code, stranger.json.errors[0].pointer]).toEqual([422, 'unknownPerformer', '/to'])
      expect((await call('POST', path, { ...head, body })).status).toBe(200)
      expect((await call('GET', `/api/v1/cases/${number}`, head)).json.step).toMatchObject({ id: 'examine', assignee: null })
      const again = await call('POST', path, { ...head, body })
      expect([again.status, again.json.code]).toEqual([409, 'nothingToReassign'])
      expect((await call('POST', path, { ...head, body: { ...body, from: null, to: me.json.id } })).status).toBe(200)
      const { json } = await call('GET', `/api/v1/cases/${number}/events`, head)
      expect(json.events.at(-1)).toMatchObject({ type: 'WorkReassigned', personal: { reason: body.reason } })
      expect(JSON.stringify(json.events.at(-1).data)).not.toContain(body.reason)
    })

    it('is corrected, returned and withdrawn with a reason', async () => {
      const { call, tokens, step } = office()
      const number = await office().open()
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
      const { call, tokens, step } = office()
      const number = await office().open()
      await step('almaty.clerk', number, 'accept', acceptance)
      const found = await call('GET', `/api/v1/search?q=${application.iin}`, { token: tokens['almaty.clerk'] })
      expect(found.json.cases.map((c: { number: string }) => c.number)).toContain(number)
      expect(JSON.stringify(found.json)).not.toContain(application.iin)
      const foreign = await call('GET', `/api/v1/search?q=${application.iin}`, { token: tokens['almaty.clerk2'] })
      expect(foreign.json.cases).toEqual([])
      const wrong = await call('GET', `/api/v1/track/${number}`, { headers: { 'receipt-secret': 'AAAAAAAAAAAAAAAAAAAA' } })
      expect(wrong.status).toBe(404)
      const secret = await under().secretOf(number)
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
      const { call, tokens } = office()
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

  describe('scans', () => {
    it('are taken by what they are, and only a scan that lies in the case may be named', async () => {
      const { call, tokens, step } = office()
      const number = await office().open()
      const token = tokens['almaty.clerk']
      const scan = pdfOf({ pages: 2 })
      const send = (raw: string | Uint8Array<ArrayBuffer>, type = 'application/pdf') =>
        call('POST', `/api/v1/files?case=${number}`, { token, raw, headers: { 'content-type': type }, key: null })
      const sent = await send(new Uint8Array(scan))
      expect(sent.json).toMatchObject({ type: 'application/pdf', size: scan.length, pages: 2 })
      expect((await send(new Uint8Array(scan), 'image/png')).json.sha256).toBe(sent.json.sha256)
      const refused = async (bytes: string | Uint8Array<ArrayBuffer>) => {
        const { json } = await send(bytes)
        return [json.code, json.flaw]
      }
      expect(await refused('<html>%PDF-')).toEqual(['badFile', 'otherType'])
      expect(await refused(new Uint8Array(scan.subarray(0, 200)))).toEqual(['badFile', 'truncated'])
      expect(await refused(new Uint8Array(pdfOf({ root: '/OpenAction << /S /JavaScript >>' })))).toEqual(['badFile', 'active'])
      expect((await send(`%PDF-${'x'.repeat(10 * 1024 * 1024)}`)).status).toBe(413)
      const naming = (file: string) => ({ ...acceptance, documents: documents.map((d, place) => (place === 2 ? { ...d, file } : d)) })
      const missing = await step('almaty.clerk', number, 'accept', naming('0'.repeat(64)))
      expect([missing.status, missing.json.code]).toEqual([422, 'fileMissing'])
      expect((await step('almaty.clerk', number, 'accept', naming(sent.json.sha256))).status).toBe(200)
    })
  })
}
