import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Office, openOffice, said, who } from './office.ts'

describe('a request at the desk', () => {
  let office: Office
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ office, close } = await openOffice())
  })
  afterAll(() => close())

  it('clicked twice with the same words answers both times the same', async () => {
    const number = await office.walk('almaty', 'office', 'meetApplicant')
    const request = { key: randomUUID() }
    const first = await office.desk.step(number, 'meetApplicant', {}, who('almaty', 'clerk'), request)
    const second = await office.desk.step(number, 'meetApplicant', {}, who('almaty', 'clerk'), request)
    expect(second).toEqual({ ...first, repeated: true })
  })

  it('clicked twice at the same moment is done once', async () => {
    const number = await office.walk('almaty', 'office', 'signAnswer')
    const request = { key: randomUUID() }
    const sign = () => office.desk.step(number, 'signAnswer', { taken: true }, who('almaty', 'head'), request)
    const outcomes = await Promise.all([sign(), sign(), sign()])
    expect(outcomes.map((o) => o.kind)).toEqual(['done', 'done', 'done'])
    expect(outcomes.filter((o) => o.kind === 'done' && !o.repeated)).toHaveLength(1)
    expect((await office.events(number)).filter((e) => e.type === 'AnswerSigned')).toHaveLength(1)
  })

  it('that opens a case twice opens one', async () => {
    const opening = {
      service: 'teacher-attestation',
      region: 'almaty',
      channel: 'office',
      provider: { id: 'provider', kind: 'directorate' },
      branch: null,
      location: 'local' as const,
    }
    const request = { key: randomUUID() }
    const open = () => office.desk.open(opening, who('almaty', 'clerk'), request)
    const [first, second] = await Promise.all([open(), open()])
    expect(first.kind).toBe('done')
    expect(second).toMatchObject({ kind: 'done', number: first.kind === 'done' ? first.number : '' })
    expect(said(await office.desk.open({ ...opening, location: 'nonLocal' }, who('almaty', 'clerk'), request))).toEqual({
      kind: 'keyReused',
    })
  })

  it('with the key of another request is refused', async () => {
    const number = await office.walk('almaty', 'office', 'meetApplicant')
    const request = { key: randomUUID() }
    await office.desk.office(number, { do: 'correct', entry: 'applicant.phone', value: '1', reason: 'a' }, who('almaty', 'clerk'), request)
    const other = await office.desk.office(
      number,
      { do: 'correct', entry: 'applicant.phone', value: '2', reason: 'a' },
      who('almaty', 'clerk'),
      request,
    )
    expect(said(other)).toEqual({ kind: 'keyReused' })
    expect((await office.file(number)).state.applicant.phone).toBe('1')
  })

  it('is the same request when its names stand in another order', async () => {
    const number = await office.walk('almaty', 'office', 'examine')
    const key = randomUUID()
    const input = (order: boolean) => ({
      taken: true,
      findings: ['application', 'identityDocument', 'diploma', 'courses', 'workRecord'].map((document) =>
        order ? { document, ok: true } : { ok: true, document },
      ),
    })
    const me = who('almaty', 'specialist')
    const first = await office.desk.step(number, 'examine', input(true), me, { key })
    expect(first).toMatchObject({ kind: 'done', repeated: false })
    expect(await office.desk.step(number, 'examine', input(false), me, { key })).toEqual({ ...first, repeated: true })
  })

  it('of two people on one case at once is done for one, and the other is told', async () => {
    const number = await office.walk('almaty', 'office', 'meetApplicant')
    const ask = () => office.desk.step(number, 'meetApplicant', {}, who('almaty', 'clerk'), { key: randomUUID() })
    const outcomes = await Promise.all([ask(), ask(), ask()])
    expect(outcomes.filter((o) => o.kind === 'done')).toHaveLength(1)
    for (const lost of outcomes.filter((o) => o.kind !== 'done')) expect(said(lost)).toEqual({ code: 'notNow', clause: '8.4' })
  })

  it('of somebody who saw an older page is answered with the version there is', async () => {
    const number = await office.walk('almaty', 'office', 'refer')
    const { version } = await office.file(number)
    await office.desk.office(number, { do: 'correct', entry: 'applicant.phone', value: '7', reason: 'a' }, who('almaty', 'clerk'), {
      key: randomUUID(),
    })
    expect(await office.go(number, {}, { seen: version })).toEqual({ kind: 'changed', number, version: version + 1 })
    expect((await office.file(number)).state.step?.id).toBe('refer')
    expect(await office.go(number, {}, { seen: version + 1 })).toMatchObject({ kind: 'done' })
  })

  it.each([
    ['of another role', who('almaty', 'clerk')],
    ['of the same role at another organisation', who('almaty', 'head', 'another')],
    ['of the same role in another region', who('aktobe', 'head', 'aktobe.directorate')],
  ])('for a step %s is refused with the clause and leaves nothing', async (_name, stranger) => {
    const number = await office.walk('almaty', 'office', 'refer')
    const before = await office.events(number)
    expect(said(await office.go(number, {}, { who: stranger }))).toEqual({ code: 'notYours', clause: '8.2' })
    expect(await office.events(number)).toEqual(before)
  })

  it('of a specialist whom the head did not name is refused', async () => {
    const number = await office.walk('almaty', 'office', 'examine')
    const other = await office.go(number, {}, { who: who('almaty', 'specialist', 'provider', 'another') })
    expect(said(other)).toEqual({ code: 'notYours', clause: '8.3' })
  })

  it('for a step that is not open is refused with the clause of that step', async () => {
    const number = await office.walk('almaty', 'office', 'refer')
    expect(said(await office.go(number, {}, { step: 'giveAnswer', who: who('almaty', 'clerk') }))).toEqual({
      code: 'notNow',
      clause: '8.4',
    })
    expect(said(await office.go(number, {}, { step: 'noSuchStep' }))).toEqual({ code: 'unknownStep', clause: null })
  })

  it('without what the step needs names what is missing', async () => {
    const fresh = await office.open('almaty', 'office')
    const nothing = await office.desk.step(fresh, 'accept', {}, who('almaty', 'clerk'), { key: randomUUID() })
    expect(said(nothing)).toEqual({ code: 'missing', clause: '8.1', at: 'application' })
    const number = await office.walk('almaty', 'office', 'refer')
    const untaken = await office.desk.step(number, 'refer', { assignee: 'specialist' }, who('almaty', 'head'), { key: randomUUID() })
    expect(said(untaken)).toEqual({ code: 'missing', clause: '8.2', at: 'taken' })
    const unnamed = await office.desk.step(number, 'refer', { taken: true }, who('almaty', 'head'), { key: randomUUID() })
    expect(said(unnamed)).toEqual({ code: 'assigneeRequired', clause: '8.2', at: 'assignee' })
  })

  it('for a number that is none, or of a case that is not there, finds nothing', async () => {
    const me = who('almaty', 'clerk')
    expect(said(await office.desk.step('075-191014-00000-0', 'accept', {}, me, { key: randomUUID() }))).toEqual({ kind: 'notFound' })
    expect(said(await office.desk.step('anything', 'accept', {}, me, { key: randomUUID() }))).toEqual({ kind: 'notFound' })
  })

  it('leaves a ledger that verifies', async () => {
    expect(await office.problems()).toEqual([])
  })
})
