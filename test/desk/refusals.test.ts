import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StepInput } from '../../src/engine/case/input.ts'
import { type Office, openOffice, said, who } from './office.ts'

const application = { iin: '780317450186', surname: 'Үлгібаева', name: 'Мысал', asks: 'moderator', holds: false, language: 'kk' as const }
const document = (id: string, validUntil?: string) => ({
  id,
  presented: 'copy' as const,
  originalSeen: true,
  pages: 1,
  count: 1,
  ...(validUntil === undefined ? {} : { validUntil }),
})
const documents = ['application', 'identityDocument', 'diploma', 'courses', 'workRecord'].map((id) => document(id))
const powerOfAttorney = { number: '1-42', date: '2018-01-15', notary: 'Н. Нотариус' }

describe('what the law or the form does not allow', () => {
  let office: Office
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ office, close } = await openOffice())
  })
  afterAll(() => close())

  const intake = async (given: StepInput) => said(await office.go(await office.open('almaty', 'office'), given))

  it('an IIN with a wrong check digit', async () => {
    expect(await intake({ application: { ...application, iin: '780317450187' } })).toMatchObject({ code: 'badIin', at: 'application.iin' })
  })

  it('an IIN with a date of birth that does not exist', async () => {
    expect(await intake({ application: { ...application, iin: '780230450186' } })).toMatchObject({ code: 'badIin' })
  })

  it('a Latin i inside a Kazakh surname', async () => {
    const number = await office.open('almaty', 'office')
    const outcome = await office.go(number, { application: { ...application, surname: 'Үлгiбаева' } })
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { code: 'mixedScript', params: { word: 'Үлгiбаева', letter: 'i' } } })
    expect(said(outcome)).toMatchObject({ at: 'application.surname' })
  })

  it('a Latin letter in the name of a representative', async () => {
    const representative = { iin: '941103350758', surname: 'Өкiлов', name: 'Мысал', powerOfAttorney }
    expect(await intake({ application: { ...application, representative } })).toMatchObject({
      code: 'mixedScript',
      at: 'application.representative.surname',
    })
  })

  it('a power of attorney of a day that has not come', async () => {
    const ahead = { ...powerOfAttorney, date: '2019-10-15' }
    const representative = { iin: '941103350758', surname: 'Өкілов', name: 'Мысал', powerOfAttorney: ahead }
    expect(await intake({ application: { ...application, representative } })).toEqual({
      code: 'dateAhead',
      clause: '8.1',
      at: 'application.representative.powerOfAttorney.date',
    })
  })

  it('a document handed in twice, or examined twice, or found right though nobody handed it in', async () => {
    expect(await intake({ documents: [...documents, document('diploma')] })).toEqual({
      code: 'documentTwice',
      clause: '8.1',
      at: 'documents.5.id',
    })
    const number = await office.walk('almaty', 'office', 'examine', { application, documents })
    const right = documents.map(({ id }) => ({ document: id, ok: true }))
    const twice = [...right, { document: 'diploma', ok: false, fact: 'Оқылмайды' }]
    expect(said(await office.go(number, { findings: twice, taken: true }))).toMatchObject({
      code: 'documentTwice',
      at: 'findings.5.document',
    })
    const absent =
      (await office.file(number)).bound.court.standard.documents.find(({ id }) => documents.every((one) => one.id !== id))?.id ?? ''
    const invented = [...right, { document: absent, ok: true }]
    expect(said(await office.go(number, { findings: invented, taken: true }))).toMatchObject({
      code: 'notHandedIn',
      at: 'findings.5.document',
    })
    const defect = [...right.slice(1), { document: 'application', ok: false, fact: 'Оқылмайды' }]
    const grounds = [{ ground: 'documents', document: 'Үлгібаева Мысал', fact: 'Оқылмайды', remedy: 'Қайта тапсыру' }]
    const standard = (await office.file(number)).bound.court.standard.grounds[0]?.id ?? ''
    const refusal = { grounds: grounds.map((one) => ({ ...one, ground: standard })) }
    expect(said(await office.go(number, { findings: defect, refusal, taken: true }))).toMatchObject({
      code: 'unknownDocument',
      at: 'refusal.grounds.0.document',
    })
  })

  it('a Latin letter in the name of who takes the answer for another', async () => {
    const number = await office.walk('almaty', 'office', 'giveAnswer')
    const representative = { surname: 'Өкiлов', name: 'Мысал', powerOfAttorney }
    const receiver = {
      who: 'representative' as const,
      document: { kind: 'idCard' as const, number: '1' },
      representative,
      receiptShown: true,
    }
    expect(said(await office.go(number, { receiver }))).toMatchObject({ code: 'mixedScript', at: 'receiver.representative.surname' })
  })

  it('an option, a document, a ground and a paper that the Standard or the file does not know', async () => {
    expect(await intake({ application: { ...application, asks: 'minister' } })).toMatchObject({ code: 'unknownOption', clause: '8.1' })
    expect(await intake({ documents: [...documents, document('horoscope')] })).toEqual({
      code: 'unknownDocument',
      clause: '8.1',
      at: 'documents.5.id',
    })
    const number = await office.walk('almaty', 'office', 'examine')
    const findings = [{ document: 'diploma', ok: false, fact: 'Тіркеу нөмірі оқылмайды' }]
    const grounds = [{ ground: 'mood', fact: 'Тіркеу нөмірі оқылмайды', remedy: 'Анық көшірмесін тапсыру' }]
    expect(said(await office.go(number, { findings, refusal: { grounds } }))).toEqual({
      code: 'unknownGround',
      clause: '8.3',
      at: 'refusal.grounds.0.ground',
    })
    const reissued = await office.desk.office(number, { do: 'reissue', paper: 'diploma-1', reason: 'a' }, who('almaty', 'clerk'), {
      key: randomUUID(),
    })
    expect(said(reissued)).toMatchObject({ code: 'unknownPaper' })
  })

  it.each([
    ['a defect without its fact', { findings: [{ document: 'diploma', ok: false }] }, 'findings.0.fact'],
    ['a refusal without a ground', { findings: [{ document: 'diploma', ok: false, fact: 'оқылмайды' }] }, 'refusal.grounds'],
    [
      'a ground without its fact',
      {
        findings: [{ document: 'diploma', ok: false, fact: 'оқылмайды' }],
        refusal: { grounds: [{ ground: 'notMeeting', fact: ' ', remedy: 'тапсыру' }] },
      },
      'refusal.grounds.0.fact',
    ],
    [
      'a ground without its remedy',
      {
        findings: [{ document: 'diploma', ok: false, fact: 'оқылмайды' }],
        refusal: { grounds: [{ ground: 'notMeeting', fact: 'оқылмайды', remedy: '' }] },
      },
      'refusal.grounds.0.remedy',
    ],
  ])('%s', async (_name, given, at) => {
    const number = await office.walk('almaty', 'office', 'examine')
    expect(said(await office.go(number, given))).toEqual({ code: 'refusalIncomplete', clause: '8.3', at })
    expect((await office.file(number)).state.answer).toBeNull()
  })

  it('an expired document is a defect by itself, whatever the examiner says of it', async () => {
    const number = await office.walk('almaty', 'office', 'examine', {
      documents: [...documents.slice(1), document('application', '2019-10-13')],
    })
    const found = documents.map(({ id }) => ({ document: id, ok: true }))
    expect(said(await office.go(number, { findings: found }))).toMatchObject({ code: 'refusalIncomplete', at: 'refusal.grounds' })
  })

  it('an expired document at the counter of the State Corporation makes the package incomplete', async () => {
    office.at('2019-10-14T10:00:00+06:00')
    const number = await office.walk('almaty', 'corporation', 'refuseAcceptance', {
      documents: [...documents.slice(1), document('application', '2019-10-13')],
    })
    const { state } = await office.file(number)
    expect(state.completeness).toMatchObject({ complete: false, missing: [], expired: ['application'] })
  })

  it('a document is good on its last day', async () => {
    office.at('2019-10-14T10:00:00+06:00')
    const number = await office.walk('almaty', 'corporation', 'takeConsent', {
      documents: [...documents.slice(1), document('application', '2019-10-14')],
    })
    expect((await office.file(number)).state.completeness).toMatchObject({ complete: true })
  })

  it('a power of attorney that has expired, when documents are handed in and when the answer is given', async () => {
    const expired = { ...powerOfAttorney, validUntil: '2019-10-01' }
    const representative = { iin: '941103350758', surname: 'Өкілов', name: 'Мысал', powerOfAttorney: expired }
    expect(await intake({ application: { ...application, representative } })).toMatchObject({
      code: 'documentExpired',
      clause: '8.1',
      at: 'application.representative.powerOfAttorney.validUntil',
    })
    const number = await office.walk('almaty', 'office', 'giveAnswer')
    const receiver = { who: 'representative' as const, document: { kind: 'idCard' as const, number: '1' }, receiptShown: true }
    expect(said(await office.go(number, { receiver }))).toMatchObject({ code: 'powerOfAttorneyRequired', clause: '8.4' })
    const bearer = { surname: 'Өкілов', name: 'Мысал', powerOfAttorney: expired }
    expect(said(await office.go(number, { receiver: { ...receiver, representative: bearer } }))).toMatchObject({
      code: 'documentExpired',
      clause: '8.4',
    })
  })

  it('a query of the register without consent or identification, whose duties the general law attaches to that step', async () => {
    const number = await office.walk('aktobe', 'corporation', 'queryPerson')
    const ask = (input: StepInput) => office.desk.step(number, 'queryPerson', input, who('aktobe', 'operator'), { key: randomUUID() })
    const identification = { kind: 'idCard' as const, number: '000000001' }
    const consent = (given: boolean) => ({ given, form: 'written' as const })
    expect(said(await ask({ consent: consent(true) }))).toMatchObject({ code: 'identificationRequired', clause: 'law-88-V:20(3)' })
    expect(said(await ask({ identification }))).toMatchObject({ code: 'consentRequired', clause: 'law-88-V:20(6)' })
    expect(said(await ask({ identification, consent: consent(false) }))).toMatchObject({
      code: 'consentRequired',
      clause: 'law-88-V:20(6)',
    })
    expect((await office.events(number)).some((e) => e.type === 'RegisterQueried' || e.type === 'ConsentRecorded')).toBe(false)
    expect(await ask({ identification, consent: consent(true) })).toMatchObject({ kind: 'done' })
    const facts = (await office.events(number)).filter((e) => ['ApplicantIdentified', 'ConsentRecorded'].includes(e.type))
    expect(facts.map((e) => e.clause)).toEqual(['law-88-V:20(3)', 'law-88-V:20(6)'])
  })

  it('an answer without its signature', async () => {
    const number = await office.walk('almaty', 'office', 'signAnswer')
    office.seal.provoked.set('head', 'cancelled')
    expect(await office.go(number)).toEqual({ kind: 'unsigned', reasons: ['cancelled'] })
    office.seal.provoked.delete('head')
    expect((await office.file(number)).state.signature).toBeNull()
    expect(await office.go(number)).toMatchObject({ kind: 'done' })
  })

  it.each([
    ['almaty', '2020-12-29T10:00:00+06:00', '4/620'],
    ['aktobe', '2020-02-19T10:00:00+05:00', '55'],
  ] as const)('an application to %s after the repeal, and the answer names the repealing act', async (region, moment, act) => {
    office.at(moment)
    const opening = {
      service: 'teacher-attestation',
      region,
      channel: 'office',
      provider: { id: 'provider', kind: 'directorate' },
      branch: null,
      location: 'local' as const,
    }
    const outcome = await office.desk.open(opening, who(region, 'clerk'), { key: randomUUID() })
    office.at('2019-10-14T10:00:00+06:00')
    expect(outcome.kind).toBe('notInForce')
    expect(JSON.stringify(outcome)).toContain(`"number":"${act}"`)
  })
})
